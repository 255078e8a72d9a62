"""Every toast names whom it is about, or says how many; none says only that something is done."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox
from ui.shell.window import Window

UI = Path(__file__).parents[2] / "ui"
_SAYING = {"toast", "undoable", "announce", "emit", "_announce"}
_ABOUT_NOBODY = re.compile(
    r"^(Done|Saved|Closed|Reopened|Added|Linked|Unlinked|Joined|Parted|Removed|Cancelled|Dropped|Marked as [a-z]+"
    r"|Snoozed|Sending now|Note saved|Promise kept|Gift logged"
    r"|Register updated|Signatures saved|Message added"
    r"|“[^”]+” put on|Rapport will try again)\.$"
)


def _said(tree: ast.AST) -> list[str]:
    """The sentences without a name that are handed to a toast, or returned by what a strip does."""
    found: list[str] = []
    for node in ast.walk(tree):
        name = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
        name = name or (node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else "")
        if name in _SAYING or isinstance(node, ast.Return):
            found += [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and type(one.value) is str]
    return [one for one in found if _ABOUT_NOBODY.match(one)]


@pytest.mark.slow
def test_no_toast_is_about_nobody() -> None:
    found = {str(path.relative_to(UI)): _said(ast.parse(path.read_text("utf-8"))) for path in sorted(UI.rglob("*.py"))}
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("command", "words"),
    [("done", "Done: {name}."), ("unhappy", "{name}: marked as unhappy."), ("hard", "{name}: marked as difficult.")],
)
def test_what_is_decided_on_names_whom_it_is_about(demo: Window, command: str, words: str) -> None:
    page: Any = inbox(demo)
    row = page.list.model.row_at(page.list.rows.place())
    assert not row.unhappy
    assert not row.hard
    demo.run(command)
    assert toast(demo).accessibleName() == words.format(name=row.member)


def test_snoozing_and_reopening_name_them_too(demo: Window) -> None:
    page: Any = inbox(demo)
    name = page.opened.row.member
    number = page.opened.row.id
    page.deciding.snoozed("T")
    assert toast(demo).accessibleName().startswith(f"{name}: snoozed until ")
    page.open(number)
    demo.run("done")
    assert toast(demo).accessibleName() == f"Reopened: {name}."


def test_several_are_counted(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    page.list.rows.setFocus()
    hand.keys("X", "J", "X", "U")
    assert toast(demo).accessibleName() == "2 marked as unhappy."
