"""The sentences of window and shell can be gathered by gettext's tools, plurals as plurals, and are looked up."""

from __future__ import annotations

import argparse
import ast
import gettext
import io
import re
import string
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import sentences
from babel.messages.mofile import write_mo

from app.base import words
from app.base.words import counted, tr
from tests.wording import HOUSE, MARKS, calls, name_of, sources, texts

COMMANDS = ("'sudo ",)
"""How a command begins, which is the same in every language."""
JOINTS = {" and ", " or "}
"""What stands between the last two of a list."""
VAGUE = {"it", "join", "get", "shown", "display", "found", "one", "msg", "more", "may", "off", "was", "way"}
ERROR = re.compile(r"(Error|Refused|TryLater|AuthNeeded|UnknownOutcome)$")
OURS = {
    "BugError",
    "ValueError",
    "TypeError",
    "KeyError",
    "LookupError",
    "RuntimeError",
    "AssertionError",
    "NotImplementedError",
}


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every sentence that was gathered, singulars and plurals."""
    return sentences.known()


@pytest.fixture
def english() -> Iterator[None]:
    """Afterwards sentences are as they stand in the code."""
    yield
    words.use(None)


def test_what_person_reads_is_gathered(known: set[str]) -> None:
    assert len(known) > 1_500
    assert {"Import a file", "Undo", "Nothing to undo.", "{count} day", "{count} days"} <= known


@pytest.mark.slow
def test_no_sentence_is_put_together_before_it_is_looked_up() -> None:
    put = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in sources()
        for call in calls(path)
        if name_of(call) in MARKS and any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in call.args)
    ]
    assert not put


@pytest.mark.slow
def test_no_sentence_stands_within_an_f_string_where_python_3_11_hides_it() -> None:
    hidden = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in sources()
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and name_of(call) in MARKS
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
    assert [one for one in known if re.search(r"(?<!\{)\{\d*[:!}]", one)] == [], "a blank without a name"


def test_no_sentence_names_a_key_of_the_file(known: set[str]) -> None:
    """`in_work` and `tell_member` are the file's; the screen has "In progress" and "Tell member"."""
    keys = {one for one in known if re.search(r"\b[a-z]+_[a-z_]+\b", re.sub(r"\{[^}]*\}", "", one))}
    assert keys == set()


def test_no_error_of_a_channel_promises_a_retry(known: set[str]) -> None:
    """It is also shown while a form is being checked, where nothing is tried again; the account says when it is."""
    assert not [one for one in known if "Rapport will try again later" in one]


@pytest.mark.slow
def test_an_error_s_sentence_is_marked() -> None:
    bare = []
    for path in sources():
        for call in calls(path):
            first = call.args[0] if call.args else None
            literal = isinstance(first, ast.JoinedStr) or (
                isinstance(first, ast.Constant) and isinstance(first.value, str)
            )
            sentence = literal and " " in ast.unparse(first).strip("f'\"") if first is not None else False
            if (
                sentence
                and ERROR.search(name_of(call))
                and name_of(call) not in OURS
                and not name_of(call).startswith("_")
            ):
                bare.append(f"{path.relative_to(HOUSE)}:{call.lineno} {ast.unparse(call)[:80]}")
    assert not bare


def _floors() -> list[Path]:
    """`main.py` and `app/` without the shell's commands: what is said on these floors is shown by others."""
    return [HOUSE / "main.py", *(path for path in HOUSE.glob("app/**/*.py") if "cli" not in path.parts)]


def _is_words(node: ast.AST) -> bool:
    """Whether it is a text of several words, as it stands in the code or put together."""
    if isinstance(node, ast.JoinedStr):
        parts = (part.value for part in node.values if isinstance(part, ast.Constant))
        return bool(re.search(r"[A-Za-z]{2}", "".join(map(str, parts))))
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search(r"\w \w", node.value))


def _where(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{path.relative_to(HOUSE)}:{node.lineno} {ast.unparse(node)[:80]}"


@pytest.mark.slow
def test_the_message_of_an_error_is_marked_where_it_has_aname_of() -> None:
    """`msg = "…"` and then `raise UserError(msg)`; what a bug says is for us alone."""
    bare = []
    for path in _floors():
        for block in ast.walk(ast.parse(path.read_text("utf-8"))):
            body = getattr(block, "body", None)
            for first, then in pairwise(body if isinstance(body, list) else []):
                if isinstance(first, ast.Assign) and isinstance(then, ast.Raise) and isinstance(then.exc, ast.Call):
                    kind = name_of(then.exc)
                    ours = kind in OURS or kind.startswith("_") or not ERROR.search(kind)
                    bare += [_where(path, first)] if _is_words(first.value) and not ours else []
    assert not bare


@pytest.mark.slow
def test_an_error_s_sentence_that_has_a_name_is_looked_up() -> None:
    """`UserError(tr(SENTENCE))`, not `UserError(SENTENCE)`: `N_` only marks it."""
    bare = []
    for path in _floors():
        for call in calls(path):
            given = [*call.args[:1], *(one.value for one in call.keywords if one.arg == "error")]
            for one in given if ERROR.search(name_of(call)) or name_of(call) == "Pulled" else ():
                root = one
                while isinstance(root, ast.Subscript):
                    root = root.value
                name = root.attr if isinstance(root, ast.Attribute) else getattr(root, "id", "")
                bare += [_where(path, call)] if re.fullmatch(r"_?[A-Z][A-Z_]+", name) else []
    assert not bare


@pytest.mark.slow
def test_the_title_of_an_action_is_marked() -> None:
    """It is kept in the file and listed under “What was done”."""
    bare = [
        _where(path, call)
        for path in _floors()
        for call in calls(path)
        if name_of(call) == "write" and "store" in ast.unparse(call.func)
        if call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
    ]
    assert not bare


@pytest.mark.slow
def test_what_takes_the_place_of_a_missing_text_is_marked() -> None:
    """`why or "Nobody knows."`."""
    bare = [
        _where(path, either)
        for path in _floors()
        for either in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(either, ast.BoolOp) and isinstance(either.op, ast.Or)
        if isinstance(either.values[-1], ast.Constant) and _is_words(either.values[-1])
        if not ast.unparse(either.values[-1]).startswith(COMMANDS)
    ]
    assert not bare


@pytest.mark.slow
@pytest.mark.usefixtures("english")
def test_a_translation_is_found_and_each_language_has_its_own_plurals() -> None:
    catalogue = sentences.gathered()
    catalogue.locale = "cs"
    for sentence, translated in (("Undo", "Zpět"), ("{count} day", ("{count} den", "{count} dny", "{count} dní"))):
        message = catalogue.get(sentence)
        assert message is not None
        message.string = translated
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    words.use(gettext.GNUTranslations(file))
    assert tr("Undo") == "Zpět"
    assert tr("Nobody has written this sentence") == "Nobody has written this sentence"
    assert [counted(many, "{count} day", "{count} days") for many in (1, 3, 7)] == ["1 den", "3 dny", "7 dní"]


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


NOT_FOLLOWED = {
    # every kind and state is held by tests/app/inbox/test_so_far.py
    "app/inbox/so_far_words.py tr(_sentence(fact)).format(words=words, name=who, when=when, day=day)",
    # all words of every verb are held by tests/app/moderation/test_words.py
    "app/moderation/words.py tr(of.done if deed.state == 'done' else of.to_do).format(account=account)",
    "app/moderation/words.py tr(words(verb, upstream, kind).means).format(account=account)",
    "app/moderation/words.py counted(seconds, *words(verb, upstream, kind).soon)",
    "app/outbox/by_hand.py template.format(number=number, digits=number.removeprefix('+'))",  # an address, no sentence
    "app/outbox/posts.py tr(how.audience).format(venue=venue.name)",  # held by tests/app/outbox/test_venues.py
    # held by tests/ui/pages/inbox/test_promising.py
    "ui/shared/promise_chips.py self.sentence.format(what=text.embed(self.what, most), day=self.day)",
    "app/outbox/reacting.py tr(seen).format(name=_name(row))",  # held by tests/app/channels/test_reactions.py
}
"""Calls whose text stands in a value that is made elsewhere."""


@pytest.mark.slow
def test_every_name_in_a_sentence_gets_its_value() -> None:
    """`tr("… {name}").format(name=…)` and `counted(n, "… {name}", "…", name=…)`, which would raise only when shown.

    A text that has a name, stands in a table or is handed over is followed to where it is written.
    """
    wrong, unknown, followed = set(), set(), 0
    for path in sources():
        for call in calls(path):
            filled = isinstance(call.func, ast.Attribute) and call.func.attr == "format"
            if not filled and (name_of(call) != "counted" or len(call.args) < 2):
                continue
            given = {one.arg for one in call.keywords} | (set() if filled else {"count"})
            if None in given:
                continue
            written = texts(path, *([call.func.value] if filled else call.args[1:]))  # type: ignore[attr-defined]
            where = f"{path.relative_to(HOUSE)} {ast.unparse(call)[:80]}"
            wrong |= {(where, text) for text in written if not _wanted(text) <= given}
            unknown |= set() if written else {where}
            followed += 1
    assert not wrong
    assert followed > 500
    assert unknown == NOT_FOLLOWED


class Marking:
    """A catalogue that puts a sign before each sentence, by which a sentence that was never looked up is found."""

    SIGN = "¤"

    def gettext(self, message: str) -> str:
        return self.SIGN + message

    def ngettext(self, one: str, several: str, many: int) -> str:
        return self.SIGN + (one if many == 1 else several)


def _parsers(made: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands, at every depth."""
    yield made
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _parsers(below)


def _help_texts(made: argparse.ArgumentParser) -> Iterator[str]:
    """Every text of ours that `--help` prints for this parser; "" where an option's metavar is left to argparse."""
    yield from (text for text in (made.description, made.epilog) if text)
    for action in made._actions:
        if isinstance(action, argparse._HelpAction):
            continue  # its help is argparse's own
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help or "" for choice in action._choices_actions)
        elif action.help != argparse.SUPPRESS:
            yield from (text for text in (action.help,) if text)
        if action.nargs != 0 and action.choices is None:
            yield str(action.metavar or "")


@pytest.mark.usefixtures("english")
def test_the_help_of_every_command_is_looked_up_and_was_gathered(known: set[str]) -> None:
    from app.cli.arguments import parser  # noqa: PLC0415  loads every command

    words.use(Marking())
    texts = [(made.prog, text) for made in _parsers(parser()) for text in _help_texts(made)]
    assert len(texts) > 250
    assert [one for one in texts if not one[1].startswith(Marking.SIGN)] == []
    seen = Seen()
    words.use(seen)
    parser()
    assert seen.asked - known == set()
