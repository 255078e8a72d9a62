"""Moderation from the conversation: by key, under a Greek layout too, on a guideline, taken back, tried again, read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.moderation import Deed
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.talking import inbox, open_talk, press_anchor
from ui.pages.inbox.moderation_log import ModerationLog, title_of
from ui.pages.inbox.moderation_strip import ModerationStrip
from ui.shared.act import Act, What
from ui.shell.window import Window

HELD, BOX, ADVERT = "Nem nyílik meg az ötödik recept", "Το κουτί έφτασε σπασμένο", "Same lemonade, half the price"
_V = 55  # X11's code of the key where a US keyboard has V


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def _strip(page: Any) -> ModerationStrip:
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, ModerationStrip)
    return strip


def _deeds(page: Any, number: int) -> list[Deed]:
    found: list[Deed] = page.bench.moderation.entries(number)
    return found


def _stands(page: Any, *, state: str, error: str = "", upstream: str = "") -> None:
    """The worker's part: the latest entry has come out so."""
    number = page.talk.opened.row.id
    deed = _deeds(page, number)[0]
    with page.bench.store.write() as conn:
        conn.execute("UPDATE moderation SET state = ?, error = ? WHERE id = ?", (state, error, deed.id))
        conn.execute("UPDATE message SET upstream = ? WHERE id = ?", (upstream, deed.message_id))


def _says(page: Any, words: str) -> None:
    Hand.until(lambda: words in page.talk.story.toPlainText())


@pytest.mark.slow
def test_v_asks_for_the_guideline_and_z_takes_it_back(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = open_talk(page, BOX)
    hand.keys("V")
    strip = _strip(page)
    assert QApplication.focusWidget() is strip.guideline
    assert "Ευχαριστώ" in strip.message.currentText()
    hand.keys("Ctrl+Enter")
    assert "guideline" in strip.wrong.text()
    assert _deeds(page, number) == []
    hand.types("1. Be kind")
    strip.evidence.setText("Picture 4")
    hand.keys("Ctrl+Enter")
    (deed,) = _deeds(page, number)
    assert (deed.verb, deed.state, deed.guideline, deed.evidence) == ("hide", "held", "1. Be kind", "Picture 4")
    _says(page, "Waiting to be hidden")
    assert "hidden on the channel in 10 seconds" in toast(demo).accessibleName()
    hand.keys("Z")
    assert _deeds(page, number)[0].state == "undone"
    hand.until(lambda: "Waiting to be hidden" not in page.talk.story.toPlainText())


def test_under_a_greek_layout_the_key_is_the_same(demo: Window, page: Any) -> None:
    open_talk(page, BOX)
    send(demo, press(ord("Ω"), "ω", _V))
    assert isinstance(page.talk.below.currentWidget(), ModerationStrip)
    page.talk.close_strip()
    page.list.focus_rows()
    open_talk(page, ADVERT)
    send(demo, press(ord("Ω"), "Ω", _V, Qt.KeyboardModifier.ShiftModifier))
    assert demo.findChild(ModerationLog) is not None


def test_what_is_held_offers_approve_right_there(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = open_talk(page, HELD)
    assert "Held for approval" in page.talk.story.toPlainText()
    message = page.talk.opened.lines[0].id
    press_anchor(page, "Approve")
    strip = _strip(page)
    assert (strip.verb.key(), strip.verb.currentText()) == ("show", "Approve")
    assert strip.guideline.currentText()
    hand.keys("Ctrl+Enter")
    (deed,) = _deeds(page, number)
    assert (deed.message_id, deed.verb) == (message, "show")
    _stands(page, state="done")
    hand.until(lambda: "Held for approval" not in page.talk.story.toPlainText())
    assert "approval" not in page.talk.story.toPlainText()


def test_the_anchors_lead_to_what_they_say(page: Any) -> None:
    open_talk(page, HELD)
    acts: list[Act] = []
    page.talk.story.acted.connect(acts.append)
    message = page.talk.opened.lines[0].id
    for words, verb in (("Mark as spam", "spam"), ("Approve", "show")):
        press_anchor(page, words)
        assert acts.pop() == Act(What.MODERATE, message=message, verb=verb)
        assert _strip(page).verb.key() == verb


def test_a_hidden_one_says_why_and_is_shown_again(demo: Window, page: Any) -> None:
    number = open_talk(page, ADVERT)
    shown = page.talk.story.toPlainText()
    assert "Hidden on the channel" in shown
    assert "3. No advertising in the comments" in shown
    deed = _deeds(page, number)[0]
    press_anchor(page, "Undo")
    latest = _deeds(page, number)[0]
    assert (latest.verb, latest.undoes_id) == ("show", deed.id)
    assert "undone" in toast(demo).accessibleName()
    Hand.until(lambda: "Hidden on the channel" not in page.talk.story.toPlainText())


def test_what_failed_says_so_and_is_tried_again(demo: Window, page: Any) -> None:
    open_talk(page, BOX)
    page.acting.moderating.ask(verb="delete")
    strip = _strip(page)
    strip.guideline.setEditText("3. No adverts")
    strip.act()
    _stands(page, state="failed", error="The blog says that you may not delete comments.")
    _says(page, "Could not be deleted: \u2068The blog says that you may not delete comments.")
    deed = _deeds(page, page.talk.opened.row.id)[0]
    press_anchor(page, "Try again")
    assert demo.bench.moderation.get(deed.id).state in ("queued", "doing", "done")
    assert "again" in toast(demo).accessibleName()


def test_what_is_being_done_can_be_undone_only_after_it(demo: Window, page: Any) -> None:
    number = open_talk(page, "Ποια αντέχει ως την Κυριακή;")
    with demo.bench.store.write() as conn:  # nobody carries on with it meanwhile
        conn.execute("UPDATE account SET state = 'paused'")
    page.acting.moderating.ask(verb="spam")
    strip = _strip(page)
    strip.guideline.setEditText("4")
    strip.act()
    _stands(page, state="doing")
    _says(page, "Being marked as spam")
    deed = _deeds(page, number)[0]
    page.talk.story.acted.emit(Act(What.UNDO_MODERATION, deed=deed.id))
    assert "being done right now" in toast(demo).accessibleName()


def test_an_undo_that_would_publish_what_waited_for_approval_is_not_offered(demo: Window, page: Any) -> None:
    number = open_talk(page, HELD)
    press_anchor(page, "Mark as spam")
    strip = _strip(page)
    strip.guideline.setEditText("4")
    strip.act()
    _says(page, "Waiting to be marked as spam")
    assert "Undo" in page.talk.story.toPlainText()  # the channel knows nothing yet
    _stands(page, state="done", upstream="spam")
    _says(page, "Marked as spam on the channel")
    shown = page.talk.story.toPlainText()
    assert "Undo" not in shown
    assert "Not spam" in shown
    deed = _deeds(page, number)[0]
    page.talk.story.acted.emit(Act(What.UNDO_MODERATION, deed=deed.id))
    assert "waiting for approval" in toast(demo).accessibleName()
    assert len(_deeds(page, number)) == 1


def test_what_was_tried_and_may_have_happened_is_not_called_nothing(demo: Window, page: Any) -> None:
    number = open_talk(page, BOX)
    with demo.bench.store.write() as conn:  # nobody carries on with it meanwhile
        conn.execute("UPDATE account SET state = 'paused'")
    page.acting.moderating.ask(verb="hide")
    strip = _strip(page)
    strip.guideline.setEditText("1")
    strip.act()
    deed = _deeds(page, number)[0]
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE moderation SET tried = 1 WHERE id = ?", (deed.id,))
    _stands(page, state="failed", error="Something went wrong.")
    _says(page, "Could not be hidden")
    assert "Leave it" not in page.talk.story.toPlainText()
    press_anchor(page, "Undo")
    assert "It will be undone on the channel" in toast(demo).accessibleName()
    latest = _deeds(page, number)[0]
    assert (latest.verb, latest.undoes_id) == ("show", deed.id)
    _says(page, "Waiting to be shown")


def test_a_guideline_used_before_is_offered(page: Any) -> None:
    open_talk(page, BOX)
    page.acting.moderating.ask()
    offered = [_strip(page).guideline.itemText(place) for place in range(_strip(page).guideline.count())]
    assert offered == ["3. No advertising in the comments"]


def test_where_nothing_can_be_done_it_is_said(demo: Window, page: Any) -> None:
    open_talk(page, "Fact check: how often does a bottle come back?")
    Hand(demo).keys("V")
    assert page.talk.strip is None
    assert "can't be moderated from here" in toast(demo).accessibleName()


def test_the_log_is_read_and_esc_closes_it(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = open_talk(page, ADVERT)
    hand.keys("Shift+V")
    log = demo.findChild(ModerationLog)
    assert log is not None
    told = " ".join(label.text() for label in log.findChildren(QLabel))
    for words in (
        "LEMON50",
        "3. No advertising in the comments",
        "Third advert",
        "Moderation, 1 to 3",
        "five-lemonades",
    ):
        assert words in told
    hand.keys("E")
    assert demo.bench.inbox.row(number).state == "done"  # keys are not for the page below
    hand.keys("Escape")
    hand.until(lambda: demo.findChild(ModerationLog) is None)
    open_talk(page, BOX)
    hand.keys("Shift+V")
    assert demo.findChild(ModerationLog) is None
    assert "No moderation actions" in toast(demo).accessibleName()


def test_an_entry_is_headed_by_what_was_done(demo: Window, page: Any) -> None:
    deed = _deeds(page, open_talk(page, ADVERT))[0]
    assert title_of(deed) == "Hidden on \u2068Blog\u2069"
    undone = demo.bench.moderation.get(demo.bench.moderation.undo(deed.id))
    assert title_of(replace(undone, state="queued")) == "Show again on \u2068Blog\u2069"
    assert title_of(replace(undone, state="done")) == "Shown again on \u2068Blog\u2069"


def test_edited_and_taken_away_are_never_silent(page: Any) -> None:
    open_talk(page, "Salt rim, but kinder")
    shown = page.talk.story.toPlainText()
    assert "edited · " in shown
    assert "no longer on the channel · " in shown
    assert "I meant 20 g of salt" in shown


def test_the_mouse_finds_the_message_it_points_at(page: Any) -> None:
    open_talk(page, HELD)
    asked: list[tuple[Any, QPoint]] = []
    page.talk.story.asked.disconnect()
    page.talk.story.asked.connect(lambda line, place: asked.append((line, place)))
    story = page.talk.story
    from PySide6.QtGui import QContextMenuEvent  # noqa: PLC0415

    at = QPoint(60, 30)
    story.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, story.mapToGlobal(at)))
    assert asked[0][0].id == page.talk.opened.lines[0].id


def test_words_from_outside_stay_words(demo: Window, page: Any) -> None:
    number = open_talk(page, BOX)
    page.acting.moderating.ask()
    strip = _strip(page)
    strip.guideline.setEditText("<b>1</b> <img src='file:///etc/passwd'>")
    strip.act()
    _stands(page, state="done", upstream="hidden")
    _says(page, "<b>1</b> <img src=")
    Hand(demo).keys("Shift+V")
    log = demo.findChild(ModerationLog)
    assert log is not None
    assert {label.textFormat() for label in log.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    assert _deeds(page, number)[0].guideline.startswith("<b>")
