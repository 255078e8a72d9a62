"""Whose turn it is, on the screen: what closed by itself, questions that came back, Send & done of an unhappy talk."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from app.inbox import Query
from app.inbox.filtering import ASKED, CLOSED_ITSELF
from tests.stories.hand import Hand
from tests.ui.settling import until
from ui.pages.inbox.conversation_model import spoken
from ui.pages.inbox.strips import SolvedStrip
from ui.pages.inbox.turn import in_head, in_row
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    demo.go("inbox")
    return demo.page("inbox")


def _titled(demo: Window, title: str) -> int:
    row = demo.bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()
    return int(row["id"])


def test_what_closed_by_itself_is_listed_and_one_key_brings_it_back(demo: Window, page: Any) -> None:
    hand, inbox = Hand(demo), demo.bench.inbox
    page.list.filter.show(Query(CLOSED_ITSELF))
    hand.until(lambda: page.list.model.rowCount() == 25)
    assert "Closed by themselves" in page.list.filter.note.title()
    number = page.list.model.id_at(0)
    page.open(number)
    row = inbox.row(number)
    assert in_row(row, clock.now()) == "Closed by itself"
    assert "closed by itself" in spoken(row, clock.now())
    assert "closed by itself" in page.talk.where.text()
    page.list.focus_rows()
    hand.keys("Shift+Y")
    hand.until(lambda: inbox.row(number).state == "needs_me")
    hand.keys("Z")
    hand.until(lambda: inbox.row(number).closed_itself)


def test_a_question_that_came_back_is_asked_again_or_let_go_by_a_key(demo: Window, page: Any) -> None:
    hand, inbox = Hand(demo), demo.bench.inbox
    number = _titled(demo, "Your grandmother’s recipe")
    page.list.filter.show(Query(ASKED))
    hand.until(lambda: page.list.model.rowCount() == 1)
    page.open(number)
    assert in_row(inbox.row(number), clock.now()) == "Nobody answered your question"
    assert "nobody answered your question" in page.talk.where.text()
    page.list.focus_rows()
    hand.keys("Alt+A")
    assert page.talk.composer.field.toPlainText() == inbox.questions.again("en")
    page.talk.composer.field.setPlainText("")
    page.list.focus_rows()
    hand.keys("Alt+L")
    hand.until(lambda: inbox.row(number).state == "done")
    hand.keys("Z")
    hand.until(lambda: inbox.row(number).asked)


def test_send_and_done_asks_first_how_it_was_solved(demo: Window, page: Any) -> None:
    hand, inbox = Hand(demo), demo.bench.inbox
    number = next(ref.id for ref in inbox.refs(Query()) if inbox.row(ref.id).unhappy)
    page.open(number)
    page.talk.composer.write()
    page.talk.composer.field.setPlainText("We will make it good.")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: isinstance(page.talk.strip, SolvedStrip))
    hand.keys("Escape")
    assert page.talk.strip is None
    assert page.talk.composer.field.toPlainText() == "We will make it good."
    assert demo.bench.outbox.entries(conversation_id=number) == []
    hand.keys("Ctrl+Enter")
    strip: Any = page.talk.strip
    strip.reason.setText("A new crate")
    hand.keys("Ctrl+Enter")
    until(lambda: inbox.row(number).state == "done")
    assert not inbox.row(number).unhappy
    assert "A new crate" in demo.bench.actions.last(1)[0].title


def test_it_is_said_whom_we_wait_for(demo: Window) -> None:
    inbox, now = demo.bench.inbox, clock.now()
    waits = [inbox.row(ref.id) for ref in inbox.refs(Query("waiting"))]
    heads = {in_head(row, now) for row in waits if not (row.asked or row.promises or row.due)}
    assert heads == {"waiting for the member", "waiting for the team"}
    assert {row.waits_for for row in waits} == {"member", "team"}
