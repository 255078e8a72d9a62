"""What the person notes about a place, that its manners are shown once, and who speaks there."""

from __future__ import annotations

import json

import pytest

from app.accounts.notes import MAX_NOTE_CHARS, Notes
from app.base.errors import UserError
from app.store.store import Store


@pytest.fixture
def notes(store: Store) -> Notes:
    fields = {"address": "hello@lemonade.example", "aliases": "Jana <jana@lemonade.example>, shop@lemonade.example"}
    with store.write() as conn:
        conn.executemany(
            "INSERT INTO account (id, kind, name, mode, own, fields, created_at) VALUES (?, ?, ?, ?, '', ?, 0)",
            [
                (1, "email", "Post", "live", json.dumps(fields)), (2, "mastodon", "Old", "file", "{}"),
                (3, "mastodon", "Main", "live", "{}"), (4, "mastodon", "Second", "live", "{}"),
            ],
        )  # fmt: skip
    return Notes(store)


def undo(store: Store) -> None:
    store.undo_action(store.last_action or 0)


def test_a_note_is_written_changed_taken_away_and_undone(store: Store, notes: Notes) -> None:
    assert notes.note(1) == ""
    notes.put(1, "  Greet by first name.\n", "Post")
    assert notes.note(1) == "Greet by first name."
    before = store.last_action
    notes.put(1, "Greet by first name.", "Post")
    assert store.last_action == before, "nothing has changed"
    notes.put(1, "", "Post")
    assert notes.note(1) == ""
    undo(store)
    assert notes.note(1) == "Greet by first name."
    with pytest.raises(UserError, match="at most 2,000 characters; this one has 2,001"):
        notes.put(1, "x" * (MAX_NOTE_CHARS + 1), "Post")
    assert notes.note(1) == "Greet by first name."


def test_manners_are_due_once(store: Store, notes: Notes) -> None:
    assert notes.is_due(1)
    notes.mark_shown(1)
    assert not notes.is_due(1)
    at = store.read.execute("SELECT note_shown_at FROM account WHERE id = 1").fetchone()[0]
    notes.mark_shown(1)
    assert store.read.execute("SELECT note_shown_at FROM account WHERE id = 1").fetchone()[0] == at
    assert notes.is_due(3), "each account for itself"
    assert not notes.is_due(99)


def test_a_mailbox_speaks_by_one_of_its_addresses(store: Store, notes: Notes) -> None:
    keys = [one.key for one in notes.may_speak(1)]
    assert keys == ["hello@lemonade.example", "jana@lemonade.example", "shop@lemonade.example"]
    assert notes.may_speak(1)[1].name == "Jana, jana@lemonade.example"
    assert notes.who_speaks(1) == ""
    notes.put_who_speaks(1, "JANA@lemonade.example", "Post")
    assert notes.who_speaks(1) == "jana@lemonade.example"
    with pytest.raises(UserError, match=r"“x@y.example” can't speak on “Post”. Choose from: hello@"):
        notes.put_who_speaks(1, "x@y.example", "Post")
    undo(store)
    assert notes.who_speaks(1) == ""


def test_an_address_that_was_given_up_speaks_no_more(store: Store, notes: Notes) -> None:
    notes.put_who_speaks(1, "jana@lemonade.example", "Post")
    with store.write() as conn:
        conn.execute(
            """UPDATE account SET fields = '{"address": "a@b.example", "aliases": "c@b.example"}' WHERE id = 1"""
        )
    assert notes.who_speaks(1) == ""


def test_of_an_imported_file_one_of_the_connected_accounts_speaks(store: Store, notes: Notes) -> None:
    assert [one.name for one in notes.may_speak(2)] == ["Main", "Second"]
    notes.put_who_speaks(2, "second", "Old")
    assert notes.who_speaks(2) == "4"
    with store.write() as conn:
        conn.execute("UPDATE account SET state = 'removed' WHERE id = 4")
    assert notes.may_speak(2) == [], "there is no choice any more"
    assert notes.who_speaks(2) == ""


def test_where_one_alone_can_speak_there_is_no_choice(notes: Notes) -> None:
    assert notes.may_speak(3) == []
    with pytest.raises(UserError, match="only one who can speak"):
        notes.put_who_speaks(3, "Main", "Main")
