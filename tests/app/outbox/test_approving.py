"""A reply to a comment that awaits approval: approved once the reply is sent, unless the person leaves it held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.base.paths import Profile
from app.cli import arguments
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Contract
from tests.app.channels.test_wordpress import Peer
from tests.servers import wordpress
from tests.servers.wordpress import WordPress

pytestmark = pytest.mark.servers(*wordpress.PROGRAMS)


@pytest.fixture
def peer(blog: WordPress) -> Peer:
    return Peer(blog)


@pytest.fixture
def bench(tmp_path: Any) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path / "profile"))
    yield made
    made.close()


def run(bench: Workbench, *words: str) -> Any:
    """A command of the shell on this file: its output."""
    asked = arguments.parse(words)
    return asked.run(bench, asked)


@pytest.fixture
def held(bench: Workbench, peer: Peer) -> str:
    """A comment that is held, pulled into the conversation that `talk` finds."""
    Contract.connect(bench, peer)
    number = peer.say("anna", WORDS["el"])
    peer.desk("set", int(number), "hold")
    assert bench.sync.pull("There").new == 1
    return number


def talk(bench: Workbench) -> int:
    return Contract.conversation(bench, WORDS["el"])


def submit(bench: Workbench, **more: Any) -> int:
    return bench.outbox.submit(bench.voice.clear(Draft(WORDS["hu"]), reason="test"), talk(bench), **more)


def test_it_is_approved_when_the_reply_is_sent(bench: Workbench, peer: Peer, held: str) -> None:
    assert bench.moderation.would_approve(bench.outbox.way(talk(bench)))
    made = submit(bench, hold_seconds=0)
    assert bench.outbox.get(made).approves
    assert bench.moderation.due() == []
    assert peer.stands(held) == "held"
    line = bench.sync.send(1)
    assert (line.sent, line.error) == (2, "")
    assert (peer.stands(held), peer.heard()) == ("", [(WORDS["hu"], held)])
    (deed,) = bench.moderation.entries()
    assert (deed.verb, deed.state, deed.guideline) == ("show", "done", "No guideline broken: approved with our reply")
    for _ in range(2):
        bench.sync.pull("There")
        assert bench.sync.send(1).sent == 0
    assert bench.inbox.row(talk(bench)).state == "waiting"


def test_it_stays_held_where_the_person_says_so_or_takes_the_reply_back(
    bench: Workbench, peer: Peer, held: str
) -> None:
    submit(bench, hold_seconds=0, keep_held=True)
    bench.sync.send(1)
    assert peer.stands(held) == "held"
    again = bench.outbox.submit(bench.voice.clear(Draft(WORDS["cs"]), reason="test"), talk(bench))
    bench.outbox.undo_send(again)
    bench.sync.send(1)
    assert (peer.stands(held), bench.moderation.entries()) == ("held", [])


def test_what_somebody_has_moderated_meanwhile_is_left_alone(bench: Workbench, peer: Peer, held: str) -> None:
    submit(bench, hold_seconds=0)
    (message,) = bench.store.read.execute("SELECT id FROM message").fetchone()
    bench.moderation.undo(bench.moderation.do(message, "spam", "4: no insults", hold_seconds=60))
    assert bench.sync.send(1).sent == 1
    assert peer.stands(held) == "held"


def test_what_is_visible_or_cannot_be_approved_is_just_answered(bench: Workbench, held: str) -> None:
    del held
    with bench.store.write() as conn:
        conn.execute("UPDATE message SET upstream = ''")
    assert not bench.moderation.would_approve(bench.outbox.way(talk(bench)))
    assert not bench.outbox.get(submit(bench, hold_seconds=0)).approves


def test_an_approval_that_fails_is_said_and_tried_again(bench: Workbench, peer: Peer, held: str) -> None:
    submit(bench, hold_seconds=0)
    peer.desk("remove", int(held), 1)
    bench.sync.send(1)
    assert [deed.state for deed in bench.moderation.entries()] in ([], ["failed"])
    assert bench.sync.send(1).sent == 0


def test_the_shell_says_so_and_can_leave_it_held(bench: Workbench, peer: Peer, held: str, tmp_path: Any) -> None:
    words = tmp_path / "words"
    words.write_text(WORDS["hu"], encoding="utf-8")
    number = f"C-{talk(bench)}"
    asked = ("reply", number, "--text-file", str(words), "--override", "test")
    kept = run(bench, *asked, "--keep-held", "--now")
    assert "The comment stays held for approval: nobody sees what you reply to." in kept.lines
    words.write_text(WORDS["cs"], encoding="utf-8")
    later = run(bench, *asked)
    assert "The comment that it answers is held for approval. It'll be approved when this is sent." in later.lines
    assert later.data["approves"] == later.data["answers"] is not None
    bench.outbox.undo_send(int(later.data["id"][2:]))
    sent = run(bench, *asked, "--now")
    assert f"{sent.data['answers']} is approved too." in sent.lines
    assert peer.stands(held) == ""
