"""The sentences of window and shell can be gathered by gettext's tools, plurals as plurals, and looked up translated."""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sentences
from babel.messages.mofile import write_mo

from app.base import words
from app.base.words import counted, tr

HOUSE = Path(__file__).resolve().parent.parent
MARKS = {"tr", "N_", "counted", "form"}
# Calls of `tr` on what a table holds: there the words are marked with N_, and `seen` below finds those that are not.
ERROR = re.compile(r"(Error|Refused|TryLater|AuthNeeded|UnknownOutcome)$")
OURS = {"ValueError", "TypeError", "KeyError", "LookupError", "RuntimeError", "AssertionError", "NotImplementedError"}


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every sentence that was gathered, singulars and plurals."""
    found: set[str] = set()
    for message in sentences.gathered():
        found |= set(message.id if isinstance(message.id, tuple) else (message.id,))
    return found


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
    assert {"Import a file", "Undo", "There's nothing to undo.", "{0} day", "{0} days"} <= known


def test_no_sentence_is_put_together_before_it_is_looked_up() -> None:
    put = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in _sources()
        for call in _calls(path)
        if _name(call) in MARKS and any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in call.args)
    ]
    assert not put


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


@pytest.mark.usefixtures("english")
def test_a_translation_is_found_and_each_language_has_its_own_plurals() -> None:
    catalogue = sentences.gathered()
    catalogue.locale = "cs"
    catalogue.get("Undo").string = "Zpět"
    plural = catalogue.get("{0} day", None)
    plural.string = ("{0} den", "{0} dny", "{0} dní")
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
        "settings list",
        "undo --list",
        "check",
        "member list",
        "show C-1",
        "nonsense",
    ):
        run(["--profile", str(tmp_path), *command.split()])
    assert len(seen.asked) > 30
    assert seen.asked - known == set()
