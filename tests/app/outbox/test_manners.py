"""What is said of a place before the first reply there, and who is asked to speak."""

from __future__ import annotations

import json

import pytest

from app.accounts.notes import Notes
from app.base.message import Addressee, Author, Incoming
from app.channels.channel import Channel
from app.channels.registry import connectable
from app.inbox.addressing import Addressing
from app.outbox import LetterDraft, Letters
from app.store.store import Store
from tests.app.outbox.conftest import Place


def said(place: Place, account: int = 1) -> dict[str, str]:
    return {point.key: point.text for point in place.outbox.manners.points(account)}


@pytest.mark.parametrize("of", connectable(), ids=lambda of: of.kind)
def test_each_channel_says_what_is_customary_who_sees_it_how_long_and_what_becomes_of_it(
    store: Store, place: Place, of: Channel
) -> None:
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = ?", (of.kind,))
    points = said(place)
    assert points["custom"].endswith(".")
    if of.can.reply:
        assert points.keys() >= {"custom", "who", "length", "changes"}
        assert of.can.limit is None or f"{of.can.limit:,}" in points["length"]
        assert ("thread" in points["length"]) is of.can.threads
        assert not of.private_by_default or "everyone" not in points["who"]
        assert of.by_address or ("correct and withdraw" in points["changes"]) is of.can.correct
    assert all(text.endswith(".") and "{" not in text for text in points.values())


def test_the_note_comes_first_and_the_server_s_own_limit_counts(store: Store, place: Place) -> None:
    with store.write() as conn:
        conn.execute("""UPDATE account SET kind = 'mastodon', facts = '{"limit": "4321"}'""")
    Notes(store).put(1, "Say du, never Sie.", "Fake")
    assert place.outbox.manners.points(1)[0].text == "Say du, never Sie."
    assert said(place)["length"] == "Up to 4,321 characters. A longer reply can be sent as a thread."
    assert place.outbox.manners.points(99) == ()


@pytest.fixture
def letters(store: Store, place: Place) -> int:
    """A mailbox of two addresses with a letter that was written to neither; its conversation."""
    fields = {"address": "hello@lemonade.example", "aliases": "jana@lemonade.example"}
    with store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, mode, own, fields, created_at) VALUES (2, 'email', 'Post', 'live',"
            " 'hello@lemonade.example jana@lemonade.example', ?, 0)",
            (json.dumps(fields),),
        )
    anna = Author("anna@example.org", "anna@example.org", "Anna")
    place.intake.take(2, [Incoming("l1@example.org", 1_700_000_000, "Thanks?", anna, title="Hi", public=False)])
    return int(place.one("SELECT conversation_id FROM message WHERE remote_id = 'l1@example.org'"))


def test_a_letter_written_to_none_of_our_addresses_asks_once_which_one_speaks(
    store: Store, place: Place, letters: int
) -> None:
    goes = place.outbox.way(letters)
    assert goes.sender == ""
    assert [key for key, _ in place.outbox.manners.who_could_speak(2, goes)] == [
        "hello@lemonade.example", "jana@lemonade.example",
    ]  # fmt: skip
    assert place.outbox.manners.who_could_speak(2, goes, "jana@lemonade.example") == (), "chosen for this one"
    Notes(store).put_who_speaks(2, "jana@lemonade.example", "Post")
    goes = place.outbox.way(letters)
    assert goes.sender == "jana@lemonade.example"
    assert place.outbox.manners.who_could_speak(2, goes) == ()
    other = place.outbox.way(letters, None, Addressing(sender="hello@lemonade.example"))
    assert other.sender == "hello@lemonade.example", "for one letter it can be another"


def test_a_letter_to_one_of_our_addresses_is_answered_from_that(store: Store, place: Place, letters: int) -> None:
    Notes(store).put_who_speaks(2, "hello@lemonade.example", "Post")
    anna = Author("anna@example.org", "anna@example.org", "Anna")
    place.intake.take(
        2,
        [
            Incoming(
                "l2@example.org", 1_700_000_100, "And now?", anna, title="Hi", public=False, refs=("l1@example.org",),
                alias="jana@lemonade.example", named=(Addressee("to", "Jana", "jana@lemonade.example"),),
            )
        ],
    )  # fmt: skip
    goes = place.outbox.way(letters)
    assert goes.sender == "jana@lemonade.example"
    assert place.outbox.manners.who_could_speak(2, goes) == ()


@pytest.mark.usefixtures("letters")
def test_a_new_letter_comes_from_who_speaks(store: Store, place: Place) -> None:
    desk = Letters(store, place.outbox)
    draft = LetterDraft(account_id=2, receivers=(Addressee("to", "Anna", "anna@example.org"),), subject="Hi")
    assert "from hello@lemonade.example" in desk.destination(draft).sentence
    Notes(store).put_who_speaks(2, "jana@lemonade.example", "Post")
    assert "from jana@lemonade.example" in desk.destination(draft).sentence
    (number,) = desk.submit(place.cleared("Hello"), draft)
    assert place.outbox.get(number).sender == "jana@lemonade.example"
    (number,) = desk.submit(place.cleared("Hello again"), draft._replace(sender="hello@lemonade.example"))
    assert place.outbox.get(number).sender == "hello@lemonade.example"


def test_an_imported_conversation_is_answered_by_the_account_that_was_chosen(store: Store, place: Place) -> None:
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = 'mastodon', mode = 'file'")
        conn.executemany(
            "INSERT INTO account (id, kind, name, mode, own, created_at) VALUES (?, 'mastodon', ?, 'live', '', 0)",
            [(7, "Main"), (8, "Second")],
        )
    assert place.outbox.way(place.talk).account_id == 7
    assert place.outbox.manners.who_could_speak(1, None) == (("7", "Main"), ("8", "Second"))
    Notes(store).put_who_speaks(1, "Second", "Fake")
    assert place.outbox.way(place.talk).account_id == 8
    assert place.outbox.manners.who_could_speak(1, None) == ()
