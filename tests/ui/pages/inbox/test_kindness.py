"""Kind words in the inbox: Y keeps them, and after three hard conversations in a row one is offered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.parts import toast
from tests.ui.settling import until
from ui.pages.inbox.page import InboxPage
from ui.pages.today.shelf import Shelf
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> InboxPage:
    found = demo.page("inbox")
    assert isinstance(found, InboxPage)
    assert found.opened is not None
    return found


def _said(window: Window) -> str:
    """The toast, without the marks that keep names apart."""
    return toast(window).accessibleName().replace("\u2068", "").replace("\u2069", "")


def test_y_keeps_what_they_wrote_last_and_takes_it_off_again(
    demo: Window, page: InboxPage, pressed: Callable[..., None]
) -> None:
    shelf, opened = page.bench.kind_words, page.here()
    number = shelf.latest_of(opened.row.id)
    writer = next(line.author for line in opened.lines if line.id == number)
    pressed("Y")
    assert shelf.has(number)
    assert f"Kept the kind words of {writer}." in _said(demo)
    pressed("Y")
    assert not shelf.has(number)
    assert f"Took the words of {writer} off the shelf." in _said(demo)
    pressed("Z")
    assert shelf.has(number)


def test_where_nobody_wrote_nothing_is_kept(demo: Window, page: InboxPage, pressed: Callable[..., None]) -> None:
    only_ours = page.bench.store.read.execute(
        "SELECT id FROM conversation c WHERE messages > 0 AND NOT EXISTS"
        " (SELECT 1 FROM message WHERE conversation_id = c.id AND NOT out) LIMIT 1"
    ).fetchone()
    page.open(only_ours["id"])
    before = page.bench.kind_words.every()
    pressed("Y")
    assert page.bench.kind_words.every() == before
    assert "Nobody has written anything here yet" in _said(demo)


@pytest.mark.parametrize(("setting", "hard", "offered"), [
    (True, [True, True, True], True), (True, [True, True, False], False), (False, [True, True, True], False),
])  # fmt: skip
def test_after_three_hard_ones_in_a_row_kind_words_are_offered_if_that_is_wanted(
    demo: Window, page: InboxPage, *, setting: bool, hard: list[bool], offered: bool
) -> None:
    page.bench.settings.put("kind_after_hard", setting)
    for one in hard:
        page.kindness.handled([one])
    assert page.kindness._offer.isActive() is offered
    if offered:
        assert page.kindness._offer.interval() > page.bench.settings.number("hold_seconds") * 1000
        page.kindness._offer.setInterval(1)
        until(lambda: demo._toast is not None and "something kind" in _said(demo))
        page.kindness._read()
        until(lambda: demo.findChild(Shelf) is not None)
