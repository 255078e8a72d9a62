"""The chips above Send: what the draft promises is offered, taken with a key, and kept by the reply that tells them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox
from ui.shell.window import Window

WORDS = "Thanks! I'll check with the brewery and write to you tomorrow."
SENTENCE = "I'll check with the brewery and write to you tomorrow."


def _typed(window: Window, words: str = WORDS) -> Any:
    """The composer, with these words checked as after a pause."""
    page: Any = inbox(window)
    composer = page.composer
    composer.words.language.set_language("en")
    composer.field.setFocus()
    composer.field.setPlainText(words)
    composer.words.check()
    QApplication.processEvents()
    return composer


def _tomorrow() -> str:
    return clock.local(clock.now() + 86_400).date().isoformat()


def test_a_promise_is_offered_with_its_day_and_taken_with_a_key(demo: Window) -> None:
    composer = _typed(demo)
    (chip,) = composer.promising.chips
    assert chip.accessibleName() == f"Promise by tomorrow? “\u2068{SENTENCE}\u2069”"
    assert not chip.isChecked()
    demo.run("take_promise")
    (chip,) = composer.promising.chips
    assert (chip.accessibleName(), chip.isChecked()) == (f"Promised by tomorrow: “\u2068{SENTENCE}\u2069”", True)
    demo.run("take_promise")
    assert not composer.promising.chips[0].isChecked()


def test_sending_without_taking_it_promises_nothing(demo: Window) -> None:
    before = len(demo.bench.promises.open())
    _typed(demo)
    demo.run("send_keep")
    assert len(demo.bench.promises.open()) == before


def test_what_was_taken_is_promised_when_it_is_sent_and_undo_gives_it_back(demo: Window) -> None:
    composer = _typed(demo)
    demo.run("take_promise")
    number = composer._opened.row.id
    demo.run("send_keep")
    made = [one for one in demo.bench.promises.open() if one.conversation_id == number and one.what == SENTENCE]
    assert [one.due_on for one in made] == [_tomorrow()]
    assert not composer.promising.chips
    demo.run("undo")
    assert not [one for one in demo.bench.promises.open() if one.what == SENTENCE]
    page: Any = inbox(demo)
    page.open(number)
    QApplication.processEvents()
    assert page.composer.promising.chips[0].isChecked()


def test_what_is_taken_is_kept_with_the_draft_and_follows_its_words(demo: Window) -> None:
    composer = _typed(demo)
    demo.run("take_promise")
    page: Any = inbox(demo)
    here = page.opened.row.id
    other = next(row.id for row in demo.bench.inbox.rows(page.list.model.numbers()) if row.id != here)
    page.open(other)
    assert not composer.promising.chips
    page.open(here)
    assert composer.promising.chips[0].isChecked()
    composer.field.setPlainText(WORDS.replace("tomorrow", "within a week"))
    composer.words.check()
    assert composer.promising.chips[0].isChecked()
    assert composer.promising.drafted.made[0].due_on > _tomorrow()
    composer.field.setPlainText("Thanks!")
    composer.words.check()
    assert not composer.promising.chips


def test_a_reply_keeps_an_open_promise_by_choice_once_it_is_sent(demo: Window) -> None:
    page: Any = inbox(demo)
    row = page.opened.row
    promise = demo.bench.promises.add(row.member_id, "send the price list", "", row.id)
    composer = _typed(demo, "Here is the price list.")
    chip = composer.promising.chips[-1]
    assert chip.accessibleName() == "Does this keep your promise? “\u2068send the price list\u2069”"
    demo.run("keeps_promise")
    assert composer.promising.chips[-1].isChecked()
    demo.run("send_done")
    assert demo.bench.promises.get(promise).kept_outbox_id is not None
    assert "stays open" not in toast(demo).accessibleName()


def test_send_and_done_says_that_a_promise_stays_open(demo: Window) -> None:
    page: Any = inbox(demo)
    row = page.opened.row
    demo.bench.promises.add(row.member_id, "send the price list", "", row.id)
    _typed(demo, "Thanks for waiting.")
    demo.run("send_done")
    assert "Your promise stays open." in toast(demo).accessibleName()


def test_with_the_setting_off_nothing_is_offered(demo: Window) -> None:
    demo.bench.settings.put("offer_promises", value=False)
    assert not _typed(demo).promising.chips


def test_a_chip_that_has_the_focus_is_pressed_with_enter(demo: Window) -> None:
    composer = _typed(demo)
    composer.promising.chips[0].setFocus()
    Hand(demo).keys("Enter")
    assert composer.promising.chips[0].isChecked()


@pytest.mark.parametrize(
    ("language", "words"), [("el", "Θα σου γράψω αύριο."), ("hu", "Holnap írok."), ("is", "Ég skrifa þér á morgun.")]
)
def test_it_is_offered_in_other_languages_and_taken_with_the_same_key(demo: Window, language: str, words: str) -> None:
    page: Any = inbox(demo)
    page.composer.words.language.set_language(language)
    page.composer.field.setFocus()
    page.composer.field.setPlainText(words)
    page.composer.words.check()
    Hand(demo).keys("Alt+P")
    assert [(one.what, one.due_on) for one in page.composer.promising.drafted.made] == [(words, _tomorrow())]


def test_d_notes_a_promise_by_hand_and_names_whom(demo: Window) -> None:
    page: Any = inbox(demo)
    row = page.opened.row
    page.list.focus_rows()
    Hand(demo).keys("D")
    strip = page.talk.strip
    strip.what.setText("look into it")
    strip.due.setText("tomorrow")
    strip.act()
    made = demo.bench.promises.to_keep(row.id, row.member_id)[0]
    assert (made.what, made.due_on, made.conversation_id) == ("look into it", _tomorrow(), row.id)
    assert toast(demo).accessibleName() == f"Promised to {row.member}: by tomorrow."


def test_d_works_from_today_members_and_hand_offs(demo: Window) -> None:
    demo.go("members", demo.bench.members.find("")[0])
    demo.run("promise")
    members: Any = demo.page("members")
    assert type(members.profile.strip).__name__ == "PromiseStrip"
    members.profile.strip.close_strip()
    demo.go("handoffs")
    handoffs: Any = demo.page("handoffs")
    handoffs.list.choose(0)
    demo.run("promise")
    assert type(handoffs.strip).__name__ == "PromiseStrip"
    handoffs.strip.close_strip()
    demo.go("today")
    today: Any = demo.page("today")
    today.finish()
    demo.run("promise")
    page: Any = demo.page("inbox")
    assert type(page.talk.strip).__name__ == "PromiseStrip"


def test_a_promise_is_dropped_for_a_reason(demo: Window) -> None:
    page: Any = inbox(demo)
    row = page.opened.row
    promise = demo.bench.promises.add(row.member_id, "send the price list", "", row.id)
    page.adding.drop_promise(promise)
    page.talk.strip.act()
    assert page.talk.strip.wrong.text() == "Give a short reason for dropping the promise."
    page.talk.strip.why.setText("sold out")
    page.talk.strip.act()
    assert demo.bench.promises.get(promise).state == "dropped"
    assert toast(demo).accessibleName() == f"Promise to {row.member} dropped."
