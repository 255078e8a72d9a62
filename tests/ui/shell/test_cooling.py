"""A reply that cools off: held with a word about it, shown above every page before it goes, and taken back there."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from app.outbox.cooling import COOL_SECONDS
from tests.stories.hand import Hand
from tests.ui.settling import until
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

PARTY = "Street party verdict"


def _begin(demo: Window, words: str) -> Any:
    page = inbox(demo)
    open_talk(page, PARTY)
    page.list.focus_rows()
    Hand(demo).keys("R")
    page.composer.field.setPlainText(words)
    return page


def test_an_angry_reply_is_held_and_shown_again_before_it_goes(demo: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    page = _begin(demo, "You are a liar and you know it.")
    talk = page.here().row.id
    Hand(demo).keys("Ctrl+Shift+Enter")
    (entry,) = demo.bench.cooling.held()
    assert entry.conversation_id == talk
    assert demo._toast is not None
    assert "It cools off and goes " in demo._toast.accessibleName()
    strips = demo.strips
    until(lambda: strips.cooled_off is not None)
    cooled: Any = strips.cooled_off
    too_early = cooled.strip
    assert too_early is None
    later = clock.now() + COOL_SECONDS - 60
    monkeypatch.setattr(clock, "now", lambda: later)
    cooled.look()
    strip = cooled.strip
    assert strip is not None
    assert "Still what you want to say to " in strip.title.text()
    assert "You are a liar" in strip.line.text()
    strip.buttons[0].click()
    assert demo.bench.cooling.held() == []
    assert demo.bench.inbox.open(talk, 1).draft == "You are a liar and you know it."
    assert cooled.strip is None


def test_one_that_is_not_angry_can_be_slept_on_by_a_key_and_sent_from_the_strip(
    demo: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    _begin(demo, "I will think about it.")
    Hand(demo).keys("Alt+Z")
    (entry,) = demo.bench.cooling.held()
    until(lambda: demo.strips.cooled_off is not None)
    later = clock.now() + COOL_SECONDS - 60
    monkeypatch.setattr(clock, "now", lambda: later)
    assert demo.strips.cooled_off is not None
    demo.strips.cooled_off.look()
    assert demo.strips.cooled_off.strip is not None
    demo.strips.cooled_off.strip.buttons[1].click()
    assert demo.bench.cooling.held() == []
    until(lambda: demo.bench.outbox.get(entry.id).state in ("queued", "sending", "sent"))


def test_a_new_message_is_slept_on_by_the_same_key(demo: Window) -> None:
    hand = Hand(demo)
    hand.keys("C")
    page: Any = demo.page("letter")
    hand.types("new@example.org")
    hand.keys("Enter")
    page.subject.setText("Hello")
    page.field.setPlainText("How do you do?")
    hand.keys("Alt+Z")
    (entry,) = demo.bench.cooling.held()
    assert (entry.subject, entry.held_until - clock.now() > COOL_SECONDS - 60) == ("Hello", True)
