"""Telegram, against a server that plays the Bot API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Reply as Answer
from app.channels.base import TryLater
from app.workbench import Workbench
from tests.app.channels.contract import Contract, pulled
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.servers.played import Reply
from tests.servers.telegram import BotApi


class Peer:
    kind = "telegram"

    def __init__(self, server: BotApi) -> None:
        self.server, self.say = server, server.say
        self.fields = {"server": server.url}
        self.secrets, self.wrong = {"token": server.token}, {"token": "4711:no"}

    def heard(self) -> list[tuple[str, str]]:
        return [(one["text"], f"-1001/{one['reply_parameters']['message_id']}") for one in self.server.sent]

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}


@pytest.fixture
def peer() -> Iterator[Peer]:
    server = BotApi()
    yield Peer(server)
    server.stop()


class TestTelegram(Contract, Garbled, Limited):
    limits = (
        (Reply({"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 41",
                "parameters": {"retry_after": 41}}, 429, {"Retry-After": "41"}), 41),
    )  # fmt: skip

    @pytest.mark.parametrize("moved", [-1_000_000_000, -3_000_000, -500, -10, -3, -1, 0, 1, 12, 3_000_000, 700_000_000])
    def test_after_a_silent_week_the_numbers_begin_anywhere(
        self, bench: Workbench, account: int, peer: Peer, monkeypatch: pytest.MonkeyPatch, moved: int
    ) -> None:
        peer.server.silent_week(1_100_000_000)
        peer.say("anna", "Before the holidays")
        assert self.pull(bench, account, 1) == 1
        assert self.pull(bench, account) == 0
        later = clock.now() + 8 * 86_400
        monkeypatch.setattr("app.base.clock.now", lambda: later)
        peer.server.silent_week(1_100_000_001 + moved)
        said = [f"After the holidays {number}" for number in range(120)]
        for text in said:
            peer.say("bela", text)
        assert self.pull(bench, account) == len(said)
        peer.say("cyril", "And on")
        assert self.pull(bench, account) == 1
        assert self.pull(bench, account) == 0
        assert sorted(self.texts(bench)) == sorted(["Before the holidays", *said, "And on"])

    @pytest.mark.parametrize("more", [{}, {"offset_at": str(clock.now())}], ids=["of an older Rapport", "of today"])
    def test_an_offset_far_above_the_numbers_does_not_stop_the_channel(self, peer: Peer, more: dict[str, str]) -> None:
        peer.server.silent_week(117_314_199)
        peer.say("anna", "Is anybody there?")
        cursor = {"offset": "727334708", **more}
        with closing(self.open(peer)) as session:
            assert [row.text for row in pulled(session, cursor)] == ["Is anybody there?"]
            assert pulled(session, cursor) == []
        assert cursor["offset"] == "117314200"

    def test_a_server_that_heeds_no_offset_is_asked_no_further(
        self, peer: Peer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(peer.server, "getUpdates", lambda _body: peer.server.updates)
        peer.say("anna", "One")
        found: list[str] = []
        with closing(self.open(peer)) as session, pytest.raises(TryLater):  # noqa: PT012  the pages come one by one
            for page in session.pull({}):
                found += [row.text for row in page.items]
                if len(found) == 1:
                    peer.say("bela", "Two")
        assert found == ["One", "Two"]

    @pytest.mark.parametrize(
        ("body", "headers", "after"),
        [
            ({"parameters": {"retry_after": 35}}, {}, 35),
            ({"parameters": {"retry_after": 100_000}}, {}, 86_400),
            ({}, {"Retry-After": "17"}, 17),
            ({"parameters": {"retry_after": "soon"}}, {}, 5),
        ],
    )
    def test_a_limit_is_waited_out(
        self, peer: Peer, monkeypatch: pytest.MonkeyPatch, body: dict[str, Any], headers: dict[str, str], after: int
    ) -> None:
        said = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry later", **body}
        with closing(self.open(peer)) as session:
            monkeypatch.setattr(peer.server, "serve", lambda _call: Reply(said, 429, headers))
            with pytest.raises(TryLater) as caught:
                session.send(Answer("k", "Hello", "-1001/100", "-1001/100"))
        assert caught.value.after == after
        assert peer.heard() == []
