"""A message that is held or reported needs us, also where we were done: one that becomes so opens its conversation."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.message import Author, Incoming, Target
from app.base.paths import Profile
from app.inbox import Inbox, Query
from app.inbox.turns import TO_DECIDE, needs_moderator
from app.workbench import Workbench
from tests.app.saying import account

ANNA, US = Author("1", "@anna", "Anna"), Author("7", "us")


@pytest.fixture
def bench(profile: Profile) -> Workbench:
    made = Workbench(profile)
    account(made.store, "discourse", "Forum", own="7")
    take(made, item("q1"), item("a1", "Very.", out=True))
    return made


def item(remote_id: str, text: str = "Is it sweet?", *, out: bool = False, **more: object) -> Incoming:
    at = clock.now() - 900 + 10 * (remote_id[0] == "a") + int(remote_id[1:])
    made = Incoming(remote_id, at, text, US if out else ANNA, out=out, thread="t", language="en")
    return made._replace(**more)  # type: ignore[arg-type]


def take(bench: Workbench, *items: Incoming) -> None:
    bench.intake.take(1, items)


def state(bench: Workbench) -> str:
    return str(bench.store.read.execute("SELECT state FROM conversation").fetchone()[0])


@pytest.mark.parametrize("upstream", ["", "held", "hidden", "spam", "deleted", "reported"])
def test_the_rule_is_the_same_in_both_languages(bench: Workbench, upstream: str) -> None:
    with bench.store.write() as conn:
        conn.execute("UPDATE message SET upstream = ?", (upstream,))
    found = bench.store.read.execute(f"SELECT count(*) FROM message WHERE {TO_DECIDE}").fetchone()[0]
    assert bool(found) is needs_moderator(upstream) is (upstream in ("held", "reported"))
    assert found <= 1, "our own message is not ours to decide about"
    bench.close()


@pytest.mark.parametrize("before", ["waiting", "done", "snoozed"])
@pytest.mark.parametrize("upstream", ["held", "reported"])
def test_what_becomes_so_needs_us_until_it_is_decided(bench: Workbench, before: str, upstream: str) -> None:
    inbox = Inbox(bench.store)
    if before == "done":
        inbox.done([1])
    elif before == "snoozed":
        inbox.snooze([1], clock.now() + 9_999)
    assert state(bench) == before
    take(bench, item("q1", upstream=upstream))
    assert state(bench) == "needs_me"
    assert [ref.id for ref in inbox.refs(Query("needs_me"))] == [1]
    take(bench, item("q1", "Is it very sweet?", upstream=upstream))
    take(bench, item("q0", "Hello?", upstream=""))  # an older one, for which all is counted anew
    assert state(bench) == "needs_me"
    take(bench, item("q1", "Is it very sweet?"))
    assert state(bench) == "waiting", "decided there: our reply is the last word"
    bench.close()


def test_done_is_done_though_it_is_still_reported(bench: Workbench) -> None:
    take(bench, item("q1", upstream="reported"))
    Inbox(bench.store).done([1])
    take(bench, item("q1", "Another wording", upstream="reported"))
    assert state(bench) == "done"
    take(bench, item("a1", "Very.", out=True, gone=True))
    assert state(bench) == "done"
    bench.close()


def test_a_reply_after_it_is_our_word_about_it(bench: Workbench) -> None:
    take(bench, item("q1", upstream="reported"))
    take(bench, item("a5", "We have looked at this.", out=True))
    assert state(bench) == "waiting"
    bench.close()


def test_our_own_message_that_is_reported_alarms_nobody(bench: Workbench) -> None:
    take(bench, item("a1", "Very.", out=True, upstream="reported"))
    assert state(bench) == "waiting"
    bench.close()


class Forum:
    """A channel that does whatever it is asked for."""

    def moderate(self, verb: str, on: Target) -> None:
        del verb, on


def test_keeping_a_reported_message_ends_it(bench: Workbench) -> None:
    take(bench, item("q1", upstream="reported"))
    number = bench.store.read.execute("SELECT id FROM message WHERE remote_id = 'q1'").fetchone()[0]
    made = bench.moderation.do(number, "show", "1. Be kind", hold_seconds=0)
    assert state(bench) == "needs_me"
    bench.moderation.carry(made, Forum())  # type: ignore[arg-type]
    assert state(bench) == "waiting"
    bench.close()
