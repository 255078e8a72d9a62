"""Undo of moderation: nothing is lost in doubt, nothing that came later is reversed, nothing unseen is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming, Target
from app.base.paths import Profile
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.channel import REVERSED, Can, Channel
from app.inbox.moderated import bars
from app.moderation import verbs
from app.moderation.desk import Moderation
from app.moderation.verbs import VERBS, reverse_of
from app.workbench import Workbench
from tests.app.saying import account

ANNA, BORA = Author("anna", "anna", "Anna Bell"), Author("bora", "bora", "Bora Kaya")
RULE = "1. Be kind"


class Board:
    """A channel that carries out what it is asked for, and then may lose the answer, or break before it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.breaks: list[Exception] = []

    def moderate(self, verb: str, on: Target) -> None:
        self.asked.append((verb, on.message))
        if self.breaks:
            raise self.breaks.pop(0)


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    can(monkeypatch, *REVERSED)
    made = Workbench(Profile(tmp_path / "profile"))
    made.settings.put("community", "Sítróna")
    where, now = account(made.store, "demo", "Board"), clock.now()
    made.intake.take(where, [
        Incoming("q1", now - 90, "Why?", ANNA, thread="t"),
        Incoming("q2", now - 80, "Because.", BORA, thread="t"),
        Incoming("q3", now - 70, "Liars!", ANNA, thread="other"),
        Incoming("held", now - 60, "Buy oranges", BORA, thread="held", upstream="held"),
        Incoming("hidden", now - 50, "Buy lemons", BORA, thread="hidden", upstream="hidden"),
        Incoming("spam", now - 40, "Buy limes", BORA, thread="spam", upstream="spam"),
    ])  # fmt: skip
    yield made
    made.close()


def can(monkeypatch: pytest.MonkeyPatch, *undo: str, moderate: tuple[str, ...] = VERBS) -> None:
    made = Channel("demo", "Demo", (), Can(moderate=moderate, undo=undo))
    monkeypatch.setattr(verbs, "channel", lambda _kind: made)


@pytest.fixture
def desk(bench: Workbench) -> Moderation:
    return bench.moderation


Number = Callable[[str], int]


@pytest.fixture
def number(bench: Workbench) -> Number:
    def look_up(remote_id: str) -> int:
        return int(bench.store.read.execute("SELECT id FROM message WHERE remote_id = ?", (remote_id,)).fetchone()[0])

    return look_up


def tried(desk: Moderation, board: Board, message: int, verb: str, *breaks: Exception, at: int | None = None) -> int:
    """An entry, tried as often as the channel breaks, or once; returns its id."""
    made = desk.do(message, verb, RULE, hold_seconds=0, at=at, seconds=3_600 if verb == "mute" else 0)
    again(desk, board, made, *breaks, at=at)
    return made


def again(desk: Moderation, board: Board, made: int, *breaks: Exception, at: int | None = None) -> None:
    for one in breaks or (None,):
        board.breaks = [] if one is None else [one]
        if isinstance(one, UserError | None) and not isinstance(one, AuthNeeded):
            desk.carry(made, board, at=at)  # type: ignore[arg-type]
        else:
            with pytest.raises(type(one)):
                desk.carry(made, board, at=at)  # type: ignore[arg-type]


def barred(bench: Workbench) -> list[tuple[str, int]]:
    return [(bar.verb, bar.deed) for bar in bars(bench.store.read, clock.now()).values()]


LOST = UnknownOutcome("The connection broke.")


@pytest.mark.parametrize("breaks", [(LOST,), (ValueError("a bug"),), (LOST, Refused("You may not."))])
def test_a_ban_that_may_stand_is_lifted_by_undo(
    desk: Moderation, board: Board, number: Number, breaks: tuple[Exception, ...]
) -> None:
    made = tried(desk, board, number("q1"), "ban", *breaks)
    back = desk.undo(made)
    assert back != made
    assert (desk.get(back).verb, desk.get(back).undoes_id) == ("unban", made)
    assert desk.get(made).state == "failed"  # nobody knows: it is not called undone before it is
    assert "may have happened" in desk.get(made).error
    assert desk.due(clock.now() + 9_999) == [back]  # and is not done again
    again(desk, board, back)
    assert desk.get(made).state == "undone"
    assert board.asked[-1] == ("unban", "q1")


def test_a_ban_in_doubt_whose_undo_is_cancelled_is_still_in_doubt(
    desk: Moderation, board: Board, number: Number
) -> None:
    made = tried(desk, board, number("q1"), "ban", LOST)
    back = desk.undo(made)
    assert desk.undo(back) == back
    assert desk.get(made).state == "failed"
    assert desk.get(desk.undo(made)).verb == "unban"


@pytest.mark.parametrize("why", [Refused("You may not."), AuthNeeded("Who are you?")])
def test_what_was_clearly_refused_is_left_without_a_word(
    desk: Moderation, board: Board, number: Number, why: Exception
) -> None:
    made = tried(desk, board, number("q1"), "ban", why)
    assert (desk.get(made).state, desk.get(made).tried) == ("failed", 0)
    desk.retry(made)
    again(desk, board, made, why)
    assert desk.undo(made) == made
    assert desk.get(made).state == "undone"
    assert desk.entries(states=("queued",)) == []


@pytest.mark.parametrize("breaks", [LOST, ValueError("a bug"), TryLater("Busy.")])
def test_what_may_have_happened_and_cannot_be_undone_is_said(
    desk: Moderation, board: Board, number: Number, monkeypatch: pytest.MonkeyPatch, breaks: Exception
) -> None:
    can(monkeypatch, "ban")
    made = tried(desk, board, number("q1"), "delete", breaks)
    if desk.get(made).state == "queued":  # it would be asked for again
        assert verbs.undoable("demo", desk.get(made))
        assert desk.undo(made) == made
        assert "it may have happened" in desk.get(made).error
    assert desk.due(clock.now() + 9_999) == []
    before = desk.get(made)
    assert (before.state, before.tried) == ("failed", 1)
    with pytest.raises(UserError, match="it may have happened"):
        desk.undo(made)
    assert desk.get(made) == before
    assert not verbs.undoable("demo", before)


def test_a_kill_while_it_was_done_leaves_no_undo_that_says_nothing_happened(
    bench: Workbench, desk: Moderation, number: Number
) -> None:
    made = desk.do(number("q1"), "ban", RULE, hold_seconds=0)
    with bench.store.write() as conn:
        conn.execute("UPDATE moderation SET state = 'doing', tried = 1")
    with pytest.raises(UserError, match="being done right now"):
        desk.undo(made)
    assert desk.get(made).state == "doing"


def test_undoing_an_older_mute_leaves_a_later_ban(
    bench: Workbench, desk: Moderation, board: Board, number: Number
) -> None:
    muted = tried(desk, board, number("q1"), "mute")
    banned = tried(desk, board, number("q3"), "ban")
    with pytest.raises(UserError, match="“Ban the author”"):
        desk.undo(muted)
    assert board.asked == [("mute", "q1"), ("ban", "q3")]
    assert barred(bench) == [("ban", banned)]
    again(desk, board, desk.undo(banned))
    assert barred(bench) == [("mute", muted)]  # its time is not over
    again(desk, board, desk.undo(muted))
    assert barred(bench) == []


def test_undoing_a_mute_waits_for_a_ban_that_is_still_to_be_done(
    desk: Moderation, board: Board, number: Number
) -> None:
    muted = tried(desk, board, number("q1"), "mute")
    ban = desk.do(number("q3"), "ban", RULE)
    with pytest.raises(UserError, match="“Ban the author”"):
        desk.undo(muted)
    desk.undo(ban)
    assert desk.get(desk.undo(muted)).verb == "unmute"


def test_an_expired_mute_cannot_be_undone_and_a_newer_one_stays(
    bench: Workbench, desk: Moderation, board: Board, number: Number
) -> None:
    old = tried(desk, board, number("q1"), "mute", at=clock.now() - 7_200)
    with pytest.raises(UserError, match="no longer in force"):
        desk.undo(old)
    new = tried(desk, board, number("q3"), "mute")
    with pytest.raises(UserError, match="“Mute the author”"):
        desk.undo(old)
    assert barred(bench) == [("mute", new)]
    assert "unmute" not in [verb for verb, _ in board.asked]


def test_a_mute_in_doubt_is_not_undone_over_a_later_ban(desk: Moderation, board: Board, number: Number) -> None:
    muted = tried(desk, board, number("q1"), "mute", LOST)
    tried(desk, board, number("q3"), "ban")
    with pytest.raises(UserError, match="“Ban the author”"):
        desk.undo(muted)


def test_lifting_a_mute_is_not_lifting_a_ban(bench: Workbench, desk: Moderation, board: Board, number: Number) -> None:
    tried(desk, board, number("q1"), "mute")
    unmute = desk.do(number("q1"), "unmute", "")
    banned = tried(desk, board, number("q3"), "ban")
    with bench.store.write() as conn:
        conn.execute("UPDATE moderation SET held_until = 0 WHERE id = ?", (unmute,))
    again(desk, board, unmute)
    assert barred(bench) == [("ban", banned)]
    assert "unban" in desk.verbs(number("q1"))


def test_someone_else_s_ban_is_no_later_decision(desk: Moderation, board: Board, number: Number) -> None:
    muted = tried(desk, board, number("q1"), "mute")
    tried(desk, board, number("q2"), "ban")
    tried(desk, board, number("q1"), "hide")
    assert desk.get(desk.undo(muted)).verb == "unmute"


@pytest.mark.parametrize(
    ("first", "between", "later", "title"),
    [
        ("lock", "unlock", "lock", "Close the conversation there"),
        ("solve", "unsolve", "solve", "Mark as the solution"),
        ("hide", "show", "spam", "Mark as spam"),
    ],
)
def test_only_the_latest_decision_of_its_kind_is_undone(
    desk: Moderation, board: Board, number: Number, first: str, between: str, later: str, title: str
) -> None:
    other = "q1" if first == "hide" else "q2"  # both are in one conversation
    old = tried(desk, board, number("q1"), first)
    tried(desk, board, number("q1"), between)
    new = tried(desk, board, number(other), later)
    with pytest.raises(UserError, match=f"“{title}”"):
        desk.undo(old)
    assert len(board.asked) == 3
    again(desk, board, desk.undo(new))
    with pytest.raises(UserError, match="Since then"):
        desk.undo(old)  # what came between still stands


def test_what_was_taken_back_since_counts_no_more(desk: Moderation, board: Board, number: Number) -> None:
    hidden = tried(desk, board, number("q1"), "hide")
    marked = tried(desk, board, number("q1"), "spam")
    again(desk, board, desk.undo(marked))
    assert board.asked[-1] == ("hide", "q1")  # hidden as before, not public
    again(desk, board, desk.undo(hidden))
    assert board.asked[-1] == ("show", "q1")


@pytest.mark.parametrize("verb", ["hide", "spam", "delete"])
def test_what_waited_for_approval_is_never_published_by_undo(
    desk: Moderation, board: Board, number: Number, verb: str
) -> None:
    made = tried(desk, board, number("held"), verb)
    with pytest.raises(UserError, match="waiting for approval"):
        desk.undo(made)
    assert not verbs.undoable("demo", desk.get(made))
    assert desk.entries(states=("queued",)) == []
    assert board.asked == [(verb, "held")]


def test_what_waits_for_approval_and_is_only_held_here_is_cancelled(desk: Moderation, number: Number) -> None:
    made = desk.do(number("held"), "spam", RULE)
    assert verbs.undoable("demo", desk.get(made))
    assert desk.undo(made) == made


@pytest.mark.parametrize(("how", "verb", "back"), [("hidden", "spam", "hide"), ("spam", "delete", "spam")])
def test_what_could_not_be_seen_goes_back_to_that(
    bench: Workbench, desk: Moderation, board: Board, number: Number, how: str, verb: str, back: str
) -> None:
    made = tried(desk, board, number(how), verb)
    undone = desk.undo(made)
    again(desk, board, undone)
    assert board.asked == [(verb, how), (back, how)]
    row = bench.store.read.execute(
        "SELECT upstream, gone_at, quiet FROM message WHERE id = ?", (number(how),)
    ).fetchone()
    assert tuple(row) == (how, None, "spam" if how == "spam" else "")
    with pytest.raises(UserError, match="can't undo it"):
        desk.undo(undone)  # what takes back is not taken back


def test_where_the_channel_cannot_hide_what_was_hidden_stays(
    desk: Moderation, board: Board, number: Number, monkeypatch: pytest.MonkeyPatch
) -> None:
    can(monkeypatch, "spam", moderate=("show", "spam"))
    made = tried(desk, board, number("hidden"), "spam")
    with pytest.raises(UserError, match="couldn't be seen before"):
        desk.undo(made)


def test_nothing_unseen_is_shown_whatever_the_channel_can(monkeypatch: pytest.MonkeyPatch) -> None:
    can(monkeypatch, *REVERSED)
    for verb in VERBS:
        assert reverse_of("demo", verb) == REVERSED.get(verb, "")
        for before in ("held", "hidden", "spam"):
            assert reverse_of("demo", verb, before) != "show"
