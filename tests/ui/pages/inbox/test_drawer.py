"""The inbox's panes: the card as a drawer over them, the list's width at another text size, and answers that stay."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.stories.hand import Hand
from tests.ui.talking import inbox
from ui.look.theme import theme
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def test_in_a_narrow_window_the_card_lies_over_the_conversation(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    demo.resize(1000, 700)
    hand.rest()
    before = [pane.geometry() for pane in (page.list, page.talk)]
    assert page.card.isHidden()
    hand.keys("I")
    hand.rest()
    assert page.card.isVisible()
    assert [pane.geometry() for pane in (page.list, page.talk)] == before
    assert page.card.geometry().right() == page.width() - 1
    assert page.card.height() == page.height()
    hand.keys("Escape")
    assert page.card.isHidden()


def test_where_there_is_room_again_the_card_stands_beside(demo: Window, page: Any) -> None:
    demo.resize(1000, 700)
    Hand.rest()
    demo.run("card")
    demo.resize(1400, 800)
    Hand.rest()
    assert page.card.isVisible()
    assert page.split.geometry().right() < page.card.geometry().left()
    demo.run("card")
    assert page.card.isHidden()
    demo.run("card")
    assert page.card.isVisible()


@pytest.mark.slow
def test_the_list_is_as_wide_again_when_the_letters_are_as_large_again(page: Any) -> None:
    before = page.list.width()
    theme().choose(scale=1.5)
    Hand.rest()
    assert page.list.width() >= before
    theme().choose(scale=1.0)
    Hand.rest()
    assert page.list.width() == before


def _widths(demo: Window, page: Any, wide: int) -> tuple[int, int, int]:
    """Of the list, the conversation and the column of its messages."""
    demo.resize(wide, 1080)
    Hand.rest()
    return page.list.width(), page.talk.width(), page.talk.below.width()


@pytest.mark.slow
def test_in_a_larger_window_the_list_and_the_conversation_share_the_room(demo: Window, page: Any) -> None:
    small, _, _ = _widths(demo, page, 1280)
    assert 320 <= small <= 330
    middle, _, _ = _widths(demo, page, 1600)
    large, talk, column = _widths(demo, page, 1920)
    assert small < middle < large
    assert 480 <= large <= 560
    assert talk >= column == 880  # the lines of the messages keep their measure
    assert _widths(demo, page, 2560)[0] == 560
    assert _widths(demo, page, 1280)[0] == small


@pytest.mark.slow
def test_the_list_stays_as_wide_as_it_was_dragged(demo: Window, page: Any) -> None:
    _widths(demo, page, 1920)
    handle = page.split.handle(1)
    at = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(handle, QPoint(at.x() - 100, at.y()))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(at.x() - 100, at.y()))
    dragged = page.list.width()
    assert dragged < 480
    assert _widths(demo, page, 1600)[0] == dragged
    again = Window(demo.bench, demo.memory)
    again.show()
    again.go("inbox")
    assert _widths(again, again.page("inbox"), 1920)[0] == dragged
    Hand.rest()  # what its first paint has put off is done before the file is closed
    again.close()


def _answers(page: Any) -> int:
    number = int(page.talk.opened.row.id)
    page.talk.composer.field.setPlainText("Takk, ég athuga það.")
    page.frame.run("send_keep")
    Hand.until(lambda: page.list.model.place_of(number) is None)
    Hand.rest()
    return number


def test_send_stays_on_its_conversation_and_steps_go_on_from_its_place(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("J")
    following = page.list.model.id_at(page.list.opening.place() + 1)
    number = _answers(page)
    assert page.talk.opened.row.id == number
    assert page.list.current_id() is None
    hand.keys("J")
    assert page.talk.opened.row.id == following


def test_what_stayed_open_is_done_and_the_next_opens(demo: Window, page: Any) -> None:
    number = _answers(page)
    Hand(demo).keys("E")
    Hand.until(lambda: page.talk.opened.row.id != number)
    assert demo.bench.inbox.row(number).state == "done"


def test_when_the_answer_is_taken_back_its_row_is_the_current_one_again(demo: Window, page: Any) -> None:
    number = _answers(page)
    Hand(demo).keys("Z")
    Hand.until(lambda: page.list.current_id() == number)
    assert page.talk.opened.row.id == number
    QApplication.processEvents()
    assert page.talk.composer.field.toPlainText() == "Takk, ég athuga það."
