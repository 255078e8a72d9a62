"""The moderation log: what was done, to which words, on which guideline; and what becomes of it at the channel."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Author, Incoming, Target
from app.channels.base import AuthNeeded, Can, Channel, Refused, TryLater, UnknownOutcome
from app.channels.channel import IN_CHAT
from app.inbox import moderated
from app.intake import Intake
from app.moderation import verbs
from app.moderation.desk import Moderation
from app.store.store import Store

ANNA = Author("anna", "anna", "Anna Bell")
RULE = "4: no insults"


class Site:
    """A session that moderates, or fails as it is told."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self.fails: list[Exception] = []
        self.on: list[Target] = []

    def moderate(self, verb: str, on: Target) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.done.append((verb, on.message))
        self.on.append(on)


@pytest.fixture
def site() -> Any:
    return Site()


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Moderation:
    able = Can(moderate=("hide", "show", "spam", "delete"), undo=("hide", "spam"))
    made = Channel("fake", "Fake", (), able)
    monkeypatch.setattr(verbs, "channel", lambda _kind: made)
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


@pytest.fixture
def able(desk: Moderation, monkeypatch: pytest.MonkeyPatch) -> Moderation:
    able = Channel("fake", "Fake", (), Can(moderate=verbs.VERBS, undo=("solve", "lock", "mute", "ban")))
    monkeypatch.setattr(verbs, "channel", lambda _kind: able)
    return desk


def done(desk: Moderation, site: Any, message: int, verb: str, **more: Any) -> int:
    made = desk.do(message, verb, more.pop("guideline", ""), hold_seconds=0, **more)
    assert desk.carry(made, site).state == "done"
    return made


def test_a_solution_is_marked_on_ours_too_and_there_is_only_one(store: Store, able: Moderation, site: Any) -> None:
    theirs, ours = number(store, "m1"), number(store, "m2")
    done(able, site, theirs, "solve")
    marked = done(able, site, ours, "solve")
    rows = store.read.execute("SELECT remote_id FROM message WHERE solution = 1").fetchall()
    assert [row[0] for row in rows] == ["m2"]
    assert "unsolve" in able.verbs(ours)
    assert "solve" in able.verbs(theirs)
    able.carry(able.undo(marked), site)
    assert store.read.execute("SELECT count(*) FROM message WHERE solution = 1").fetchone()[0] == 0
    assert site.done == [("solve", "m1"), ("solve", "m2"), ("unsolve", "m2")]


def test_a_conversation_is_closed_at_its_channel_and_opened_again(store: Store, able: Moderation, site: Any) -> None:
    made = done(able, site, number(store, "m1"), "lock")
    assert store.read.execute("SELECT locked FROM conversation").fetchone()[0] == 1
    assert "lock" not in able.verbs(number(store, "m2"))
    able.carry(able.undo(made), site)
    assert store.read.execute("SELECT locked FROM conversation").fetchone()[0] == 0
    assert site.on == [Target("m1", "t", "anna"), Target("m1", "t", "anna")]


def test_whoever_is_muted_may_write_again_after_the_time(store: Store, able: Moderation, site: Any) -> None:
    message = number(store, "m1")
    with pytest.raises(UserError, match="which guideline"):
        able.do(message, "mute", "")
    done(able, site, message, "mute", guideline=RULE, seconds=3600)
    assert site.on == [Target("m1", "t", "anna", 3600)]
    assert "unmute" in able.verbs(message)
    with store.write() as conn:
        conn.execute("UPDATE moderation SET done_at = done_at - 3600")
    assert "unmute" not in able.verbs(message)
    assert "mute" in able.verbs(message)


def test_whoever_is_banned_is_banned_whichever_message_is_looked_at(store: Store, able: Moderation, site: Any) -> None:
    Intake(store).take(1, [Incoming("m3", clock.now(), "And thieves", ANNA, thread="another")])
    done(able, site, number(store, "m1"), "ban", guideline=RULE)
    assert "unban" in able.verbs(number(store, "m3"))
    done(able, site, number(store, "m3"), "unban")
    assert "ban" in able.verbs(number(store, "m1"))


def test_only_what_the_account_has_the_right_to_is_offered(store: Store, able: Moderation) -> None:
    with store.write() as conn:
        conn.execute("""UPDATE account SET facts = '{"may": "hide lock"}'""")
    assert able.verbs(number(store, "m1")) == ("hide", "lock")


def test_what_the_channel_says_of_a_solution_a_report_and_a_closed_conversation_is_kept(
    store: Store, able: Moderation
) -> None:
    at = clock.now() - 60
    item = Incoming("m1", at, "You are all liars", ANNA, thread="t", url="https://blog.example/1")
    Intake(store).take(1, [item._replace(upstream="reported", solution=True, locked=True)])
    row = store.read.execute(
        "SELECT m.upstream, m.solution, c.locked FROM message m JOIN conversation c ON c.id = m.conversation_id"
        " WHERE m.remote_id = 'm1'"
    ).fetchone()
    assert tuple(row) == ("reported", 1, 1)
    assert able.verbs(number(store, "m1"))[:2] == ("hide", "show")
    Intake(store).take(1, [item._replace(locked=False)])
    assert tuple(
        store.read.execute(
            "SELECT m.upstream, m.solution, c.locked FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " WHERE m.remote_id = 'm1'"
        ).fetchone()
    ) == ("", 0, 0)
    Intake(store).take(1, [Incoming("m9", at, "Is it closed?", ANNA, thread="new", locked=True, solution=True)])
    assert tuple(
        store.read.execute(
            "SELECT m.solution, c.locked FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " WHERE m.remote_id = 'm9'"
        ).fetchone()
    ) == (1, 1)


def test_a_report_is_linked_with_what_it_is_about(store: Store, desk: Moderation) -> None:
    del desk
    bela = Author("bela", "bela")
    report = Incoming("report-1", clock.now(), "Rude", bela, thread="report-1", public=False, about="m1")
    Intake(store).take(1, [report])
    Intake(store).take(1, [report._replace(remote_id="report-2", thread="report-2", about="unknown")])
    rows = store.read.execute(
        "SELECT first.remote_id, second.remote_id, l.why FROM conversation_link l"
        " JOIN conversation first ON first.id = l.conversation_id JOIN conversation second ON second.id = l.other_id"
    ).fetchall()
    assert [tuple(row) for row in rows] == [("t", "report-1", "linked")]


def test_whoever_is_banned_from_one_chat_of_a_bot_may_be_banned_from_another(
    store: Store, able: Moderation, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = Channel("fake", "Fake", (), Can(moderate=verbs.VERBS, undo=("mute", "ban"), bars=IN_CHAT))
    for room in (verbs, moderated):
        monkeypatch.setattr(room, "channel", lambda _kind: bot)
    Intake(store).take(1, [Incoming("m3", clock.now(), "And thieves", ANNA, thread="another")])
    made = done(able, site, number(store, "m1"), "ban", guideline=RULE)
    assert "unban" in able.verbs(number(store, "m1"))
    assert "ban" in able.verbs(number(store, "m3"))
    done(able, site, number(store, "m3"), "ban", guideline=RULE)
    able.carry(able.undo(made), site)
    assert "ban" in able.verbs(number(store, "m1"))
    assert "unban" in able.verbs(number(store, "m3"))
    assert site.on[-1] == Target("m1", "t", "anna")
