"""A reply to a comment that awaits approval, in the window: said before it is sent, chosen by keys, said after."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.inbox import Query
from tests.app.saying import account
from tests.stories.hand import Hand
from tests.ui.settling import until
from ui.shell.window import Window


@pytest.fixture
def page(window: Window) -> Any:
    """The inbox with a comment that is held, open."""
    blog = account(window.bench.store, "wordpress")
    item = Incoming("7", clock.now() - 60, "Γεια σας!", Author("x.is/2", "anna", "Άννα"), thread="1/7", upstream="held")
    window.bench.intake.take(blog, [item])
    window.go("inbox")
    found: Any = window.page("inbox")
    found.list.filter.show(Query("needs_me"))
    until(lambda: found.opened is not None)
    Hand.rest(0.3)
    return found


def _send(window: Window, page: Any) -> Any:
    hand = Hand(window)
    page.composer.write()
    hand.types("Takk fyrir!")
    hand.keys("Ctrl+Enter")
    hand.rest(0.3)
    (entry,) = window.bench.outbox.entries()
    return entry


@pytest.mark.slow
def test_it_is_said_that_it_will_be_approved_and_it_is(window: Window, page: Any) -> None:
    held = page.composer.held
    until(held.isVisible)
    assert held.words.text().startswith("This comment is held for approval: nobody sees it yet.")
    assert _send(window, page).approves


@pytest.mark.slow
def test_it_can_be_left_held_by_a_button_and_approved_after_all(window: Window, page: Any) -> None:
    held = page.composer.held
    until(held.isVisible)
    held.buttons["keep"].click()
    assert held.words.text().endswith("nobody will see what you reply to.")
    held.buttons["approve"].click()
    held.buttons["keep"].click()
    page.composer.refresh(page.here())
    Hand.rest(0.2)
    assert held.keeps
    assert not _send(window, page).approves
    assert not held.keeps


def test_nothing_is_said_of_what_is_visible(window: Window, page: Any) -> None:
    with window.bench.store.write() as conn:
        conn.execute("UPDATE message SET upstream = ''")
    window.bench.moderation.due()
    until(page.composer.held.isHidden)
