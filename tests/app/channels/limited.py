"""A channel that asks for patience while a reply is sent: it is sent later, once, and is never called failed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any, ClassVar

import pytest

from app.base import clock
from app.channels.base import TryLater
from app.channels.http import pace
from app.workbench import Workbench
from tests.app.channels.contract import WORDS
from tests.servers.played import Call, Reply

TOO_MANY = (Reply({"error": "Too many requests"}, 429, {"Retry-After": "90"}), 90)
"""What any server in front of a service may answer with."""


class Limited:
    """Beside `Contract`, where the peer has its played server as `server`.

    `limits` are the service's own answers to what writes while it is limited, or what makes one that names a moment,
    each with the number of seconds that it asks us to wait.
    """

    limits: ClassVar[tuple[tuple[Reply | Callable[[], Reply], int], ...]] = ()

    def test_a_limit_while_a_reply_is_sent_is_waited_out(
        self, bench: Workbench, account: int, peer: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        house: Any = self
        peer.say("anna", WORDS["cs"])
        assert house.pull(bench, account, 1) == 1
        conversation, plain = house.conversation(bench, WORDS["cs"]), peer.server.serve
        for turn, (told, seconds) in enumerate((*self.limits, TOO_MANY)):
            limit = told if isinstance(told, Reply) else told()

            def limited(call: Call, answer: Reply = limit) -> Reply:
                return answer if peer.server.writes(call) else plain(call)

            text = f"{WORDS['hu']} {turn}"
            number, before = house.answer(bench, conversation, text), clock.now()
            monkeypatch.setattr(peer.server, "serve", limited)
            assert (bench.sync.send(account).failed, bench.outbox.get(number).state) == (0, "queued"), limit.body
            # a moment is a second off, perhaps, by the server's clock as its Date tells it
            assert (bench.outbox.get(number).next_at or 0) >= before + seconds - 1, limit.body
            monkeypatch.setattr(peer.server, "serve", plain)
            assert bench.sync.send(account).sent == 0, "it was sent before its time"
            with bench.store.write() as conn:
                conn.execute("UPDATE outbox SET next_at = 0 WHERE id = ?", (number,))
            pace.forget()  # as the time has passed
            assert bench.sync.send(account).sent == 1
            assert bench.sync.send(account).sent == 0
            assert [said for said, _ in peer.heard()].count(text) == 1, limit.body

    def test_a_limit_says_how_long_it_is(
        self, bench: Workbench, account: int, peer: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        house: Any = self
        wanted, plain = house.reply(bench, account, peer, WORDS["hu"]), peer.server.serve
        for told, seconds in (*self.limits, TOO_MANY):
            limit = told if isinstance(told, Reply) else told()
            with closing(house.open(peer)) as session:

                def limited(call: Call, answer: Reply = limit) -> Reply:
                    return answer if peer.server.writes(call) else plain(call)

                monkeypatch.setattr(peer.server, "serve", limited)
                with pytest.raises(TryLater) as caught:
                    session.send(wanted)
                monkeypatch.setattr(peer.server, "serve", plain)
                pace.forget()
                assert seconds - 60 <= (caught.value.after or 30) <= seconds + 1, limit.body
