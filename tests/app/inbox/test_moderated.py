"""What an opened conversation knows of moderation: reports, the solution, that it is closed, who may not write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.channels.demo.session import DemoSession
from app.inbox import Query
from app.inbox.moderated import bars
from app.moderation.verbs import Standing, standing_of
from app.outbox.closed import caution
from app.workbench import Workbench
from tests.app.saying import account

ANNA, BORA = Author("anna", "anna", "Anna Bell"), Author("bora", "bora", "Bora Kaya")
RULE = "1. Be kind"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path / "profile"))
    made.settings.put("community", "Sítróna")
    yield made
    made.close()


@pytest.fixture
def talk(bench: Workbench) -> int:
    """Anna asks, Bora answers, we do, Anna thanks; each an hour after the other."""
    board, now = account(bench.store, "demo", "Board"), clock.now()
    items = [
        Incoming(f"t-{place}", now - 4 * 3_600 + place * 3_600, words, who, thread="t", out=who.key == "us")
        for place, (who, words) in enumerate(
            [(ANNA, "Why?"), (BORA, "Because."), (Author("us", "us"), "He is right."), (ANNA, "Thanks!")]
        )
    ]
    bench.intake.take(board, items)
    return int(bench.store.read.execute("SELECT id FROM conversation").fetchone()[0])


def lines(bench: Workbench, talk: int) -> Any:
    return bench.inbox.open(talk).lines


def do(bench: Workbench, message: int, verb: str, **more: Any) -> int:
    """A deed, carried out."""
    made = bench.moderation.do(message, verb, RULE, hold_seconds=0, **more)
    bench.moderation.carry(made, DemoSession(), at=more.get("at"))
    return made


def test_a_solution_ours_too_is_known_in_the_line_and_the_row(bench: Workbench, talk: int) -> None:
    ours = lines(bench, talk)[2]
    assert ours.out
    made = bench.moderation.do(ours.id, "solve", "")
    (deed,) = lines(bench, talk)[2].deeds
    assert (deed.id, deed.verb, deed.state, lines(bench, talk)[2].solution) == (made, "solve", "held", False)
    assert not bench.inbox.row(talk).solved
    bench.moderation.undo(made)
    assert lines(bench, talk)[2].deeds == ()
    do(bench, ours.id, "solve")
    assert lines(bench, talk)[2].solution
    assert bench.inbox.row(talk).solved
    do(bench, lines(bench, talk)[1].id, "solve")
    assert [line.solution for line in lines(bench, talk)] == [False, True, False, False]
    do(bench, lines(bench, talk)[1].id, "unsolve")
    assert not bench.inbox.row(talk).solved


def test_a_message_keeps_what_was_done_to_it_whatever_is_done_to_its_author(bench: Workbench, talk: int) -> None:
    message = lines(bench, talk)[1].id
    hidden, muted = do(bench, message, "hide"), do(bench, message, "mute", seconds=3_600)
    line = lines(bench, talk)[1]
    assert line.deed.id == hidden
    assert [deed.id for deed in line.deeds] == [muted]
    assert line.upstream == "hidden"


def test_an_author_is_barred_in_all_they_said_and_nobody_else_is(bench: Workbench, talk: int) -> None:
    made = do(bench, lines(bench, talk)[0].id, "mute", seconds=3_600)
    first, other, ours, last = lines(bench, talk)
    assert first.bar == last.bar
    assert (first.bar.verb, first.bar.deed, first.bar.account, first.bar.kind) == ("mute", made, "Board", "demo")
    assert abs(first.bar.until - clock.now() - 3_600) < 5
    assert other.bar is None
    assert ours.bar is None
    member = bench.card(first.member_id)
    assert member.bars == (first.bar,)
    assert bench.card(other.member_id).bars == ()
    bench.moderation.carry(bench.moderation.undo(made), DemoSession())
    assert lines(bench, talk)[0].bar is None
    assert bench.card(first.member_id).bars == ()


def test_a_mute_is_over_when_its_time_is_and_an_older_ban_still_stands(bench: Workbench, talk: int) -> None:
    first, other = lines(bench, talk)[:2]
    past = clock.now() - 7_200
    do(bench, first.id, "mute", seconds=3_600, at=past)
    assert bars(bench.store.read, past + 10)
    assert bars(bench.store.read, clock.now()) == {}
    do(bench, other.id, "ban", at=past)
    (bar,) = bars(bench.store.read, clock.now() + 10 * 365 * 86_400).values()
    assert (bar.verb, bar.until) == ("ban", None)
    who = [row[0] for row in bench.store.read.execute("SELECT id FROM identity")]
    assert bars(bench.store.read, clock.now(), who) == bars(bench.store.read, clock.now()) != {}
    assert bars(bench.store.read, clock.now(), []) == {}
    do(bench, other.id, "unban")
    assert bars(bench.store.read, clock.now()) == {}


def test_the_row_tells_of_a_report_anywhere_in_the_conversation(bench: Workbench, talk: int) -> None:
    assert not bench.inbox.row(talk).reported
    with bench.store.write() as conn:
        conn.execute("UPDATE message SET upstream = 'reported' WHERE remote_id = 't-1'")
    assert bench.inbox.row(talk).reported
    assert not bench.inbox.row(talk).held
    do(bench, lines(bench, talk)[1].id, "show")
    assert not bench.inbox.row(talk).reported
    assert bench.moderation.entries(talk)[0].before == "reported"
    assert [row.id for row in bench.inbox.rows([ref.id for ref in bench.inbox.refs(Query("all"))])] == [talk]


def test_a_closed_conversation_warns_of_a_reply_and_takes_it(bench: Workbench, talk: int) -> None:
    assert caution(bench.store.read, talk) == bench.outbox.caution(talk) == ""
    do(bench, lines(bench, talk)[0].id, "lock")
    assert bench.inbox.row(talk).locked
    assert bench.outbox.caution(talk) == (
        "Closed on Board: only moderators can write there. If your account isn't a moderator's, your reply is refused."
    )
    assert bench.outbox.why_not_sendable(talk) is None
    assert bench.outbox.caution(9_999) == ""
    do(bench, lines(bench, talk)[0].id, "unlock")
    assert bench.outbox.caution(talk) == ""


def test_the_whole_standing_of_a_line_is_what_the_desk_goes_by(bench: Workbench, talk: int) -> None:
    message = lines(bench, talk)[1].id
    for verb in ("solve", "lock", "ban"):
        do(bench, message, verb)
    with bench.store.write() as conn:
        conn.execute('UPDATE account SET facts = \'{"may": "unsolve unban"}\'')
    opened = bench.inbox.open(talk)
    assert opened.may == frozenset(("unsolve", "unban"))
    assert standing_of(opened.lines[1], opened) == Standing(
        "", out=False, solution=True, locked=True, barred="ban", by_somebody=True, may=frozenset(("unsolve", "unban"))
    )
    assert bench.moderation.verbs(message) == ("unsolve", "unban")


def test_guidelines_that_were_not_asked_for_are_not_offered(bench: Workbench, talk: int) -> None:
    message = lines(bench, talk)[1].id
    bench.moderation.do(message, "lock", "", hold_seconds=0)
    assert bench.moderation.guidelines() == []
