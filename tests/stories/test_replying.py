"""Replying in the demo: a template by keys, its blanks by Tab, a sending taken back with its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from tests.stories.hand import Hand
from tests.ui.talking import open_talk
from ui.shell.application import Application, qt_application


@pytest.fixture
def application(profile: Profile) -> Iterator[Application]:
    qt_application(["rapport"])
    made = Application(profile, demo=True)
    made.start().go("inbox")
    yield made
    made.close()
    QApplication.processEvents()


@pytest.mark.slow
def test_a_sending_is_taken_back_with_z(application: Application) -> None:
    window, bench = application.window, application.bench
    assert window is not None
    assert bench is not None
    hand = Hand(window)
    page: Any = window.page("inbox")
    hand.until(lambda: page.talk.opened is not None)
    number, before = page.talk.opened.row.id, bench.inbox.counts()
    waiting = bench.outbox.entries()
    hand.keys("R")
    hand.types("Καλημέρα! Θα σου γράψω αύριο.")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: len(bench.outbox.entries()) > len(waiting))
    assert bench.inbox.counts()["done"] == before["done"] + 1
    hand.until(lambda: page.talk.opened.row.id != number)
    hand.keys("Z")
    hand.until(lambda: bench.outbox.entries() == waiting)
    assert bench.inbox.counts() == before
    window.go("inbox", number)
    hand.rest(0.2)
    assert page.talk.composer.field.toPlainText() == "Καλημέρα! Θα σου γράψω αύριο."


def test_blanks_of_a_template_are_tab_stops(application: Application) -> None:
    window = application.window
    assert window is not None
    hand = Hand(window)
    page: Any = window.page("inbox")
    hand.until(lambda: page.talk.opened is not None)
    open_talk(page, "Μπλουζάκι και σε μικρά νούμερα;")
    hand.keys("T")
    hand.types("pass")
    hand.keys("Tab")
    field = page.talk.composer.field
    assert field.textCursor().selectedText() == "{{who_helps}}"
    hand.types("Jón")
    hand.keys("Tab")
    assert field.textCursor().selectedText() == "{{when}}"
    hand.types("αύριο")
    assert "{{" not in field.toPlainText()
    hand.keys("Tab")
    assert not field.hasFocus()


@pytest.mark.usefixtures("demo_profile")
def test_words_not_sent_yet_outlive_the_window(profile: Profile) -> None:
    qt_application(["rapport"])
    first = Application(profile)
    window = first.start()
    window.go("inbox")
    hand = Hand(window)
    page: Any = window.page("inbox")
    hand.until(lambda: page.talk.opened is not None)
    number = page.talk.opened.row.id
    hand.keys("R")
    hand.types("Ég svara á morgun, þegar ég veit meira")
    first.close()
    QApplication.processEvents()
    second = Application(profile)
    again = second.start()
    again.go("inbox", number)
    page = again.page("inbox")
    Hand(again).until(lambda: page.talk.opened is not None)
    assert page.talk.composer.field.toPlainText() == "Ég svara á morgun, þegar ég veit meira"
    second.close()
    QApplication.processEvents()
