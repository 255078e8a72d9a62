"""The key sheet: what fits beside what, the keys as they are now, and keys that scroll it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.commands.keymap import Keymap
from ui.commands.in_use import keymap
from ui.look.theme import theme
from ui.palette.keysheet import KeySheet, grouped
from ui.widgets.avatar import KeyCap
from ui.widgets.labels import Label


def _sheet(qt: QApplication, wide: int, high: int) -> tuple[QWidget, KeySheet]:
    parent = QWidget()
    parent.resize(wide, high)
    parent.show()
    sheet = KeySheet(parent, "Inbox", grouped("inbox", lambda _command: True))
    qt.processEvents()
    return parent, sheet


@pytest.mark.parametrize(
    ("wide", "high", "scale"), [(1280, 800, 1.0), (900, 700, 1.0), (600, 500, 1.0), (900, 700, 2.0)]
)
def test_no_word_of_it_is_cut_and_what_has_no_room_is_scrolled(
    qt: QApplication, wide: int, high: int, scale: float
) -> None:
    theme().choose("light", scale)
    parent, sheet = _sheet(qt, wide, high)
    cut = [one.text() for one in sheet.sheet.findChildren(Label) if one.width() < one.sizeHint().width()]
    assert cut == []
    assert parent.rect().contains(sheet.card.geometry())
    assert sheet.sheet.horizontalScrollBar().maximum() == 0
    bar = sheet.sheet.verticalScrollBar()
    if bar.maximum():
        QTest.keyClick(sheet, Qt.Key.Key_Down)
        assert bar.value() > 0
        assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    parent.close()


def test_it_shows_the_keys_that_the_person_chose(qt: QApplication) -> None:
    keymap().use(Keymap({"done": ("F9",), "snooze": ()}, single=True))
    try:
        assert "snooze" not in {
            command.id for _title, commands in grouped("inbox", lambda _one: True) for command in commands
        }
        parent, sheet = _sheet(qt, 1280, 800)
        assert "F9" in {cap._key for cap in sheet.findChildren(KeyCap)}
        parent.close()
        keymap().use(Keymap(single=False))
        listed = {command.id for _title, commands in grouped("inbox", lambda _one: True) for command in commands}
        assert {"send_done", "undo"} <= listed
        assert "done" not in listed
    finally:
        keymap().use(Keymap())
