"""What every channel has to keep on which we can react to what others write."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Any

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Reaction
from app.channels.base import Refused
from app.workbench import Workbench
from tests.app.channels.contract import Changed
from tests.servers.played import CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, Played
from tests.waiting import wait_until


class Reacted:
    """Beside `Contract`, where we can react: the peer has `reactions(id)`, what we have given a message there."""

    @staticmethod
    def state(bench: Workbench, message: int) -> str:
        sql = "SELECT state FROM conversation c WHERE id = (SELECT conversation_id FROM message WHERE id = ?)"
        return str(bench.store.read.execute(sql, (message,)).fetchone()[0])

    @staticmethod
    def number(bench: Workbench, remote_id: str) -> int:
        return int(bench.store.read.execute("SELECT id FROM message WHERE remote_id = ?", (remote_id,)).fetchone()[0])

    def send(self, bench: Workbench, account: int, number: int) -> None:
        line = bench.sync.send(account)
        assert (line.sent, line.error) == (1, "")
        assert bench.outbox.get(number).state == "sent"

    def test_a_reaction_is_there_once_closes_what_asked_for_nothing_and_can_be_taken_back(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        house: Any = self
        there = peer.say("anna", "Takk fyrir mig!")
        assert house.pull(bench, account, 1) == 1
        message = self.number(bench, there)
        assert self.state(bench, message) == "needs_me"
        given = bench.outbox.reactions
        self.send(bench, account, given.react(message, hold_seconds=0))
        (what,) = [one.what for one in given.given(message)]
        wait_until(lambda: peer.reactions(there) == [what], house.settles + 1)
        assert self.state(bench, message) == "done"
        for _ in range(2):  # our own reaction is no message, and nobody waits again for it
            house.pull(bench, account)
        assert (self.state(bench, message), house.texts(bench, out=True)) == ("done", [])
        self.send(bench, account, given.unreact(message, hold_seconds=0))
        wait_until(lambda: peer.reactions(there) == [], house.settles + 1)
        assert given.given(message) == ()
        assert self.state(bench, message) == "needs_me"
        house.pull(bench, account)
        assert len(house.texts(bench)) == 1
        self.send(bench, account, given.react(message, hold_seconds=0))
        wait_until(lambda: peer.reactions(there) == [what], house.settles + 1)

    def test_a_reaction_given_elsewhere_is_shown_and_can_be_taken_back_here_or_there(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        house: Any = self
        there = peer.say("anna", "Takk fyrir mig!")
        assert house.pull(bench, account, 1) == 1
        message, given = self.number(bench, there), bench.outbox.reactions
        what = given.offered(message)[0]

        def elsewhere(act: str) -> None:
            with closing(house.open(peer)) as session:
                getattr(session, act)(Reaction(f"elsewhere-{clock.now()}-{act}", there, what, clock.now()))

        def shows(*expected: str) -> bool:
            house.pull(bench, account)
            return [one.what for one in given.given(message)] == list(expected)

        elsewhere("react")
        wait_until(lambda: shows(what), house.settles + 2)
        assert (self.state(bench, message), house.texts(bench, out=True)) == ("needs_me", [])
        with pytest.raises(UserError, match="already reacted"):
            given.react(message)
        assert bench.outbox.entries(("held", "queued", "sending", "failed", "undecided")) == []
        elsewhere("unreact")
        wait_until(shows, house.settles + 2)
        elsewhere("react")
        wait_until(lambda: shows(what), house.settles + 2)
        self.send(bench, account, given.unreact(message, hold_seconds=0))
        wait_until(lambda: peer.reactions(there) == [], house.settles + 1)
        assert shows()
        assert shows(), "what the channel's index still says just after is not taken for news"

    def test_a_reaction_asked_for_twice_is_given_once_and_looked_up(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        house: Any = self
        there = peer.say("bela", "Köszönöm!")
        assert house.pull(bench, account, 1) == 1
        for what in house.of(peer).can.react.offered[:2]:
            asked = Reaction(f"key-of-{len(what)}-{ord(what[0])}", there, what, clock.now())
            with closing(house.open(peer)) as session:
                assert not session.reacted(asked)
                session.unreact(asked)
                for key in (asked.key, asked.key, "key-of-another-try"):
                    session.react(asked._replace(key=key))
                wait_until(partial(session.reacted, asked), house.settles + 1)
                assert peer.reactions(there) == [what]
                for _ in range(2):
                    session.unreact(asked)
                wait_until(lambda asked=asked: not session.reacted(asked), house.settles + 1)  # type: ignore[misc]
                assert peer.reactions(there) == []

    def test_a_reaction_to_what_is_gone_is_refused(self, bench: Workbench, account: int, peer: Any) -> None:
        house: Any = self
        if not hasattr(peer, "take_away"):
            pytest.skip("nothing is taken away there")
        there = peer.say("anna", "Said too soon")
        assert house.pull(bench, account, 1) == 1
        peer.take_away(there)
        asked = Reaction("key-late", there, house.of(peer).can.react.offered[0], clock.now())
        with closing(house.open(peer)) as session:

            def refused() -> bool:
                try:
                    session.react(asked)
                except Refused:
                    return True
                return False

            wait_until(refused, house.settles + 1)
            session.unreact(asked)
            assert not session.reacted(asked)

    @pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER])
    def test_a_reaction_that_may_be_there_is_looked_up(
        self, bench: Workbench, account: int, peer: Any, mood: str
    ) -> None:
        house: Any = self
        if not isinstance(getattr(peer, "server", None), Played):
            pytest.skip("a real server does not break off when it is told to")
        there = peer.say("cyril", "Děkuji!")
        assert house.pull(bench, account, 1) == 1
        message, given = self.number(bench, there), bench.outbox.reactions
        for act, left in ((given.react, 1), (given.unreact, 0)):
            number = act(message, hold_seconds=0)
            peer.server.moods.append(mood)
            bench.sync.send(account)
            assert bench.outbox.get(number).state == "undecided"
            assert self.state(bench, message) == "needs_me", "nobody knows whether it is acknowledged"
            Changed.undecided(bench, number)
            bench.sync.send(account)
            bench.sync.send(account)
            assert bench.outbox.get(number).state == "sent"
            assert len(peer.reactions(there)) == left
            assert self.state(bench, message) == ("done" if left else "needs_me")
