"""Mastodon's client API, against a second real server of it: snac, which knows no keys, pages, batches or deletions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base.message import Change, Target
from app.channels.base import BAN, MUTE, UNBAN, UNMUTE, Refused
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changing, Contract
from tests.app.channels.posted import Posted
from tests.app.channels.reacted import Reacted
from tests.app.channels.test_mastodon import answer
from tests.servers.snac import PATIENCE, Person, Snac, serving
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def snac() -> Iterator[Snac]:
    with serving() as found:
        yield found


class SnacPeer:
    kind = "mastodon"

    def __init__(self, snac: Snac) -> None:
        self._snac, self.jana = snac, snac.manager()
        self.post = self.jana.post("Ný bók! Új könyv!")
        self._said: dict[str, Person] = {}
        self.fields = {"server": snac.url}
        self.secrets, self.wrong = {"token": self.jana.token}, {"token": "tok-of-nobody"}

    def say(self, who: str, text: str, answering: str = "") -> str:
        member = self._snac.member(who)
        number = member.post(f"@{self.jana.name} {text}", answering or self.post)
        self._said[number] = member
        return number

    def heard(self) -> list[tuple[str, str]]:
        return [(text, above) for text, above, _ in self.jana.said() if above]

    def posts(self) -> list[tuple[str, str]]:
        return [(text, seen) for text, above, seen in self.jana.said() if not above]

    def change(self, number: str, text: str) -> None:
        self._said[number].api("PUT", f"statuses/{number}", json={"status": f"@{self.jana.name} {text}"})

    def take_away(self, number: str) -> None:
        self._said[number].remove(number)

    def reactions(self, number: str) -> list[str]:
        return ["favourite"] if self.jana.api("GET", f"statuses/{number}")["favourited"] else []

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}


@pytest.mark.peers
@pytest.mark.servers("apt-get", "dpkg")
class TestMastodonSnac(Contract, Changing, Reacted, Posted):
    settles = PATIENCE
    many = 60  # it lists its 64 latest notifications, and no others

    @pytest.fixture
    def peer(self, snac: Snac) -> SnacPeer:
        return SnacPeer(snac)
