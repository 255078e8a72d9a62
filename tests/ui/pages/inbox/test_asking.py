"""A reply that a rule stops is asked about from the composer, held, and sent once the yes is there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.ui.settling import until
from tests.ui.talking import inbox, open_talk
from ui.pages.inbox.asking import AskFirstStrip
from ui.shell.window import Window

TALK, WORDS = "Street party verdict", "Ginger is a cure for colds, I hear."


@pytest.fixture
def page(demo: Window) -> Any:
    found = inbox(demo)
    number = open_talk(found, TALK)
    assert found.bench.inbox.row(number).language == "en"
    found.composer.field.setPlainText(WORDS)
    _looked(found)
    return found


def _looked(page: Any) -> None:
    page.composer.words.check()
    until(lambda: not page.composer.words.voice.strip.isHidden())


def _hint(page: Any) -> str:
    return str(page.composer.words.voice.strip.accessibleName())


def _asked(demo: Window, page: Any) -> int:
    demo.run("ask_first")
    strip = page.talk.strip
    assert isinstance(strip, AskFirstStrip)
    assert strip.whom.currentText().startswith("Alžběta")  # Dóra of Legal is away
    strip.more.setText("It is a joke.")
    strip.act()
    (one,) = demo.bench.approvals.listed(page.talk.opened.row.id)
    return one.asked.handoff_id


def test_the_reply_waits_for_the_yes_and_goes_then(demo: Window, page: Any) -> None:
    assert "can't be sent" in _hint(page)
    assert not page.composer.words.voice.strip._ask.isHidden()
    number = _asked(demo, page)
    assert demo.bench.handoffs.get(number).ask.endswith("It is a joke.")
    assert [one.draft for one in demo.bench.approvals.listed(page.talk.opened.row.id)] == [WORDS]
    until(lambda: "waits for an answer" in _hint(page))
    assert page.composer.words.voice.strip._ask.isHidden()
    demo.run("send_keep")
    assert page.composer.field.toPlainText() == WORDS
    demo.run("ask_first")
    assert page.talk.strip is None
    demo.bench.handoffs.answer(number, "solved", "As a joke")
    until(lambda: "may be sent like this" in _hint(page))
    demo.run("send_keep")
    until(lambda: page.composer.field.toPlainText() == "")
    row = demo.bench.store.read.execute("SELECT text, overrides FROM outbox ORDER BY id DESC LIMIT 1").fetchone()
    assert row["text"] == WORDS
    assert "Alžběta Kratochvílová said yes on" in json.loads(row["overrides"])[0]["reason"]


def test_a_no_is_shown_with_its_reason_and_a_changed_reply_asks_again(demo: Window, page: Any) -> None:
    number = _asked(demo, page)
    demo.bench.handoffs.answer(number, "declined", "That is a claim")
    until(lambda: "said no on" in _hint(page))
    assert "That is a claim" in _hint(page)
    assert not page.composer.words.voice.strip._ask.isHidden()
    page.composer.field.setPlainText(f"{WORDS} Or not?")
    _looked(page)
    until(lambda: "said no" not in _hint(page))
    assert "can't be sent" in _hint(page)


def test_nothing_is_asked_where_no_rule_stops_it(demo: Window, page: Any) -> None:
    page.composer.field.setPlainText("Lemons for everybody.")
    demo.run("ask_first")
    assert page.talk.strip is None
