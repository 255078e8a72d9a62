"""The moderation log: what was done, to which words, on which guideline; and what becomes of it at the channel."""

from __future__ import annotations

from typing import Any

import pytest

from app import moderation
from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Author, Incoming
from app.channels.base import AuthNeeded, Can, Channel, Refused, TryLater, UnknownOutcome
from app.intake import Intake
from app.moderation import Moderation
from app.store.store import Store

ANNA = Author("anna", "anna", "Anna Bell")
RULE = "4: no insults"


class Site:
    """A session that moderates, or fails as it is told."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self.fails: list[Exception] = []

    def moderate(self, verb: str, remote_id: str) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.done.append((verb, remote_id))


@pytest.fixture
def site() -> Any:
    return Site()


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Moderation:
    able = Can(moderate=("hide", "show", "spam", "delete"), undo=("hide", "spam"))
    made = Channel("fake", "Fake", (), able)
    monkeypatch.setattr(moderation, "channel", lambda _kind: made)
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'fake', 'Blog', 'us', 0)")
    now = clock.now()
    Intake(store).take(1, [
        Incoming("m1", now - 60, "You are all liars", ANNA, thread="t", url="https://blog.example/1"),
        Incoming("m2", now - 30, "We are not", Author("us", "us"), thread="t"),
    ])  # fmt: skip
    return Moderation(store)


def number(store: Store, remote_id: str) -> int:
    return int(store.read.execute("SELECT id FROM message WHERE remote_id = ?", (remote_id,)).fetchone()[0])


def upstream(store: Store) -> tuple[str, bool]:
    row = store.read.execute("SELECT upstream, gone_at IS NOT NULL FROM message WHERE remote_id = 'm1'").fetchone()
    return row[0], bool(row[1])


def test_a_message_is_hidden_on_a_guideline_and_the_log_keeps_its_words(
    store: Store, desk: Moderation, site: Any
) -> None:
    made = desk.do(number(store, "m1"), "hide", RULE, "third time", "screenshot 12", hold_seconds=0)
    assert desk.due() == [made]
    deed = desk.carry(made, site)
    assert site.done == [("hide", "m1")]
    assert upstream(store) == ("hidden", False)
    assert (deed.state, deed.verb, deed.guideline, deed.why, deed.evidence) == (
        "done", "hide", RULE, "third time", "screenshot 12",
    )  # fmt: skip
    assert (deed.author, deed.text, deed.url) == ("Anna Bell", "You are all liars", "https://blog.example/1")
    assert deed.done_at is not None
    assert desk.entries(deed.conversation_id) == [deed]
    assert desk.guidelines() == [RULE]
    assert desk.due() == []
    assert desk.carry(made, site).state == "done"
    assert len(site.done) == 1


def test_a_guideline_has_to_be_named_and_the_verb_to_fit(store: Store, desk: Moderation) -> None:
    with pytest.raises(UserError, match="which guideline"):
        desk.do(number(store, "m1"), "hide", "  ")
    with pytest.raises(UserError, match="can't approve this"):
        desk.do(number(store, "m1"), "show", RULE)  # it is to be seen already
    with pytest.raises(UserError, match="can't delete this"):
        desk.do(number(store, "m2"), "delete", RULE)  # our own
    with pytest.raises(NotFoundError):
        desk.do(99, "hide", RULE)
    assert desk.verbs(number(store, "m1")) == ("hide", "spam", "delete")
    assert desk.verbs(number(store, "m2")) == ()


def test_what_is_held_is_taken_back_without_a_word_to_the_channel(store: Store, desk: Moderation, site: Any) -> None:
    made = desk.do(number(store, "m1"), "delete", RULE)
    assert desk.due() == []
    assert desk.verbs(number(store, "m1")) == ()
    with pytest.raises(UserError, match="already"):
        desk.do(number(store, "m1"), "hide", RULE)
    assert desk.undo(made) == made
    assert desk.get(made).state == "undone"
    assert desk.due(clock.now() + 99) == []
    assert site.done == []


def test_what_is_done_is_taken_back_where_the_channel_can(store: Store, desk: Moderation, site: Any) -> None:
    hidden = desk.do(number(store, "m1"), "spam", RULE, hold_seconds=0)
    desk.carry(hidden, site)
    back = desk.undo(hidden)
    assert desk.get(back).undoes_id == hidden
    with pytest.raises(UserError, match="already being moderated"):
        desk.undo(hidden)
    desk.carry(back, site)
    assert site.done == [("spam", "m1"), ("show", "m1")]
    assert upstream(store) == ("", False)
    assert desk.get(hidden).state == "undone"
    with pytest.raises(UserError, match="already been undone"):
        desk.undo(hidden)
    gone = desk.do(number(store, "m1"), "delete", RULE, hold_seconds=0)
    desk.carry(gone, site)
    assert upstream(store) == ("deleted", True)
    with pytest.raises(UserError, match="can't undo it"):
        desk.undo(gone)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (TryLater("Busy.", 7), "queued"), (Refused("You may not."), "failed"), (UnknownOutcome("Who knows."), "queued"),
        (AuthNeeded("Who are you?"), "failed"),
    ],
)  # fmt: skip
def test_each_failure_leaves_an_honest_state_and_doing_it_again_works(
    store: Store, desk: Moderation, site: Any, error: Exception, state: str
) -> None:
    made = desk.do(number(store, "m1"), "hide", RULE, hold_seconds=0)
    site.fails = [error]
    if isinstance(error, AuthNeeded):
        with pytest.raises(AuthNeeded):
            desk.carry(made, site)
    else:
        desk.carry(made, site)
    found = desk.get(made)
    assert found.state == state
    assert upstream(store) == ("", False)
    if state == "failed":
        assert found.error == str(error)
        desk.retry(made)
    assert desk.due(clock.now() + 4000) == [made]
    assert desk.carry(made, site).state == "done"


def test_what_a_kill_interrupted_is_done_again(store: Store, desk: Moderation, site: Any) -> None:
    made = desk.do(number(store, "m1"), "hide", RULE, hold_seconds=0)
    with store.write() as conn:
        conn.execute("UPDATE moderation SET state = 'doing'")
    assert desk.next_at() is not None
    assert desk.due() == [made]
    assert desk.carry(made, site).state == "done"
