"""Snoozing until any date: S, D, words, Ctrl+Enter."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.base import clock
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.talking import inbox, open_talk
from ui.pages.inbox.later import DateStrip
from ui.shell.window import Window

MENTION = "Fæst límonaðið í Noregi?"


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def test_a_conversation_sleeps_until_the_date_that_is_typed(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), open_talk(page, MENTION)
    hand.keys("S")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    send(popup, press(Qt.Key.Key_D, "d"))
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, DateStrip)
    assert strip.when.line.selectedText() == strip.when.text()
    strip.when.setText("monday blah")
    hand.keys("Ctrl+Enter")
    assert "“blah”" in strip.wrong.text()
    assert demo.bench.inbox.row(number).state != "snoozed"
    strip.when.setText("Δευ 9")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: demo.bench.inbox.row(number).state == "snoozed")
    until = demo.bench.inbox.row(number).snoozed_until
    assert until is not None
    assert clock.local(until).strftime("%a %H:%M") == "Mon 09:00"
    assert "snoozed until" in toast(demo).accessibleName()
    assert page.talk.strip is None


def test_the_letter_b_is_the_next_working_block(demo: Window, page: Any) -> None:
    number = open_talk(page, MENTION)
    for block in demo.bench.blocks.all():
        demo.bench.blocks.remove(block.id)
    demo.bench.blocks.add("Sat 10-12")
    page.deciding.snoozed("B")
    until = demo.bench.inbox.row(number).snoozed_until
    assert until is not None
    assert clock.local(until).strftime("%a %H:%M") == "Sat 10:00"
