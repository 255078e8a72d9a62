"""Our own messages, corrected and withdrawn from the conversation: by key, from the menu, undone, tried again."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import anchors, inbox, open_talk, press_anchor
from ui.pages.inbox.changing import CorrectionStrip, WithdrawalStrip
from ui.shared.act import Act, What
from ui.shell.window import Window

PARTY, LETTER = "Street party verdict", "Tasting twelve lemonades, blind"


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def _strip(page: Any) -> CorrectionStrip:
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, CorrectionStrip)
    return strip


def _says(page: Any, words: str, *, not_any_more: bool = False) -> None:
    Hand.until(lambda: (words in page.talk.story.toPlainText()) != not_any_more)


def _ours(page: Any) -> Any:
    return next(line for line in page.talk.opened.lines if line.out and line.kind == "said")


def _stands(page: Any, state: str, error: str = "") -> None:
    """The worker's part: the latest row has come out so."""
    with page.bench.store.write() as conn:
        conn.execute(
            "UPDATE outbox SET state = ?, error = ?, sending_at = 1 WHERE id = (SELECT max(id) FROM outbox)",
            (state, error),
        )


def _done(page: Any) -> None:
    """The worker's part: it is done on the demo's channel."""
    entry = page.bench.outbox.entries()[-1]
    with page.bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'queued', next_at = 0 WHERE id = ?", (entry.id,))
    session = page.bench.accounts.session(entry.account_id)
    page.bench.outbox.deliver(entry.id, session)  # unless the window's own worker is at it already
    Hand.until(lambda: page.bench.outbox.get(entry.id).state == "sent")


def test_shift_e_corrects_and_z_brings_the_new_words_back(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, PARTY)
    before = _ours(page).text
    hand.keys("Shift+E")
    strip = _strip(page)
    assert QApplication.focusWidget() is strip.words
    assert strip.words.toPlainText() == before
    assert "will see the new words" in strip.aside.text()
    hand.keys("Ctrl+Enter")
    assert "reads like that already" in strip.wrong.text()
    strip.words.setPlainText("Forty bottles, then.")
    hand.keys("Ctrl+Enter")
    (entry,) = [one for one in page.bench.outbox.entries() if one.purpose == "correct"]
    assert (entry.state, entry.text, entry.about_id) == ("held", "Forty bottles, then.", _ours(page).id)
    _says(page, "Waiting to be corrected")
    _says(page, "Forty bottles, then.")
    assert "corrected on the channel in 10 seconds" in toast(demo).accessibleName()
    hand.keys("Z")
    assert not [one for one in page.bench.outbox.entries() if one.purpose == "correct"]
    assert _strip(page).words.toPlainText() == "Forty bottles, then."
    _says(page, "Waiting to be corrected", not_any_more=True)


def test_what_was_corrected_says_so_and_unfolds_its_old_words(page: Any) -> None:
    open_talk(page, PARTY)
    shown = page.talk.story.toPlainText()
    assert "corrected" in shown
    assert "thirteen bottles" not in shown
    press_anchor(page, "Show the old words")
    assert "thirteen bottles" in page.talk.story.toPlainText()
    page.bench.outbox.correct(_ours(page).id, page.bench.voice.clear(_draft("Forty."), reason="a test"), 0)
    _done(page)
    _says(page, "Forty.")
    shown = page.talk.story.toPlainText()
    assert ("thirteen bottles" in shown, "thirty bottles" in shown) == (True, True)
    press_anchor(page, "Hide the old words")
    assert "bottles and a lot" not in page.talk.story.toPlainText()
    assert "Show the 2 earlier versions" in anchors(page.talk.story)


def _draft(text: str) -> Any:
    from app.voice import Draft  # noqa: PLC0415

    return Draft(text, "en")


@pytest.mark.slow
def test_the_voice_guide_looks_at_the_new_words(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, PARTY)
    rule = next(rule for rule in page.bench.voice.rules() if rule.level == "block" and rule.language in ("", "en"))
    hand.keys("Shift+E")
    strip = _strip(page)
    strip.words.setPlainText(f"Well, {rule.words[0].strip('*')} it is.")
    hand.until(strip.hint.isVisible)
    assert rule.why in strip.hint.text()
    hand.keys("Ctrl+Enter")
    assert "can't be sent" in strip.wrong.text()
    assert not [one for one in page.bench.outbox.entries() if one.purpose == "correct"]


def test_shift_w_asks_and_withdraws(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, PARTY)
    message = _ours(page)
    hand.keys("Shift+W")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, WithdrawalStrip)
    assert "deleted on Mastodon" in strip.aside.text()
    hand.keys("Ctrl+Enter")
    _says(page, "Waiting to be withdrawn")
    _done(page)
    _says(page, "withdrawn ·")
    assert message.text in page.talk.story.toPlainText(), "its words are kept"
    hand.keys("Shift+W")
    assert "haven't written anything here yet" not in toast(demo).accessibleName()
    assert "no longer on the channel" in toast(demo).accessibleName()


def test_one_that_failed_is_tried_again_or_left(page: Any) -> None:
    open_talk(page, PARTY)
    page.bench.outbox.withdraw(_ours(page).id, 60)
    _stands(page, "failed", "The channel says no.")
    _says(page, "Could not be withdrawn")
    _says(page, "The channel says no.")
    press_anchor(page, "Leave it")
    _says(page, "The channel says no.", not_any_more=True)
    assert page.bench.outbox.can_change(_ours(page).id) == ("", "")
    page.bench.outbox.withdraw(_ours(page).id, 60)
    _stands(page, "failed", "Again no.")
    _says(page, "Again no.")
    press_anchor(page, "Try again")
    assert page.bench.outbox.entries()[-1].error == ""
    _says(page, "Again no.", not_any_more=True)


def test_one_that_nobody_knows_of_leads_to_the_outbox(demo: Window, page: Any) -> None:
    open_talk(page, PARTY)
    page.bench.outbox.withdraw(_ours(page).id, 60)
    _stands(page, "undecided", "Nobody knows.")
    _says(page, "Possibly withdrawn")
    press_anchor(page, "See it in the outbox")
    outbox: Any = demo.page("outbox")
    panel = next(panel for panel in outbox._panels if panel.entry.purpose == "withdraw")
    assert "Possibly withdrawn" in panel.accessibleName()
    panel._page.act(panel, "confirm")
    assert page.bench.outbox.get(panel.entry.id).state == "sent"


def test_a_letter_cannot_be_corrected_and_it_offers_to_write_again(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, LETTER)
    hand.keys("Shift+E")
    assert "A letter can't be corrected once it's sent" in toast(demo).accessibleName()
    assert not isinstance(page.talk.below.currentWidget(), CorrectionStrip)


def test_a_reply_that_is_not_sent_yet_is_edited_in_its_draft(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = open_talk(page, PARTY)
    page.list.keep_open(number)
    page.bench.outbox.submit(page.bench.voice.clear(_draft("Not yet sent"), reason="a test"), number, hold_seconds=60)
    _says(page, "Not yet sent")
    hand.keys("Shift+E")
    assert not [one for one in page.bench.outbox.entries() if one.text == "Not yet sent"]
    hand.until(lambda: page.composer.field.toPlainText() == "Not yet sent")
    assert "back in the draft" in toast(demo).accessibleName()


def test_the_menu_of_our_message_offers_both(page: Any) -> None:
    open_talk(page, PARTY)
    ours, theirs = _ours(page), page.talk.opened.lines[0]
    menu = page.acting.moderating.offer(ours)
    offered = {action.text(): action.data() for action in menu.actions() if isinstance(action.data(), Act)}
    assert offered["Correct…"] == Act(What.CORRECT, message=ours.id)
    assert offered["Withdraw…"] == Act(What.WITHDRAW, message=ours.id)
    assert "Correct…" not in {action.text() for action in page.acting.moderating.offer(theirs).actions()}
    page.act(offered["Correct…"])
    assert _strip(page).chosen().id == ours.id
