"""Two drafts of one reply: whoever writes second replaces nothing unseen, and the person chooses."""

from __future__ import annotations

import pytest

from app.actions import Actions
from app.base.errors import NotFoundError
from app.inbox import Inbox, beside
from app.inbox.beside import BOTH, KEEP, TAKE, unseen
from app.intake import Intake
from app.outbox.unfinished import Unsent
from app.store.store import Store
from tests.app.saying import NOW, account, said


@pytest.fixture
def inbox(store: Store) -> Inbox:
    """One conversation."""
    Intake(store).take(account(store), [said("1", NOW, thread="t")])
    return Inbox(store)


def _texts(inbox: Inbox) -> list[str]:
    return [other.text for other in inbox.drafts.beside(1)]


def test_one_writer_replaces_their_own_words(inbox: Inbox) -> None:
    inbox.keep_draft(1, "Dear", seen="")
    inbox.keep_draft(1, "Dear Anna", seen="Dear")
    inbox.keep_draft(1, "Dear Béla", seen="Dear Anna")
    assert inbox.open(1).draft == "Dear Béla"
    assert _texts(inbox) == []
    inbox.keep_draft(1, "", seen="Dear Béla")
    assert inbox.open(1).draft == ""


def test_words_of_somebody_else_are_kept_beside(inbox: Inbox) -> None:
    inbox.keep_draft(1, "Of the window", seen="")
    inbox.keep_draft(1, "Of the shell", seen="")
    assert inbox.open(1).draft == "Of the shell"
    assert [other.text for other in inbox.open(1).beside_draft] == ["Of the window"]
    inbox.keep_draft(1, "Of the window, goes on", seen="Of the window")
    assert inbox.open(1).draft == "Of the window, goes on"
    assert sorted(_texts(inbox)) == ["Of the shell", "Of the window"]


def test_an_emptied_field_deletes_only_what_was_seen_in_it(inbox: Inbox) -> None:
    inbox.keep_draft(1, "Of the shell", seen="")
    inbox.keep_draft(1, " ", seen="Of the window")
    assert inbox.open(1).draft == "Of the shell"


@pytest.mark.parametrize(
    ("how", "draft"), [(KEEP, "second"), (TAKE, "first"), (BOTH, "second\n\nfirst")], ids=[KEEP, TAKE, BOTH]
)
def test_the_person_chooses_and_can_take_it_back(inbox: Inbox, store: Store, how: str, draft: str) -> None:
    inbox.keep_draft(1, "first", seen="")
    inbox.keep_draft(1, "second", seen="")
    other = inbox.drafts.beside(1)[0].id
    assert inbox.drafts.decide(other, how) == draft
    assert (inbox.open(1).draft, _texts(inbox)) == (draft, [])
    with pytest.raises(NotFoundError):
        inbox.drafts.decide(other, how)
    Actions(store).undo()
    assert (inbox.open(1).draft, _texts(inbox)) == ("second", ["first"])


def test_one_whose_draft_was_sent_is_still_listed_and_can_be_taken(inbox: Inbox, store: Store) -> None:
    inbox.keep_draft(1, "first", seen="")
    inbox.keep_draft(1, "second", seen="")
    inbox.keep_draft(1, "", seen="second")
    assert [(draft.text, draft.beside) for draft in Unsent(store).every()] == [("first", 1)]
    assert inbox.row(1).draft == "first"
    assert inbox.several.with_draft([1]) == 1
    inbox.drafts.decide(inbox.drafts.beside(1)[0].id, TAKE)
    assert inbox.open(1).draft == "first"


def test_both_go_along_when_their_conversation_is_joined(inbox: Inbox, store: Store) -> None:
    Intake(store).take(1, [said("2", NOW, thread="u")])
    inbox.keep_draft(1, "first", seen="")
    inbox.keep_draft(1, "second", seen="")
    with store.write() as conn:
        beside.move(conn, 1, 2)
    assert [other.text for other in inbox.drafts.beside(2)] == ["first"]


@pytest.mark.parametrize(
    ("stored", "seen", "text", "expected"),
    [
        ("", "", "new", False), ("mine", "mine", "mine, longer", False), ("mine", " mine\n", "other", False),
        ("theirs", "mine", "mine, longer", True), ("theirs", "", "mine", True), ("theirs", "", "", True),
        ("theirs", "mine", "mine\n\ntheirs", False),
    ],
)  # fmt: skip
def test_words_are_unseen_unless_they_were_there_before_or_are_within(
    stored: str, seen: str, text: str, *, expected: bool
) -> None:
    assert unseen(stored, seen, text) is expected


@pytest.mark.parametrize("how", [TAKE, BOTH])
def test_one_that_was_written_on_since_loses_nothing_when_the_choice_is_undone(
    inbox: Inbox, store: Store, how: str
) -> None:
    inbox.keep_draft(1, "first", seen="")
    inbox.keep_draft(1, "second", seen="")
    taken = inbox.drafts.decide(inbox.drafts.beside(1)[0].id, how)
    inbox.keep_draft(1, f"{taken} and more", seen=taken)
    Actions(store).undo()
    assert inbox.open(1).draft == f"{taken} and more"
    assert {"first", "second"} <= {*_texts(inbox), *inbox.open(1).draft.split()}


def test_one_that_comes_back_goes_where_its_conversation_went(inbox: Inbox, store: Store) -> None:
    intake = Intake(store)
    intake.take(account(store, name="Group", mode="assisted"), [said("2", NOW, thread="u"), said("3", NOW, thread="v")])
    inbox.keep_draft(3, "first", seen="")
    inbox.keep_draft(3, "second", seen="")
    inbox.drafts.decide(inbox.drafts.beside(3)[0].id, KEEP)
    chosen = store.last_action
    assert chosen is not None
    intake.join([2, 3])
    Actions(store).undo(chosen)
    assert [other.text for other in inbox.open(2).beside_draft] == ["first"]
