"""Where a toast stands: as low as it can, and never over what is worked with."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.base.errors import UserError
from tests.stories.hand import Hand
from tests.ui.parts import palette, toast
from tests.ui.settling import settle
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window
from ui.widgets.toast import free_top

TALK = "Το κουτί έφτασε σπασμένο"
WRONG = "The server did not answer, and will not in a while. Try again later, or look at its page."


def test_it_goes_above_what_is_in_the_way_and_says_where_there_is_no_room() -> None:
    room = QRect(20, 500, 300, 50)
    assert free_top(room, []) == 500
    assert free_top(room, [QRect(400, 0, 100, 600)]) == 500  # beside it
    assert free_top(room, [QRect(100, 400, 600, 200)]) == 400 - 8 - 50 + 1
    assert free_top(room, [QRect(100, 400, 600, 200), QRect(0, 380, 50, 10)]) == 380 - 8 - 50 + 1
    assert free_top(room, [QRect(0, 40, 600, 560)]) is None


_RECTS = st.builds(QRect, st.integers(0, 600), st.integers(0, 600), st.integers(1, 400), st.integers(1, 300))


@given(st.lists(_RECTS, max_size=6))
def test_it_never_covers_anything(taken: list[QRect]) -> None:
    top = free_top(QRect(20, 500, 300, 50), taken)
    place = QRect(20, top if top is not None else 0, 300, 50)
    assert top is None or not any(place.intersects(rect) for rect in taken)


def _covers(window: Window, widget: Any) -> bool:
    where = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
    return bool(toast(window).geometry().intersects(where))


@pytest.mark.slow
@pytest.mark.parametrize(("size", "percent"), [((1280, 800), 100), ((900, 700), 200), ((620, 500), 100)])
def test_an_error_covers_neither_the_composer_nor_the_page_of_a_new_message(
    demo: Window, size: tuple[int, int], percent: int
) -> None:
    demo.appearance._set_text_size(percent)
    demo.resize(*size)
    page = inbox(demo)
    open_talk(page, TALK)
    page.answering.reply()
    settle()
    demo.fail(WRONG)
    settle()
    assert not _covers(demo, page.talk.below)
    page.composer.field.setPlainText("Λυπάμαι πολύ. " * 60)  # it grows, and the toast gives way
    settle()
    assert not _covers(demo, page.talk.below)
    assert demo.rect().contains(toast(demo).geometry().adjusted(0, 0, -1, -1))
    demo.run("new_message")
    demo.fail(WRONG)  # that of the inbox waits there
    settle()
    assert not _covers(demo, demo.page("letter"))
    letter: Any = demo.page("letter")
    low = letter.sending.mapTo(demo, letter.sending.rect().bottomLeft()).y()
    toast(demo).hide()
    settle()
    assert letter.sending.mapTo(demo, letter.sending.rect().bottomLeft()).y() > low  # its room is given back


def test_escape_closes_it_first_and_the_field_keeps_the_focus(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, TALK)
    hand = Hand(demo)
    hand.keys("R")
    page.composer.manners.dismiss()
    assert page.composer.field.hasFocus()
    demo.fail(WRONG)
    hand.keys("Escape")
    assert toast(demo).isHidden()
    assert page.composer.field.hasFocus()
    hand.keys("Escape")
    assert page.list.rows.hasFocus()


def test_one_that_goes_by_itself_is_closed_with_what_escape_does_otherwise(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, TALK)
    hand = Hand(demo)
    hand.keys("R")
    page.composer.manners.dismiss()
    demo.toast("Done.")
    hand.keys("Escape")
    assert toast(demo).isHidden()
    assert page.list.rows.hasFocus()


@pytest.mark.slow
def test_what_lies_over_the_page_has_escape_before_it(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, TALK)
    hand = Hand(demo)
    demo.fail(WRONG)
    demo.run("palette")
    settle()
    hand.keys("Escape")
    assert palette(demo).isHidden()
    assert not toast(demo).isHidden()
    hand.keys("R")
    page.composer.manners.dismiss()
    QTest.keyClicks(page.composer.field, "/")
    settle()
    assert page.composer.field.choosing
    hand.keys("Escape")
    assert not page.composer.field.choosing
    assert not toast(demo).isHidden()
    hand.keys("Escape")
    assert toast(demo).isHidden()


def test_a_screen_reader_hears_an_error_at_once_and_how_it_is_closed(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, str]] = []
    real = QAccessible.updateAccessibility

    def listen(event: Any) -> None:
        heard.append((event.message(), event.politeness().name))
        real(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", listen)
    window.fail("It was refused.")
    window.toast("Done.", lambda: None)
    assert heard == [("It was refused. Esc closes this message.", "Assertive"), ("Done. Z undoes it.", "Polite")]
    close = toast(window)._close
    assert close.accessibleName() == "Close (Esc)"
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert toast(window).isHidden()


def test_it_counts_down_and_offers_undo_until_then(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    undone: list[int] = []
    at = [100.0]
    monkeypatch.setattr("ui.widgets.toast.time.monotonic", lambda: at[0])
    window.count_down(lambda left: f"To Marcus, {left} s", 10, lambda: undone.append(1))
    assert toast(window).accessibleName() == "To Marcus, 10 s"
    at[0] += 4
    toast(window)._tick()
    assert toast(window).accessibleName() == "To Marcus, 6 s"
    assert not toast(window)._timer.isActive()  # it stays as long as it counts, not eight seconds
    at[0] += 7
    toast(window)._tick()
    assert toast(window).isHidden()
    assert not window.undo_toast()
    assert undone == []
    window.count_down(lambda left: f"To Jana, {left} s", 10, lambda: undone.append(2))
    at[0] += 9
    toast(window)._tick()
    assert window.undo_toast()
    assert undone == [2]
    assert toast(window).isHidden()
    assert not toast(window)._second.isActive()


def test_what_is_said_next_ends_the_countdown(window: Window) -> None:
    window.count_down(lambda left: f"To Marcus, {left} s", 10, lambda: None)
    window.toast("Saved.")
    toast(window)._tick()
    assert toast(window).accessibleName() == "Saved."
    assert toast(window)._timer.isActive()


def test_a_failure_waits_on_its_page_and_goes_once_it_is_mended(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [True]

    def do() -> None:
        if broken[0]:
            raise UserError(WRONG)

    window.go("members")
    monkeypatch.setitem(window._own, "sync", do)
    window.run("sync")
    assert toast(window).is_wrong()
    window.go("inbox")
    assert toast(window).isHidden()
    window.go("members")
    assert toast(window).is_wrong()
    assert toast(window).accessibleName() == WRONG
    window.run("search")
    assert toast(window).is_wrong()
    broken[0] = False
    window.run("sync")
    assert toast(window).isHidden()
    window.go("inbox")
    window.go("members")
    assert toast(window).isHidden()
    broken[0] = True
    window.run("sync")
    assert toast(window).dismiss()
    window.go("inbox")
    window.go("members")
    assert toast(window).isHidden()


@pytest.mark.slow
def test_above_the_composer_it_leaves_the_list_alone(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, TALK)
    demo.toast("Saved.")
    settle()
    for widget in (page.list, page.talk.below, page.talk.story):
        assert not _covers(demo, widget)
    low = page.talk.story.height() + page.composer.height()
    toast(demo).hide()
    settle()
    assert page.talk.story.height() + page.composer.height() > low  # its room is given back
    demo.toast("Saved.")
    settle()
    for name in ("members", "delight", "handoffs", "templates", "outbox", "accounts", "settings"):
        demo.go(name)
        demo.toast("Saved.")
        settle(seconds=0.05)
        assert not _covers(demo, demo.page(name)), name


@pytest.mark.slow
def test_it_is_no_wider_than_what_it_stands_above_whatever_it_said_before(demo: Window) -> None:
    page = inbox(demo)
    demo.resize(1280, 760)
    open_talk(page, TALK)
    demo.fail(WRONG)  # the one toast is made when it is first needed
    widths = []
    for short in (True, False, True, False, False):
        toast(demo).say("Undone.") if short else demo.fail(WRONG)
        settle()
        widths.append(toast(demo).width())
        assert widths[-1] <= page.talk.below.width()
    assert widths[1] == widths[3] == widths[4]
    assert widths[0] == widths[2] < widths[1]


def test_a_toast_that_was_closed_takes_no_room_any_more(demo: Window) -> None:
    demo.go("members")
    demo.toast("Done.")
    said = toast(demo)
    QApplication.processEvents()
    assert demo._shelf.height() > 0
    demo.resize(demo.width() - 10, demo.height())  # it is to be moved once the layouts are done, and is closed before
    said.dismiss()
    settle()
    assert demo._shelf.height() == 0
