"""Undo and redo in the inbox show the conversation that they changed, so that no reply goes to another person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.inbox import Query
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def _done(demo: Window, page: Any) -> int:
    """Press E on the first conversation; its id. The next one is open afterwards."""
    page.list.opening.select_place(0)
    row = page.talk.opened.row
    if row.unhappy or row.hard:
        demo.bench.inbox.mark(row.id, "unhappy", on=False)
        demo.bench.inbox.mark(row.id, "hard", on=False)
        Hand.rest()
    Hand(demo).keys("E")
    Hand.until(lambda: page.talk.opened.row.id != row.id)
    return int(row.id)


def _is_shown(page: Any, number: int) -> bool:
    return bool(page.talk.opened.row.id == number and page.list.current_id() == number)


def _close_toast(demo: Window) -> None:
    toast(demo).hide()


@pytest.mark.slow
def test_z_after_done_opens_the_done_one_again_and_the_reply_goes_there(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), _done(demo, page)
    hand.keys("Z")
    hand.rest(0.2)
    assert _is_shown(page, number)
    assert demo.focusWidget() is page.list.rows
    hand.keys("R")
    hand.types("For you alone")
    page.keep()
    assert demo.bench.inbox.open(number).draft == "For you alone"


@pytest.mark.slow
def test_z_without_a_toast_shows_it_too_and_redo_as_well(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), _done(demo, page)
    _close_toast(demo)
    hand.keys("Z")
    hand.rest(0.2)
    assert _is_shown(page, number)
    page.list.step(1)
    assert not _is_shown(page, number)
    hand.keys("Ctrl+Shift+Z")
    hand.rest(0.2)
    assert demo.bench.inbox.row(number).state == "done"
    assert page.talk.opened.row.id == number  # though it has left the list
    hand.keys("Z")
    hand.rest(0.2)
    assert _is_shown(page, number)


def _snooze(demo: Window, page: Any) -> None:
    del demo
    page.deciding.snoozed("M")


def _label(demo: Window, page: Any) -> None:
    demo.bench.inbox.label([page.talk.opened.row.id], ["later"])


def _unlabel(demo: Window, page: Any) -> None:
    number = page.talk.opened.row.id
    with demo.bench.store.write() as conn:
        conn.execute("INSERT OR IGNORE INTO label (name) VALUES ('old')")
        conn.execute(
            "INSERT INTO conversation_label (conversation_id, label_id) SELECT ?, id FROM label WHERE name = 'old'",
            (number,),
        )
    demo.bench.inbox.label([number], [], ["old"])


def _unhappy(demo: Window, page: Any) -> None:
    del demo
    page.deciding.unhappy()


@pytest.mark.slow
@pytest.mark.parametrize("decide", [_snooze, _label, _unlabel, _unhappy])
def test_every_decision_is_shown_again(demo: Window, page: Any, decide: Callable[[Window, Any], None]) -> None:
    page.list.opening.select_place(1)
    number = int(page.talk.opened.row.id)
    decide(demo, page)
    Hand.rest()
    page.list.opening.select_place(3)
    assert page.talk.opened.row.id != number
    page.list.focus_rows()
    Hand(demo).keys("Z")
    Hand.rest(0.2)
    assert _is_shown(page, number)


@pytest.mark.slow
def test_while_a_reply_is_typed_nothing_moves_and_the_toast_names_it(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), _done(demo, page)
    title = demo.bench.inbox.row(number).title
    other = page.talk.opened.row.id
    page.composer.field.setPlainText("")
    hand.keys("R")
    hand.types("Dear")
    toast(demo)._link.click()
    hand.rest(0.2)
    assert demo.bench.inbox.row(number).state != "done"
    assert page.talk.opened.row.id == page.list.current_id() == other
    assert page.composer.field.toPlainText() == "Dear"
    assert title in toast(demo).accessibleName().replace("\u2068", "").replace("\u2069", "")


@pytest.mark.slow
def test_a_form_that_is_being_filled_in_stays_open(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), _done(demo, page)
    hand.keys("H")
    strip = page.talk.strip
    strip.ask.setText("When are the bottles back?")
    page.list.rows.setFocus()
    hand.keys("Z")
    hand.rest(0.2)
    assert demo.bench.inbox.row(number).state != "done"
    assert page.talk.strip is strip
    assert strip.ask.text() == "When are the bottles back?"


@pytest.mark.slow
def test_of_several_the_open_one_stays_and_otherwise_the_first_is_shown(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    ids = [page.list.model.id_at(place) for place in (1, 2)]
    demo.bench.inbox.snooze(ids, 4_000_000_000)
    hand.rest()
    page.list.opening.select_place(0)
    page.list.focus_rows()
    hand.keys("Z")
    hand.rest(0.2)
    assert _is_shown(page, ids[0])


@pytest.mark.slow
def test_done_again_after_undo_goes_on_as_usual(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), _done(demo, page)
    hand.keys("Z")
    hand.rest(0.2)
    assert _is_shown(page, number)
    page.composer.field.setPlainText("Thank you for the picture.")
    hand.keys("R", "Ctrl+Enter")
    hand.until(lambda: demo.bench.inbox.row(number).state == "done")
    hand.rest(0.2)
    assert page.talk.opened.row.id == page.list.current_id() != number


@pytest.mark.slow
def test_a_label_that_is_undone_leaves_the_filtered_list_and_stays_open(demo: Window, page: Any) -> None:
    page.list.opening.select_place(1)
    number = int(page.talk.opened.row.id)
    demo.bench.inbox.label([page.list.model.id_at(2)], ["later"])
    demo.bench.inbox.label([number], ["later"])
    page.list.filter.show(Query("needs_me", label="later"))
    page.list.select_id(number)
    Hand(demo).keys("Z")
    Hand.rest(0.2)
    assert "later" not in demo.bench.inbox.labels(number)
    assert page.talk.opened.row.id == number


@pytest.mark.slow
def test_on_another_page_nothing_jumps(demo: Window, page: Any) -> None:
    _done(demo, page)
    demo.go("outbox")
    Hand(demo).keys("Z")
    Hand.rest(0.2)
    assert demo.page_id == "outbox"
    QApplication.processEvents()


@pytest.mark.slow
def test_z_after_moderation_shows_its_conversation(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), open_talk(page, "Το κουτί έφτασε σπασμένο")
    hand.keys("V")
    page.talk.strip.guideline.setEditText("1. Be kind")
    hand.keys("Ctrl+Enter")
    page.list.step(1)
    assert page.talk.opened.row.id != number
    page.list.focus_rows()
    hand.keys("Z")
    hand.rest(0.2)
    assert demo.bench.moderation.entries(number)[0].state == "undone"
    assert page.talk.opened.row.id == number


def test_a_reply_that_is_undone_before_the_window_reads_again_is_back_in_the_field(demo: Window) -> None:
    page = inbox(demo)
    number = open_talk(page, "Street party verdict")
    page.answering.reply()
    page.composer.field.setPlainText("The street is free until ten.")
    Hand.rest(0.5)
    demo.run("send_keep")
    assert not page.composer.field.toPlainText()
    demo.run("undo")  # with no turn of the loop in between: the file says again what the window read last
    Hand.until(page.composer.field.toPlainText)
    assert page.composer.field.toPlainText() == demo.bench.inbox.open(number).draft == "The street is free until ten."


def test_an_undone_reply_says_again_which_template_it_began_with(demo: Window) -> None:
    page = inbox(demo)
    number = open_talk(page, "Street party verdict")
    page.answering.reply()
    picker = page.composer.words.templates
    (template,) = demo.bench.store.read.execute("SELECT id FROM template WHERE name = 'Seen and valued'").fetchone()
    page.composer.insert(template)
    title = picker.chip.title()
    page.composer.field.setPlainText(page.composer.field.toPlainText().replace("{", "").replace("}", ""))
    Hand.rest(0.5)  # the draft is saved once more
    demo.run("send_keep")
    Hand.until(lambda: not page.composer.field.toPlainText())
    assert picker.chip.isHidden()
    demo.run("undo")
    Hand.until(page.composer.field.toPlainText)
    assert page.opened.row.id == number
    assert not picker.chip.isHidden()
    assert (picker.chip.title(), picker.used[0]) == (title, template)
