"""What another mail program did with a letter, in the window: a sign on the row, a chip, and a line in the story."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from app.base.message import FolderChanges, Place
from app.inbox import Query
from app.mail.parse import parse
from tests.app.saying import account
from tests.stories.hand import Hand
from ui.pages.inbox.conversation_model import spoken
from ui.shell.window import Window
from ui.widgets.avatar import Chip

OWN = ("desk@example.org",)
LETTER = (
    "From: Ada <ada@x.is>\nTo: desk@example.org\nMessage-ID: <1@x.is>\nSubject: Glass\n"
    "Date: Sat, 28 Nov 2026 10:00:00 +0000\n\nHello\n"
)  # fmt: skip


@pytest.fixture
def place(window: Window) -> int:
    """An account with one letter in its mailbox."""
    place = account(window.bench.store, "email", own=OWN[0])
    window.bench.intake.take(place, [parse(LETTER.encode(), OWN)._replace(place=Place("INBOX", 7))])
    return place


def shown(window: Window) -> Any:
    window.go("inbox")
    page: Any = window.page("inbox")
    page.list.filter.show(Query("all"))
    Hand.rest(0.3)
    return page


@pytest.mark.slow
def test_a_flag_is_on_the_row_in_the_head_and_in_the_story(window: Window, place: int) -> None:
    flagged = FolderChanges("INBOX", {7: frozenset(["flagged"])})
    window.bench.intake.take(place, [], changes=flagged)
    page = shown(window)
    row = page.list.model.row_at(0)
    assert row.flagged
    assert "flagged in the mailbox" in spoken(row, clock.now())
    assert "Flagged in another mail program" in page.talk.story.toPlainText()
    chips = [chip for chip in page.talk.findChildren(Chip) if page.talk.marks.indexOf(chip) >= 0]
    assert "Flagged in the mailbox" in [chip.accessibleName() for chip in chips]


@pytest.mark.slow
def test_archived_elsewhere_is_done_and_reopened_as_usual(window: Window, place: int) -> None:
    window.bench.intake.take(place, [], changes=FolderChanges("INBOX", gone=((7, 7),)))
    window.bench.intake.settle(place, {"1@x.is": "archived"})
    page = shown(window)
    assert "Archived in another mail program (now)" in page.talk.story.toPlainText()
    assert page.talk.done.accessibleName().startswith("Reopen")
    Hand(window).keys("E")
    Hand.rest(0.3)
    assert window.bench.inbox.counts()["needs_me"] == 1


@pytest.mark.slow
@pytest.mark.usefixtures("place")
def test_the_head_says_where_else_it_came(window: Window) -> None:
    other = account(window.bench.store, "email", own="help@example.org", name="Help desk")
    with window.bench.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'live', state = 'paused'")
    again = parse(LETTER.encode(), OWN)._replace(place=Place("INBOX", 3))
    taken = window.bench.intake.take(other, [again])
    assert (taken.new, taken.known) == (0, 1)
    assert "also in Help desk" in shown(window).talk.where.text()
