"""The sentences of window and shell can be gathered by gettext's tools, plurals as plurals, and are looked up."""

from __future__ import annotations

import ast
import gettext
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import sentences
from babel.messages.mofile import write_mo

from app.base import words
from app.base.words import counted, tr

HOUSE = Path(__file__).resolve().parent.parent
MARKS = {"tr", "N_", "counted", "form", "forms"}
JOINTS = {" and ", " or "}
"""What stands between the last two of a list."""
VAGUE = {"it", "join", "get", "shown", "display", "found", "one", "msg", "more", "may", "off", "was", "way"}
ERROR = re.compile(r"(Error|Refused|TryLater|AuthNeeded|UnknownOutcome)$")
OURS = {"ValueError", "TypeError", "KeyError", "LookupError", "RuntimeError", "AssertionError", "NotImplementedError"}


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every sentence that was gathered, singulars and plurals."""
    return sentences.known()


@pytest.fixture
def english() -> Iterator[None]:
    """Afterwards sentences are as they stand in the code."""
    yield
    words.use(None)


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _sources() -> list[Path]:
    return [HOUSE / "main.py", *HOUSE.glob("app/**/*.py"), *HOUSE.glob("ui/**/*.py")]


def test_what_person_reads_is_gathered(known: set[str]) -> None:
    assert len(known) > 1_500
    assert {"Import a file", "Undo", "Nothing to undo.", "{0} day", "{0} days"} <= known


@pytest.mark.slow
def test_no_sentence_is_put_together_before_it_is_looked_up() -> None:
    put = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in _sources()
        for call in _calls(path)
        if _name(call) in MARKS and any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in call.args)
    ]
    assert not put


def test_no_sentence_stands_within_an_f_string_where_python_3_11_hides_it() -> None:
    hidden = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in _sources()
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and _name(call) in MARKS
        if any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in call.args)
    ]
    assert not hidden


def test_no_sentence_is_a_piece_that_is_glued_to_another(known: set[str]) -> None:
    pieces = [one for one in known if re.match(r"\s*[,;:.] ", one) or (one != one.strip() and one not in JOINTS)]
    assert not pieces


def test_what_is_put_in_has_a_name_that_a_translator_understands(known: set[str]) -> None:
    names = {name for one in known for name in re.findall(r"(?<!\{)\{([A-Za-z_]\w*)", one)}
    assert names
    assert {name for name in names if not name.islower() or name in VAGUE} == set()


@pytest.mark.slow
def test_an_error_s_sentence_is_marked() -> None:
    bare = []
    for path in _sources():
        for call in _calls(path):
            first = call.args[0] if call.args else None
            literal = isinstance(first, ast.JoinedStr) or (
                isinstance(first, ast.Constant) and isinstance(first.value, str)
            )
            sentence = literal and " " in ast.unparse(first).strip("f'\"") if first is not None else False
            if sentence and ERROR.search(_name(call)) and _name(call) not in OURS and not _name(call).startswith("_"):
                bare.append(f"{path.relative_to(HOUSE)}:{call.lineno} {ast.unparse(call)[:80]}")
    assert not bare


@pytest.mark.slow
@pytest.mark.usefixtures("english")
def test_a_translation_is_found_and_each_language_has_its_own_plurals() -> None:
    catalogue = sentences.gathered()
    catalogue.locale = "cs"
    for sentence, translated in (("Undo", "Zpět"), ("{0} day", ("{0} den", "{0} dny", "{0} dní"))):
        message = catalogue.get(sentence)
        assert message is not None
        message.string = translated
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    words.use(gettext.GNUTranslations(file))
    assert tr("Undo") == "Zpět"
    assert tr("Nobody has written this sentence") == "Nobody has written this sentence"
    assert [counted(many, "{0} day", "{0} days") for many in (1, 3, 7)] == ["1 den", "3 dny", "7 dní"]


class Seen:
    """A catalogue that translates nothing and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, one: str, several: str, many: int) -> str:
        self.asked |= {one, several}
        return one if many == 1 else several


@pytest.mark.slow
@pytest.mark.usefixtures("english")
def test_every_sentence_that_the_shell_looks_up_was_gathered(known: set[str], tmp_path: Path) -> None:
    from app.base.paths import Profile  # noqa: PLC0415
    from app.cli.running import run  # noqa: PLC0415
    from app.demo import build  # noqa: PLC0415

    build(Profile(tmp_path))
    seen = Seen()
    words.use(seen)
    for command in (
        "list",
        "account list",
        "outbox list",
        "gift list",
        "handoff list",
        "teammate list",
        "template list",
        "undo --list",
        "check",
        "member list",
        "member show P-1",
        "member show nobody",
        "show C-1",
        "show X-1",
        "show G-9999",
        "done C-1",
        "snooze C-1 yesterday",
        "label C-1 nothing",
        "label C-1 +sugar",
        "undo 999999",
        "undo",
        "template show nothing",
        "handoff list --state nothing",
        "gift list --stage shipped",
        "budget 2026",
        "gift budget 2026",
        "moderation list",
        "search nothing-like-this",
        "export members /nowhere/at/all.csv",
        "import /nowhere/at/all.csv",
        "backups",
        "restore /nowhere/at/all.db",
    ):
        run(["--profile", str(tmp_path), *command.split()])
    assert len(seen.asked) > 30
    assert seen.asked - known == set()


def _wanted(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name and not name.isdecimal()}


@pytest.mark.slow
def test_every_name_in_a_sentence_gets_its_value() -> None:
    """`tr("… {name}").format(name=…)` and `counted(n, "… {name}", "…", name=…)`, which would raise only when shown."""
    wrong = []
    for path in _sources():
        for call in _calls(path):
            inner = call.func.value if isinstance(call.func, ast.Attribute) and call.func.attr == "format" else call
            if not isinstance(inner, ast.Call) or _name(inner) not in (
                {"tr", "form"} if inner is not call else {"counted"}
            ):
                continue
            texts = [one.value for one in inner.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            given = {one.arg for one in call.keywords}
            if None not in given and any(not _wanted(text) <= given for text in texts):
                wrong.append(f"{path.relative_to(HOUSE)}:{call.lineno} {texts}")
    assert not wrong
