"""What closes for replies says so: in its row, above the reply, and in a search."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.base.message import Author, Incoming
from app.calendar.choices import OWN
from app.channels.windows import closes_at
from app.inbox import Query
from tests.app.saying import account
from tests.ui.settling import until
from ui.look import text
from ui.pages.inbox.conversation_model import spoken
from ui.pages.inbox.later import DateStrip
from ui.shell.window import Window
from ui.widgets.lettermenu import LetterMenu

HOUR = 3600


def _page(window: Window, ago: int, *, public: bool = False) -> Any:
    """The inbox with a message on Messenger, open."""
    there = account(window.bench.store, "messenger")
    item = Incoming(
        "7", clock.now() - ago, "Hvenær opnið þið?", Author("m/2", "anna", "Anna"), thread="1", public=public
    )
    window.bench.intake.take(there, [item])
    window.go("inbox")
    found: Any = window.page("inbox")
    found.list.filter.show(Query("needs_me"))
    until(lambda: found.opened is not None)
    return found


def _found(window: Window) -> list[int]:
    return [hit.conversation_id for hit in window.bench.search.messages("is:closing")]


@pytest.mark.slow
def test_the_notice_says_when_and_what_is_possible_afterwards(window: Window) -> None:
    page = _page(window, 23 * HOUR)
    until(page.composer.closing.isVisible)
    now = clock.now()
    when = text.day_and_time(now + HOUR, now)[:-1]  # but for the minute
    said = page.composer.closing.words.text()
    assert said.startswith(f"Closes {when}")
    assert said.endswith("for 7 days from their last message, and with no offers.")
    row = page.opened.row
    closes = closes_at(row, now)
    assert closes is not None
    assert f"closes {text.day_and_time(closes, now)}" in spoken(row, now)
    assert _found(window) == [row.id]
    window.bench.inbox.done([row.id])
    assert _found(window) == []


@pytest.mark.slow
def test_what_has_no_such_time_says_nothing(window: Window) -> None:
    page = _page(window, 23 * HOUR, public=True)
    assert page.composer.closing.isHidden()
    assert "closes" not in spoken(page.opened.row, clock.now())
    assert _found(window) == []


@pytest.mark.slow
def test_a_time_after_that_is_warned_of_before_it_is_chosen(window: Window) -> None:
    page = _page(window, 23 * HOUR)
    page.composer.write()
    page.composer.field.setPlainText("From nine to five.")
    page.answering.later.ask()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, LetterMenu)
    notes = {row._title: row._note for row in menu._rows}
    assert notes["In a week"].endswith(", closed by then")
    assert not notes["In 1 hour"].endswith("closed by then")
    menu._choose(OWN)
    until(lambda: isinstance(page.talk.strip, DateStrip))
    field = page.talk.strip.when
    assert "It closes" in field.reading.text()
    assert "before this would be sent. After that only a person may reply" in field.reading.text()
    field.setText("in 10 minutes")
    assert "It closes" not in field.reading.text()
    field.setText("in 3 days")
    page.talk.strip.act()
    until(lambda: window.bench.outbox.entries(conversation_id=page.opened.row.id) != [])  # it is a warning, no more
