"""Telegram, against a server that plays the Bot API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Change, Reaction
from app.base.message import Reply as Answer
from app.channels.base import Refused, TryLater, UnknownOutcome
from app.workbench import Workbench
from tests.app.channels.along import PICTURE, Along
from tests.app.channels.contract import WORDS, Changed, Contract, pulled
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.app.channels.posted import PostedThrough
from tests.app.channels.reacted import Reacted
from tests.servers.played import CLOSE_AFTER, CLOSE_BEFORE, Reply
from tests.servers.telegram import GROUP, BotApi


def place(number: str) -> tuple[int, int]:
    """A remote id's chat and message."""
    chat, _, message = number.partition("/")
    return int(chat), int(message)


class Peer:
    kind = "telegram"

    def __init__(self, server: BotApi) -> None:
        self.server, self.say = server, server.say
        self.fields = {"server": server.url}
        self.secrets, self.wrong = {"token": server.token}, {"token": "4711:no"}

    def heard(self) -> list[tuple[str, str]]:
        return [
            (one["text"], f"-1001/{one['reply_parameters']['message_id']}")
            for one in self.server.sent
            if "reply_parameters" in one
        ]

    def posts(self) -> list[tuple[str, str]]:
        """What we published there of ourselves: (text, chat)."""
        return [(one["text"], str(one["chat_id"])) for one in self.server.sent if "reply_parameters" not in one]

    def reads(self, number: str) -> str | None:
        row = self.server.messages.get(place(number))
        return row.get("text", row.get("caption")) if row else None

    def files(self) -> list[tuple[str, bytes]]:
        every = [row for row in self.server.messages.values() if "document" in row or "photo" in row]
        return [
            self.server.contents[(row["document"] if "document" in row else row["photo"][0])["file_id"]]
            for row in every
        ]

    def reactions(self, number: str) -> list[str]:
        return ["❤️" if one == "❤" else one for one in self.server.given.get(place(number), [])]

    def take_away(self, number: str) -> None:
        del self.server.messages[place(number)]

    def how_it_stands(self, number: str) -> str:
        return "" if place(number) in self.server.messages else "gone"

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}


@pytest.fixture
def peer() -> Iterator[Peer]:
    server = BotApi()
    yield Peer(server)
    server.stop()


class TestTelegram(Contract, Changed, Reacted, PostedThrough, Along, Garbled, Limited):
    venue = str(GROUP)
    limits = (
        (Reply({"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 41",
                "parameters": {"retry_after": 41}}, 429, {"Retry-After": "41"}), 41),
    )  # fmt: skip

    def test_a_reaction_given_elsewhere_is_shown_and_can_be_taken_back_here_or_there(self) -> None:  # type: ignore[override]
        pytest.skip("a bot is told of no reactions of its own")

    def test_a_reaction_asked_for_twice_is_given_once_and_looked_up(  # type: ignore[override]
        self, peer: Peer
    ) -> None:
        there = peer.say("bela", "Köszönöm!")
        with closing(self.open(peer)) as session:
            for what in self.of(peer).can.react.offered[:2]:  # type: ignore[union-attr]
                asked = Reaction("key", there, what, clock.now())
                for act, left in ((session.react, [what]), (session.unreact, [])):  # type: ignore[attr-defined]
                    for _ in range(2):
                        act(asked)
                    assert peer.reactions(there) == left
                with pytest.raises(UnknownOutcome):
                    session.reacted(asked)  # type: ignore[attr-defined]

    def test_a_reaction_to_what_is_gone_is_refused(self, peer: Peer) -> None:  # type: ignore[override]
        there = peer.say("anna", "Said too soon")
        peer.take_away(there)
        asked = Reaction("key-late", there, "👍", clock.now())
        with closing(self.open(peer)) as session:
            with pytest.raises(Refused):
                session.react(asked)  # type: ignore[attr-defined]
            session.unreact(asked)  # type: ignore[attr-defined]

    def test_a_reaction_waits_until_it_is_known_what_became_of_another(
        self, bench: Workbench, account: int, peer: Peer
    ) -> None:
        """A bot has one reaction at each message: one that is given again would take the place of a later one."""
        there = peer.say("anna", "Takk!")
        assert self.pull(bench, account, 1) == 1
        message, given = self.number(bench, there), bench.outbox.reactions
        first = given.react(message, "👍", hold_seconds=0)
        peer.server.moods.append(CLOSE_BEFORE)
        bench.sync.send(account)
        with pytest.raises(UserError, match="still finding out"):
            given.react(message, "❤️")
        self.undecided(bench, first)
        bench.sync.send(account)
        bench.sync.send(account)
        self.send(bench, account, given.react(message, "❤️", hold_seconds=0))
        assert peer.reactions(there) == ["❤️"]

    def test_a_post_of_the_person_is_there_once_and_its_answers_join_it(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        """A bot learns where it can post from what is said there."""
        peer.say("bela", "Is anybody here?")
        assert self.pull(bench, account, 1) == 1
        super().test_a_post_of_the_person_is_there_once_and_its_answers_join_it(bench, account, peer)

    def test_what_came_back_before_its_answer_is_met(self, bench: Workbench, account: int, peer: Peer) -> None:
        """Nothing comes back to a bot: the person is asked."""
        number = self.with_files(bench, account, peer, WORDS["hu"], PICTURE)
        peer.server.moods.append(CLOSE_AFTER)
        bench.sync.send(account)
        self.undecided(bench, number)
        bench.sync.send(account)
        assert bench.outbox.get(number).state == "undecided"
        bench.outbox.confirm(number)
        assert self.ours(bench) == [(WORDS["hu"], None, 1)]
        assert len(peer.files()) == 1

    def test_a_change_asked_for_twice_is_done_once_and_read_back(
        self, bench: Workbench, account: int, peer: Peer
    ) -> None:
        """Nothing is read back: a change is asked for again, and see `test_telegram_chats`."""
        _, there = self.said(bench, account, peer, "Opne")
        with closing(self.open(peer)) as session:
            for _ in range(2):
                session.correct(Change("c", there, "Open", "Opne"))  # type: ignore[attr-defined]
                assert peer.reads(there) == "Open"

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
        assert self.after_a_gap(bench) == len(said)
        peer.say("cyril", "And on")
        assert self.after_a_gap(bench) == 1
        assert self.after_a_gap(bench) == 0
        assert sorted(self.texts(bench)) == sorted(["Before the holidays", *said, "And on"])

    @staticmethod
    def after_a_gap(bench: Workbench) -> int:
        """Pull when Rapport had not asked for more than a day, which is said; how many came in."""
        line = bench.sync.pull("There")
        assert "24 hours" in line.error
        return line.new

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
