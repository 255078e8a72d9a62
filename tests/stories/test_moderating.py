"""A moderator's morning in the window, by keys: a report decided, a solution marked and unmarked, a topic reopened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox, open_talk
from ui.pages.inbox.moderation_log import ModerationLog
from ui.pages.inbox.moderation_strip import ModerationStrip
from ui.shell.application import Application, qt_application
from ui.shell.window import Window

REPORTED, CLOSED = "Wooden crates for Sunday’s swap", "The label vote: has it been counted twice?"


@pytest.fixture
def window(demo_profile: Profile) -> Iterator[Window]:
    qt_application(["rapport"])
    made = Application(demo_profile)
    made.start()
    assert made.window is not None
    made.window.resize(1280, 800)
    made.window.activateWindow()
    made.window.bench.settings.put("hold_seconds", 3)
    yield made.window
    made.close()
    QApplication.processEvents()


def _says(page: Any, words: str) -> None:
    Hand.until(lambda: words in page.talk.story.toPlainText())


@pytest.mark.slow
def test_a_reported_message_is_kept_by_keys(window: Window) -> None:
    page, hand = inbox(window), Hand(window)
    number = open_talk(page, REPORTED)
    assert page.opened.row.reported
    assert "Reported to the moderators" in page.talk.story.toPlainText()
    hand.keys("V")
    strip = page.talk.strip
    assert isinstance(strip, ModerationStrip)
    assert "Reported to the moderators" in strip.message.currentText()
    assert (strip.verb.currentText(), strip.guideline.currentText()) == ("Keep it", "No guideline broken")
    assert "The report is closed on" in strip.aside.text()
    hand.keys("Ctrl+Enter")
    assert "its report closed, in 3 seconds" in toast(window).accessibleName()
    _says(page, "Waiting to be kept")
    hand.keys("Z")
    _says(page, "Reported to the moderators")
    hand.keys("V", "Ctrl+Enter")
    hand.until(lambda: not page.bench.inbox.row(number).reported)  # the worker has told the channel
    hand.until(lambda: "Reported" not in page.talk.story.toPlainText())
    deed = page.bench.moderation.entries(number)[0]
    assert (deed.verb, deed.before, deed.state, deed.guideline) == ("show", "reported", "done", "No guideline broken")
    hand.keys("Shift+V")
    log = window.findChild(ModerationLog)
    assert log is not None


@pytest.mark.slow
def test_a_solution_is_marked_and_unmarked_by_one_key(window: Window) -> None:
    page, hand = inbox(window), Hand(window)
    number = open_talk(page, REPORTED)
    hand.keys("Shift+S")
    assert page.talk.strip is None  # nobody is asked for a guideline
    assert "Will be marked as the solution in 3 seconds" in toast(window).accessibleName()
    hand.keys("Z")
    assert page.bench.moderation.entries(number)[0].state == "undone"
    hand.keys("Shift+S")
    _says(page, "Marked as the solution")
    assert page.bench.inbox.row(number).solved
    hand.keys("Shift+S")
    _says(page, "Its mark as the solution is waiting to be removed")
    hand.until(lambda: not page.bench.inbox.row(number).solved)
    hand.until(lambda: "solution" not in page.talk.story.toPlainText())


@pytest.mark.slow
def test_a_closed_topic_says_so_before_one_writes_and_is_reopened(window: Window) -> None:
    page, hand = inbox(window), Hand(window)
    number = open_talk(page, CLOSED)
    notice = page.composer.closed
    hand.until(notice.isVisible)
    assert "only moderators can write there. If your account isn't" in notice.words.text()
    hand.keys("R")
    hand.types("Thank you all!")
    assert page.composer.words.text() == "Thank you all!"  # it can be written, and tried
    notice.buttons["reopen"].setFocus()
    hand.keys("Enter")
    _says(page, "The conversation is waiting to be reopened there")
    hand.until(lambda: not page.bench.inbox.row(number).locked)
    hand.until(notice.isHidden)
    assert page.composer.words.text() == "Thank you all!"
