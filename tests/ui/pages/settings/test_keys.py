"""Keys in the settings: found, changed by pressing them, taken, refused, given back; used at once everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.commands.keymap import Keymap
from tests.ui.layouts import GREEK, US, Layout
from tests.ui.parts import toast
from tests.ui.presses import send
from tests.ui.settling import settle, until
from ui.commands.in_use import keymap
from ui.pages.settings.keys import KeyRow, KeysSummary
from ui.shell.window import Window
from ui.widgets.buttons import CommandButton


@pytest.fixture
def page(window: Window) -> Iterator[Any]:
    window.go("settings")
    window.activateWindow()
    until(window.isActiveWindow)
    found: Any = window.page("settings")
    found.complete()
    yield found
    window.bench.keys.reset_all()
    keymap().use(Keymap())


def _row(page: Any, command: str, typed: str = "") -> KeyRow:
    """The row of a command, found by the search."""
    row = next(row for row, _words in page._rows if isinstance(row, KeyRow) and row.command.id == command)
    page._search.setText(typed or row.words())
    QApplication.processEvents()
    assert row.isVisible()
    return row


def _record(window: Window, row: KeyRow, key: str, layout: Layout = US) -> None:
    window.activateWindow()
    until(window.isActiveWindow)
    row.change.click()
    assert row.change.hasFocus()
    send(window, layout.press(key))


@pytest.mark.slow
def test_no_key_is_listed_before_one_looks_for_it(page: Any) -> None:
    rows = [row for row, _words in page._rows if isinstance(row, KeyRow)]
    assert len(rows) > 100
    assert not any(row.isVisible() for row in rows)
    summary = page.findChild(KeysSummary)
    assert not summary.usual.isVisible()
    summary.show_all.click()
    until(lambda: all(row.isVisible() for row in rows))
    assert page._search.hasSelectedText()  # the name of a command replaces what was looked for


def test_a_free_key_is_used_at_once_and_taken_back_by_undo(window: Window, page: Any) -> None:
    row = _row(page, "sync")
    _record(window, row, "F9")
    assert window.bench.keys.changed() == {"sync": ("F9",)}
    assert keymap().cap("sync") == "F9"
    assert [one.id for one in keymap().current.commands(["F5"], "settings")] == []
    assert "is F9 now" in toast(window)._words.text()
    assert row.usual.isVisible()
    window.run("undo")
    assert window.bench.keys.changed() == {}
    assert keymap().cap("sync") == "F5"


def test_chords_and_tab_and_commands_of_the_window_are_recorded_not_run(window: Window, page: Any) -> None:
    row = _row(page, "backup")
    _record(window, row, "Ctrl+K")
    assert window.overlays.palette is None or not window.overlays.palette.isVisible()
    assert "Find or do" in row.says.text()
    assert row.go.isVisible()
    _record(window, row, "Tab")
    assert row.says.text()
    assert not row.go.isVisible()
    assert window.bench.keys.changed() == {}
    row.change.click()
    send(window, US.press("Escape"))
    assert not row.change.recording


def test_who_has_the_key_is_named_before_it_is_taken(window: Window, page: Any) -> None:
    row = _row(page, "hard", "difficult")
    _record(window, row, "E", GREEK)  # typed as epsilon, kept as E
    assert "“Done”" in row.says.text()
    assert window.bench.keys.changed() == {}
    assert window.focusWidget() is row.go
    send(window, US.press("Enter"))
    assert window.bench.keys.changed() == {"hard": ("E",), "done": ()}
    assert not row.says.isVisible()
    summary = page.findChild(KeysSummary)
    page._search.clear()
    QApplication.processEvents()
    assert summary.usual.title() == "Reset 2 changes"
    summary.usual.click()
    assert window.bench.keys.changed() == {}


def test_what_fields_need_is_refused_in_a_sentence(window: Window, page: Any) -> None:
    row = _row(page, "done")
    _record(window, row, "Ctrl+C")
    assert row.says.text() == "Text fields need Ctrl C to copy. Choose another."
    assert not row.go.isVisible()


def test_backspace_leaves_no_key_and_reset_brings_it_back(page: Any) -> None:
    row = _row(page, "undo", "undo")
    row.change.click()
    row.change.recorded.emit("")
    assert keymap().keys("undo") == ("Ctrl+Z",)
    row.usual.click()
    assert keymap().keys("undo") == ("Z", "Ctrl+Z")
    assert _row(page, "back", "back").change.isHidden()


@pytest.mark.slow
@pytest.mark.usefixtures("page")
def test_buttons_menus_and_tooltips_follow(window: Window) -> None:
    window.go("members")
    members: Any = window.page("members")
    button = next(one for one in members.findChildren(CommandButton) if one._command_id == "add_member")
    assert button._key == "Ctrl N"
    change = window.bench.keys.plan("add_member", ["F9"])
    window.bench.keys.carry_out(change)
    keymap().use(window.bench.keys.keymap())
    assert button._key == "F9"
    assert "F9" in button.toolTip()
    window.bench.keys.carry_out(window.bench.keys.plan("page_3", ["Alt+3"]))
    send(window, US.press("Alt+3"))  # another program has changed it: the next press knows
    assert window.page_id == "members"
    assert window.rail.rows["members"].toolTip() == "Alt 3"
    window.go("settings")
    send(window, US.press("Ctrl+3"))
    assert window.page_id == "settings"
    settle()


@pytest.mark.usefixtures("page")
def test_single_letters_are_switched_off_as_a_whole(window: Window) -> None:
    window.bench.settings.put("single_keys", value=False)
    send(window, US.press("F1"))
    assert keymap().cap("done") == ""
    assert keymap().cap("undo") == "Ctrl Z"
