"""A desk at home, and what is done in copies of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.base import clock
from app.base.message import Attached, Author, Incoming
from app.base.paths import Profile
from app.voice import Draft, clear
from app.workbench import Workbench

Open = Callable[[Profile], Workbench]


@pytest.fixture
def open_desk() -> Iterator[Open]:
    """Opens profiles, and closes them at the end."""
    with ExitStack() as stack:

        def opened(profile: Profile) -> Workbench:
            bench = Workbench(profile)
            stack.callback(bench.close)
            return bench

        yield opened


@pytest.fixture
def home(demo_profile: Profile, open_desk: Open) -> Workbench:
    """The demo community, open; nothing waits in its outbox."""
    bench = open_desk(demo_profile)
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'discarded' WHERE state IN ('held', 'queued', 'failed')")
    return bench


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where the copy goes."""
    return tmp_path / "stick"


def waiting_talks(bench: Workbench) -> list[int]:
    """Conversations of the demo's own channels that need a reply."""
    rows = bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id"
        " WHERE c.state = 'needs_me' AND a.mode = 'demo' AND NOT EXISTS (SELECT 1 FROM handoff h"
        " WHERE h.conversation_id = c.id) ORDER BY c.id"
    )
    return [row["id"] for row in rows]


def demo_account(bench: Workbench) -> int:
    """The account to which `arrive` brings messages."""
    (number,) = bench.store.read.execute("SELECT id FROM account WHERE mode = 'demo' ORDER BY id LIMIT 1").fetchone()
    return int(number)


def arrive(bench: Workbench, name: str, *, file: bytes = b"") -> None:
    """Somebody new writes, with a file if there is one."""
    attached = (Attached(f"{name}.txt", "text/plain", file),) if file else ()
    said = Incoming(
        f"id-{name}", clock.now(), f"A question of {name}", Author(name, name, name.title()), thread=f"t-{name}",
        attached=attached,
    )  # fmt: skip
    bench.intake.take(demo_account(bench), [said])


def reply(bench: Workbench, talk: int, words: str) -> None:
    """A reply that goes out at once."""
    bench.outbox.submit(clear(Draft(words, "en"), ()), talk, hold_seconds=0)
    bench.sync.run()


def a_week(bench: Workbench) -> dict[str, int]:
    """What a stand-in does in a week; returns the conversations that it was done in, by what was done."""
    answered, done, labelled, begun, held = waiting_talks(bench)[:5]
    arrive(bench, "nora", file=b"what nora sent")
    arrive(bench, "oliver")
    reply(bench, answered, "Answered by the stand-in.")
    bench.outbox.submit(clear(Draft("It waits.", "en"), ()), held, hold_seconds=3600)
    bench.inbox.done([done])
    bench.inbox.label([labelled], ["for Jana"])
    bench.inbox.keep_draft(begun, "Begun by the stand-in", "en")
    bench.members.edit(2, {"note": "likes tea, said Katerina"})
    bench.members.own.add_note(3, "met in Brno")
    bench.members.add("Met by the stand-in")
    return {"answered": answered, "done": done, "labelled": labelled, "begun": begun, "held": held}
