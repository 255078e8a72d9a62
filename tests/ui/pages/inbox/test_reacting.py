"""Reactions from the conversation: by key, from the menu, undone, taken back, tried again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import anchors, inbox, open_talk, press_anchor
from ui.shared.act import What
from ui.shell.window import Window
from ui.widgets.lettermenu import LetterMenu

THANKS, QUESTION, BLOG, FORUM = "Street party verdict", "Je v zázvorové med?", "Το κουτί έφτασε σπασμένο", "Recept na"


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def _says(page: Any, words: str, *, not_any_more: bool = False) -> None:
    Hand.until(lambda: (words in page.talk.story.toPlainText()) != not_any_more)


def _entries(page: Any) -> list[Any]:
    return [one for one in page.bench.outbox.entries() if one.is_reaction]


def _done(page: Any) -> None:
    """The worker's part: it is done on the demo's channel."""
    entry = _entries(page)[-1]
    with page.bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'queued', next_at = 0 WHERE id = ?", (entry.id,))
    session = page.bench.accounts.session(entry.account_id)
    page.bench.outbox.deliver(entry.id, session)  # unless the window's own worker is at it already
    Hand.until(lambda: page.bench.outbox.get(entry.id).state == "sent")


def _state(page: Any) -> str:
    return str(page.bench.inbox.row(page.talk.opened.row.id).state)


@pytest.mark.slow
def test_shift_a_gives_it_closes_what_asked_for_nothing_and_takes_it_back(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, THANKS)
    hand.keys("Shift+A")
    (entry,) = _entries(page)
    assert (entry.state, entry.reaction, entry.purpose) == ("held", "favourite", "react")
    said = toast(demo).accessibleName()
    assert "Favourite for Marcus Bell in 10 seconds." in said
    assert "everyone who can see the post can see who favourited it" in said
    assert "It asked for nothing, so it's done." in said
    _says(page, "Favourite: waiting to be given")
    assert _state(page) == "done"
    hand.keys("Z")
    _says(page, "waiting to be given", not_any_more=True)
    assert (_entries(page), _state(page)) == ([], "needs_me")
    hand.keys("Shift+A")
    _done(page)
    _says(page, "You favourited this")
    hand.keys("Shift+A")
    assert _entries(page)[-1].purpose == "unreact"
    assert "is taken back in 10 seconds" in toast(demo).accessibleName()
    assert _state(page) == "needs_me"
    _done(page)
    _says(page, "You favourited this", not_any_more=True)


def test_pressed_again_before_it_is_given_it_is_cancelled(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, THANKS)
    hand.keys("Shift+A", "Shift+A")
    assert _entries(page) == []
    assert "no reaction is sent" in toast(demo).accessibleName()
    assert _state(page) == "needs_me"


def test_a_question_keeps_needing_us_and_the_toast_says_so(demo: Window, page: Any) -> None:
    open_talk(page, QUESTION)
    Hand(demo).keys("Shift+A")
    assert "It asks for something, so it still needs your reply." in toast(demo).accessibleName()
    assert _state(page) == "needs_me"


def test_another_one_is_chosen_from_a_menu(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, THANKS)
    with page.bench.store.write() as conn:
        conn.execute("UPDATE account SET kind = 'matrix' WHERE kind = 'mastodon'")
    demo.run("react_with")
    menu = next(popup for popup in demo.findChildren(LetterMenu) if popup.isVisible())
    menu.chosen.emit("2")
    menu.close()
    assert [one.reaction for one in _entries(page)] == ["👍"]
    said = toast(demo).accessibleName()
    assert "👍 for Marcus Bell in 10 seconds." in said
    assert "Everyone in the room can see it." in said
    hand.keys("Z")
    assert _entries(page) == []


def test_where_none_can_be_given_it_says_why(demo: Window, page: Any) -> None:
    open_talk(page, BLOG)
    Hand(demo).keys("Shift+A")
    assert "WordPress has no likes for comments" in toast(demo).accessibleName()
    assert _entries(page) == []


def test_the_menu_and_the_links_do_the_same(page: Any) -> None:
    open_talk(page, THANKS)
    theirs = [line for line in page.talk.opened.lines if line.kind == "said" and not line.out][-1]

    def offered() -> list[tuple[str, What]]:
        menu = page.acting.moderating.offer(theirs)
        acts = [(action.text(), action.data()) for action in menu.actions() if action.data()]
        menu.deleteLater()
        return [(words, act.what) for words, act in acts if act.what in (What.REACT, What.UNREACT)]

    assert offered() == [("Favourite", What.REACT)]
    page.acting.reacting.react(theirs.id)
    _says(page, "Favourite: waiting to be given")
    press_anchor(page, "Undo")
    Hand.until(lambda: not _entries(page))
    page.acting.reacting.react(theirs.id)
    _done(page)
    _says(page, "You favourited this")
    assert offered() == [("Take back Favourite", What.UNREACT)]
    press_anchor(page, "Take it back")
    assert _entries(page)[-1].purpose == "unreact"


@pytest.mark.parametrize(("state", "words"), [("failed", "couldn't be given"), ("undecided", "possibly given")])
def test_one_that_went_wrong_says_so_and_can_be_decided(page: Any, state: str, words: str) -> None:
    open_talk(page, THANKS)
    theirs = [line for line in page.talk.opened.lines if line.kind == "said" and not line.out][-1]
    page.acting.reacting.react(theirs.id)
    number = _entries(page)[0].id
    with page.bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = ?, error = 'No.', sending_at = 1 WHERE id = ?", (state, number))
    _says(page, words)
    assert ("Try again" in anchors(page.talk.story)) is (state == "failed")
    press_anchor(page, "Leave it" if state == "failed" else "See it in the outbox")
    if state == "failed":
        assert page.bench.outbox.get(number).state == "discarded"
        assert _state(page) == "needs_me"
