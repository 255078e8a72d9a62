"""Reactions that were given elsewhere, as the channel tells of them: noted once, and never against what we do here."""

from __future__ import annotations

import pytest

from app.base.message import Author, Incoming, OwnReaction
from app.intake import Intake
from app.outbox import given
from app.outbox.reacting import ReactionDesk
from app.store.store import Store
from tests.app.saying import account

LIKED, NOT_LIKED = OwnReaction("m1", "like", is_there=True), OwnReaction("m1", "like", is_there=False)


@pytest.fixture
def message(store: Store) -> int:
    number = account(store, "bluesky", mode="live")
    Intake(store).take(number, [Incoming("m1", 1_790_000_000, "Takk!", Author("anna", "anna", "Anna"))])
    return int(store.read.execute("SELECT id FROM message").fetchone()[0])


def shown(store: Store, message: int) -> list[tuple[str, str, str]]:
    return [(one.purpose, one.state, one.what) for one in ReactionDesk(store).given(message)]


def test_what_is_told_again_and_again_is_noted_once(store: Store, message: int) -> None:
    assert given.note(store, 1, [NOT_LIKED]) == 0
    assert [given.note(store, 1, [LIKED]) for _ in range(3)] == [1, 0, 0]
    assert shown(store, message) == [("react", "sent", "like")]
    assert [given.note(store, 1, [NOT_LIKED]) for _ in range(2)] == [1, 0]
    assert shown(store, message) == []
    assert given.note(store, 1, [LIKED, NOT_LIKED, LIKED]) == 3, "each after the other"
    assert shown(store, message) == [("react", "sent", "like")]


@pytest.mark.parametrize("state", ["held", "queued", "sending", "failed", "undecided"])
def test_what_is_under_way_here_is_left_alone(store: Store, message: int, state: str) -> None:
    number = ReactionDesk(store).react(message, hold_seconds=0)
    with store.write() as conn:
        conn.execute("UPDATE outbox SET state = ? WHERE id = ?", (state, number))
    for told in (LIKED, NOT_LIKED):
        assert given.note(store, 1, [told]) == 0
    assert shown(store, message) == [("react", state, "like")]


def test_an_index_that_lags_behind_is_not_believed_for_ten_minutes(
    store: Store, message: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_790_000_100
    monkeypatch.setattr("app.base.clock.now", lambda: now)
    number = ReactionDesk(store).react(message, hold_seconds=0)
    with store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'sent', sent_at = ? WHERE id = ?", (now, number))
    now += 590
    assert given.note(store, 1, [NOT_LIKED]) == 0
    now += 20
    assert given.note(store, 1, [NOT_LIKED]) == 1
    assert shown(store, message) == []


def test_what_is_nobodys_is_left_out(store: Store, message: int) -> None:
    strange = [
        LIKED._replace(remote_id="m2"), LIKED._replace(what="👍"), LIKED._replace(what=""),
        OwnReaction("", "", is_there=False, event="r/$none"),
    ]  # fmt: skip
    assert given.note(store, 1, strange) == given.note(store, 2, [LIKED]) == 0
    assert shown(store, message) == []


def test_a_reaction_with_an_id_is_taken_back_by_that_alone(store: Store) -> None:
    number = account(store, "matrix", mode="live")
    Intake(store).take(number, [Incoming("r/$1", 1_790_000_000, "Takk!", Author("anna", "anna", "Anna"))])
    (message,) = store.read.execute("SELECT id FROM message").fetchone()
    both = [OwnReaction("r/$1", what, is_there=True, event=f"r/${what}") for what in ("❤", "🐢")]
    assert given.note(store, number, both) == 2
    assert [what for _, _, what in shown(store, message)] == ["❤️", "🐢"], "as we write it, so that it can be taken back"
    assert given.note(store, number, [OwnReaction("", "", is_there=False, event="r/$❤")]) == 1
    assert [what for _, _, what in shown(store, message)] == ["🐢"]
    assert ReactionDesk(store).unreact(message, "🐢") > 0
