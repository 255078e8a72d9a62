"""The quiet pile in the window: seen, taken out by a key, and answered by whoever is shown."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.inbox import Query
from app.mail.parse import parse
from tests.app.saying import account
from tests.stories.hand import Hand
from tests.ui.settling import until
from ui.pages.inbox.moderation_strip import ModerationStrip
from ui.shared.standing import standing
from ui.shell.window import Window

OWN = ("desk@example.org",)


def letter(number: int, *head: str, sender: str) -> bytes:
    lines = (f"From: {sender}", "To: desk@example.org", f"Message-ID: <{number}@x.is>", f"Subject: Letter {number}",
             f"Date: Sat, 28 Nov 2026 10:{number:02d}:00 +0000", *head)  # fmt: skip
    return ("\n".join(lines) + "\n\nMöhten wir kommen?\n").encode()


@pytest.fixture
def page(window: Window) -> Any:
    """The inbox with two quiet conversations, their list shown."""
    place = account(window.bench.store, "email", own=OWN[0])
    for raw in (
        letter(1, "Auto-Submitted: auto-replied", sender="Karel <karel@x.is>"),
        letter(2, "List-Unsubscribe: <https://x.example/u>", sender="Κίτρο <news@x.example>"),
    ):
        window.bench.intake.take(place, [parse(raw, OWN)])
    window.go("inbox")
    found: Any = window.page("inbox")
    found.list.filter.show(Query("quiet"))
    Hand.rest(0.3)
    return found


def test_nothing_there_asks_for_a_reply(window: Window, page: Any) -> None:
    assert page.list.model.rowCount() == 2
    assert window.bench.inbox.counts()["needs_me"] == 0
    assert page.talk.composer.head.audience.toolTip() == ""


@pytest.mark.slow
def test_what_a_person_wrote_stays_open_and_is_answered_there(window: Window, page: Any) -> None:
    hand, number = Hand(window), page.opened.row.id
    name = page.opened.row.member
    hand.keys("Shift+Y")
    hand.rest(0.3)
    assert page.opened.row.id == number
    assert window.bench.inbox.row(number).state == "needs_me"
    assert name in page.talk.composer.head.where.text()
    hand.keys("Z")
    hand.rest(0.3)
    assert page.opened.row.id == number
    assert window.bench.inbox.row(number).state == "quiet"


@pytest.mark.slow
def test_the_rail_counts_them_and_opens_them_by_a_click_and_a_key(window: Window, page: Any) -> None:
    row = window.rail.rows["inbox/quiet"]
    window.recount()
    until(lambda: not row.isHidden())
    assert row.accessibleName() == "Quiet, 2 conversations"
    for ask in (row.click, lambda: Hand(window).keys("Shift+Q")):
        page.list.filter.clear()
        window.go("members")
        ask()
        Hand.rest(0.2)
        assert window.page_id == "inbox"
        assert window.rail.rows["inbox"].current
        assert page.list.model.rowCount() == 2


def test_the_rail_has_no_row_for_nothing(window: Window, page: Any) -> None:
    row = window.rail.rows["inbox/quiet"]
    window.recount()
    until(lambda: not row.isHidden())
    window.bench.intake.by_person([page.list.model.id_at(place) for place in range(2)])
    until(row.isHidden)


@pytest.mark.slow
def test_of_spam_the_key_asks_for_its_rescue_at_the_channel(window: Window) -> None:
    blog = account(window.bench.store, "wordpress")
    item = Incoming("7", clock.now() - 60, "Γεια σας!", Author("dora@x.is", "dora@x.is", "Δώρα"), thread="1/7")
    window.bench.intake.take(blog, [item._replace(upstream="spam")])
    window.go("inbox")
    page: Any = window.page("inbox")
    page.list.filter.show(Query("quiet"))
    Hand.rest(0.3)
    assert page.list.model.rowCount() == 1
    shown = standing(page.opened.lines[0], page.opened, 0)
    words = [piece.words for status in shown for piece in status.pieces]
    assert words == ["Marked as spam on the channel", "Not spam"]
    hand = Hand(window)
    hand.keys("Shift+Y")
    hand.rest(0.3)
    strip = window.findChild(ModerationStrip)
    assert strip is not None
    assert (strip.verb.currentText(), strip.guideline.currentText()) == ("Not spam", "No guideline broken")
    strip.do()
    assert [deed.verb for deed in window.bench.moderation.entries()] == ["show"]


@pytest.mark.slow
def test_the_key_is_for_the_marked_one_and_not_for_spam_that_is_open(window: Window, page: Any) -> None:
    blog = account(window.bench.store, "wordpress", name="Shop")
    item = Incoming("7", clock.now() - 60, "Γεια σας!", Author("dora@x.is", "dora@x.is", "Δώρα"), thread="1/7")
    window.bench.intake.take(blog, [item._replace(upstream="spam")])
    Hand.rest(0.3)
    numbers = page.list.model.numbers()
    spam = next(number for number in numbers if window.bench.inbox.row(number).kind == "wordpress")
    marked = next(number for number in numbers if number != spam)
    page.list.select_id(marked)
    page.list.marks.toggle()
    page.list.select_id(spam, keep=True)
    assert (page.opened.row.id, page.list.marks.ids()) == (spam, [marked])
    page.deciding.by_person()
    Hand.rest(0.2)
    assert window.findChild(ModerationStrip) is None
    assert window.bench.inbox.row(marked).state == "needs_me"
    assert window.bench.inbox.row(spam).state == "quiet"
