"""Emoji while one types: a colon and two letters, at the start of a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.base.paths import Profile
from app.workbench import Workbench
from ui.look.theme import theme
from ui.shared.draft_field import DraftField
from ui.shared.emoji_list import EmojiList
from ui.shared.emoji_picker import EmojiPicker


class Room(NamedTuple):
    """A window with a field, and another beside it."""

    bench: Workbench
    window: QWidget
    field: DraftField
    picker: EmojiPicker

    def type(self, words: str) -> None:
        """Type each letter, whatever its script."""
        for letter in words:
            self.field.insertPlainText(letter)

    @property
    def list(self) -> EmojiList:
        """The open list."""
        (found,) = self.window.findChildren(EmojiList)
        return found


@pytest.fixture
def room(qt: QApplication, profile: Profile) -> Iterator[Room]:
    """A Greek draft in a window of 900 x 700."""
    bench, window, field = Workbench(profile), QWidget(), DraftField()
    picker = EmojiPicker(bench, field, lambda: "el")
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(QLineEdit())
    window.resize(900, 700)
    window.show()
    window.activateWindow()
    field.setFocus()
    qt.processEvents()
    yield Room(bench, window, field, picker)
    bench.close()
    window.close()


def test_two_letters_open_the_list_and_enter_takes(room: Room) -> None:
    room.type("Καλημέρα 🍋 :λ")
    assert not room.picker.is_open()
    room.type("ε")
    assert room.picker.is_open()
    room.type("μονι")
    assert room.list.words(room.list.current()) == "λεμόνι"  # type: ignore[arg-type]
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert room.field.toPlainText() == "Καλημέρα 🍋 🍋"
    assert not room.picker.is_open()
    assert room.bench.emoji.recent() == ["🍋"]
    room.field.undo()
    assert room.field.toPlainText().endswith(":λεμονι")


def test_arrows_step_and_tab_takes(room: Room) -> None:
    room.type(":heart")
    first = room.list.current()
    QTest.keyClick(room.field, Qt.Key.Key_Down)
    second = room.list.current()
    assert first is not None
    assert second is not None
    assert first != second
    QTest.keyClick(room.field, Qt.Key.Key_Up)
    assert room.list.current() == first
    QTest.keyClick(room.field, Qt.Key.Key_Tab)
    assert room.field.toPlainText() == first.sign
    assert room.field.hasFocus()


def test_escape_leaves_until_the_next_colon(room: Room) -> None:
    left = []
    room.field.left.connect(lambda: left.append(1))
    room.type(":lem")
    QTest.keyClick(room.field, Qt.Key.Key_Escape)
    assert not room.picker.is_open()
    assert left == []
    room.type("on")
    assert not room.picker.is_open()
    QTest.keyClick(room.field, Qt.Key.Key_Escape)
    assert left == [1]
    room.type(" :sun")
    assert room.picker.is_open()


@pytest.mark.parametrize(
    "typed",
    ["10:30", "at 10:lem", "https://lemon", "mailto:lemon", "C:\\lemon", "::lemon", ":-)", ":D", ": lemon", ":12",
     "a:lemon", ":qqzz", ":lemon ", "{{name:lemon"],
)  # fmt: skip
def test_what_opens_nothing(room: Room, typed: str) -> None:
    room.type(typed)
    assert not room.picker.is_open()
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert room.field.toPlainText() == f"{typed}\n"


@pytest.mark.parametrize("typed", [":lem", "(:lem", "🍋:lem", "a\n:lem", "«:lem", "שלום :lem", "：lem"])
def test_what_opens_it(room: Room, typed: str) -> None:
    room.type(typed)
    assert room.picker.is_open()


def test_it_closes_with_the_focus_and_the_place(room: Room) -> None:
    room.type("word :lem")
    room.field.moveCursor(room.field.textCursor().MoveOperation.Start)
    assert not room.picker.is_open()
    room.field.move_to_end()
    room.type("o")
    assert room.picker.is_open()
    room.window.findChildren(QLineEdit)[0].setFocus()
    assert not room.picker.is_open()


def test_over_the_voice_guides_budget_it_says_so_and_still_lets(room: Room) -> None:
    room.bench.voice.allow_emoji(1)
    room.type(":lem")
    assert room.list.note == ""
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    room.type(" :lem")
    assert room.list.note == "That's 2 emoji; the voice guide allows 1."
    assert room.list.note in room.list.accessibleDescription()
    QTest.keyClick(room.field, Qt.Key.Key_Return)
    assert room.field.toPlainText() == "🍋 🍋"


def test_in_a_low_window_with_large_text_the_line_stays_in_sight(room: Room) -> None:
    theme().choose("dark", 2.0)
    room.window.resize(900, 400)
    QApplication.processEvents()
    room.type(":he")
    caret = room.field.caret().translated(room.field.mapTo(room.window, room.field.rect().topLeft()))
    assert not room.list.geometry().intersects(caret)
    room.list.grab()
