"""A list that pops up at a field: steps, the pointer, what a screen reader says, and staying in the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.look import fonts
from ui.widgets.popup_list import ROW_HEIGHT, PopupList, draw_two_lines


class Words(PopupList[str]):
    """Lists words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Words", 200)
        self.nothing = "No words"
        self.clicked: list[str] = []

    def take(self, item: str) -> None:
        self.clicked.append(item)

    def words(self, item: str) -> str:
        return f"the word {item}"

    def draw_row(self, painter: QPainter, row: QRect, item: str) -> None:
        draw_two_lines(painter, row, item, item)


@pytest.fixture
def words(qt: QApplication) -> Iterator[Words]:
    assert qt is not None
    window = QWidget()
    window.resize(400, 300)
    window.show()
    made = Words(window)
    yield made
    window.close()


def row(number: int) -> QPoint:
    return QPoint(20, 6 + fonts.px(ROW_HEIGHT) * number + 10)


def test_each_step_is_announced_as_the_focus_stays_in_the_field(words: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("ui.widgets.popup_list.speak", lambda _widget, sentence: said.append(sentence))
    words.show_items(["one", "two", "three"], QRect(10, 10, 20, 20))
    assert said == []  # the field is told first: what one types there is not talked over
    words.step(1)
    words.step(-2)
    assert said == ["the word two", "the word three"]


def test_steps_wrap_around_and_are_said(words: Words) -> None:
    words.show_items(("vatn", "láhev", "λεμόνι"), QRect(10, 10, 50, 20))
    assert (words.current(), words.accessibleDescription()) == ("vatn", "the word vatn")
    words.step(-1)
    assert (words.current(), words.accessibleDescription()) == ("λεμόνι", "the word λεμόνι")
    assert not words.grab().isNull()


def test_the_pointer_makes_a_row_current_and_takes_it(words: Words) -> None:
    words.show_items(("vatn", "láhev"), QRect(10, 10, 50, 20))
    QTest.mouseMove(words, row(1))
    QTest.mouseMove(words, row(1) + QPoint(1, 1))
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=row(1))
    assert words.clicked == ["láhev"]
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=row(2))
    assert words.clicked == ["láhev"]


def test_it_stays_in_the_window_and_says_that_there_is_nothing(words: Words) -> None:
    words.show_items(("vatn", "láhev"), QRect(380, 270, 50, 20))
    assert words.window().rect().contains(words.geometry())
    words.show_items((), QRect(10, 10, 50, 20))
    assert (words.current(), words.accessibleDescription()) == (None, "No words")
    words.step(1)


def test_where_not_all_rows_have_room_it_scrolls_with_the_current_one(words: Words) -> None:
    many = tuple(f"word {number}" for number in range(12))
    words.show_items(many, QRect(10, 100, 1, 20))
    shown = (words.height() - 12) // fonts.px(ROW_HEIGHT)
    assert 1 < shown < len(many)
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=row(0))
    words.step(shown)
    assert words.current() == f"word {shown}"
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=row(0))
    assert words.clicked == ["word 0", "word 1"]
    words.step(-shown - 1)
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=row(shown - 1))
    assert words.clicked[-1] == "word 11"
    assert not words.grab().isNull()
