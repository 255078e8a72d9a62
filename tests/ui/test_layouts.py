"""Every key of the table reaches its command on every layout that the community manager may have."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.commands.command import EVERYWHERE
from app.commands.keymap import Keymap
from app.commands.table import COMMANDS
from tests.ui.layouts import CZECH, GREEK, HUNGARIAN, ICELANDIC, LAYOUTS, Layout
from ui.commands import keys

_NAMED = ("Escape", "Tab", "Delete", "Up", "Down", "Enter", *(f"F{number}" for number in range(1, 13)))
SIGNS = [
    (command.id, key, "inbox" if EVERYWHERE in command.where else command.where[0])
    for command in COMMANDS
    for key in command.keys
    if key.rpartition("+")[2] not in _NAMED
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=[one.name for one in LAYOUTS])
def test_every_letter_and_sign_runs_its_command(layout: Layout) -> None:
    keymap, strange = Keymap(), []
    for command_id, key, page in SIGNS:
        found = keymap.commands(keys.spellings(layout.press(key)), page)
        if command_id not in [command.id for command in found]:
            strange.append((key, command_id, [command.id for command in found]))
    assert strange == []


def test_layouts_are_what_they_are_called() -> None:
    assert (GREEK.press("E").text(), GREEK.press("E").nativeScanCode()) == ("ε", 26)
    assert GREEK.press("Q").text() == ";"
    assert (CZECH.press("Z").text(), CZECH.press("Z").nativeScanCode()) == ("z", 29)
    assert HUNGARIAN.press("Y").nativeScanCode() == 52
    assert CZECH.type("ě").nativeScanCode() == 11
    assert ICELANDIC.type("þ").nativeScanCode() == 61
    assert CZECH.press("?").text() == "?"
    for layout in LAYOUTS:
        assert [len(row) for row in layout.rows] == [len(row) for row in layout.shifted]
        whole = "".join(layout.rows)
        assert len(whole) == len(set(whole))


@pytest.mark.parametrize("layout", LAYOUTS, ids=[one.name for one in LAYOUTS])
def test_the_digit_keys_go_to_the_pages_wherever_digits_are_typed(layout: Layout) -> None:
    """Ctrl and the key of the digit; with Shift where only that types it, as on a Czech one, whose 1 types + alone."""
    for digit in range(1, 10):
        found = []
        for shift in (False, True):
            held = Qt.KeyboardModifier.ControlModifier
            event = layout._event(9 + digit, held | Qt.KeyboardModifier.ShiftModifier if shift else held, shift=shift)
            found += Keymap().commands(keys.spellings(event), "inbox")[:1]
        assert f"page_{digit}" in {command.id for command in found}
    czech = Keymap().commands(keys.spellings(CZECH.press("Ctrl++")), "inbox")
    assert czech[0].id == "larger"
