"""The post above a comment thread, and what else was said under it."""

from __future__ import annotations

from typing import Any

import pytest

from app.inbox import ConversationRow
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox, open_talk
from ui.pages.inbox.conversation_model import headline, spoken
from ui.pages.inbox.post import Clamped, host_of
from ui.shell.window import Window

BOX = "Το κουτί έφτασε σπασμένο"


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def test_a_comment_shows_its_post_with_the_host_it_truly_lies_on(page: Any) -> None:
    open_talk(page, BOX)
    post = page.talk.post
    assert post.isVisible()
    assert post.title.title() == "Five lemonades for a long evening"
    assert post.host.text() == "sitrona.example"
    assert post.words.accessibleName().startswith("Basil first")
    pressed: list[str] = []
    post.link.connect(pressed.append)
    post.title.click()
    assert pressed == ["https://sitrona.example/blog/five-lemonades"]


def test_a_mail_stands_under_no_post(page: Any) -> None:
    open_talk(page, "Fact check: how often does a bottle come back?")
    assert page.talk.post.isHidden()


def test_an_address_that_is_no_page_leads_nowhere(demo: Window, page: Any) -> None:
    number = open_talk(page, BOX)
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE conversation SET post_url = 'javascript:alert(1)' WHERE id = ?", (number,))
    Hand.until(lambda: page.talk.post.host.text() == "")
    pressed: list[str] = []
    page.talk.post.link.connect(pressed.append)
    page.talk.post.title.click()
    assert pressed == []
    assert host_of("https://user@evil.example:8443/https://sitrona.example/") == "evil.example"
    assert [host_of(one) for one in ("", "file:///etc/passwd", "data:text/html,x")] == ["", "", ""]


def test_shift_o_lists_what_else_was_said_under_the_post(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = open_talk(page, BOX)
    others = page.talk.opened.beside
    hand.keys("Shift+O")
    hand.until(lambda: page.list.model.rowCount() == others + 1)
    assert page.talk.opened.row.id == number == page.list.current_id()
    rows = [page.list.model.row_at(place) for place in range(others + 1)]
    assert {row.post_title for row in rows} == {"Five lemonades for a long evening"}
    assert "Five" in page.list.filter.note.title()
    page.list.filter.note.click()
    hand.until(lambda: page.list.model.rowCount() > others + 1)


def test_where_nobody_else_has_written_it_is_said(demo: Window, page: Any) -> None:
    open_talk(page, "Fact check: how often does a bottle come back?")
    Hand(demo).keys("Shift+O")
    assert "isn't under a post" in toast(demo).accessibleName()


def _row(title: str, preview: str, post: str = "Five lemonades") -> ConversationRow:
    return ConversationRow(
        id=7, title=title, member_id=3, member="Eleni", account="Blog", kind="wordpress", public=True,
        state="needs_me", preview=preview, last_out=False, last_at=0, waiting_since=0, snoozed_until=None, unread=0,
        unhappy=False, hard=False, handoffs=0, gifts=0, language="el", messages=1, post_title=post, held=True,
    )  # fmt: skip


def test_a_row_shows_the_post_where_the_comment_has_no_subject_of_its_own() -> None:
    assert headline(_row("Which one is the sweet…", "Which one is the sweetest?")) == ("Five lemonades", True)
    assert headline(_row("Which one is the sweet…", "Thank you")) == ("Which one is the sweet…", False)
    assert headline(_row("The box", "It broke")) == ("The box", False)
    assert headline(_row("", "It broke")) == ("Five lemonades", True)
    assert headline(_row("", "It broke", "")) == ("", False)
    said = spoken(_row("The box", "It broke"), 3600)
    assert "on the post Five lemonades" in said
    assert "held for approval on the channel" in said


@pytest.mark.parametrize(
    "words", ["", "short", "word " * 80, "מילה " * 80, "🍋👩‍👩‍👧" * 120, "Μεγαλύτερο " * 60, "x" * 600]
)
@pytest.mark.usefixtures("qt")
def test_two_lines_hold_any_text(words: str) -> None:
    clamped = Clamped(2)
    clamped.say(words)
    clamped.resize(220, 60)
    lines = clamped._lines(220)
    assert len(lines) <= 2
    assert clamped.heightForWidth(220) == len(lines) * clamped._line_height()
    assert clamped.isHidden() is not bool(words) or not words
    assert not clamped.grab().isNull()
    assert words.replace(" ", "").startswith(lines[0].replace(" ", "")[:20]) if lines else not words
