"""Isso, against the real one of PyPI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
import requests

from tests.app.channels.contract import Changing, Contract, Moderated
from tests.servers import isso
from tests.servers.isso import Isso


class Peer:
    """Members comment on one page; each has the cookie with which Isso lets edit what one wrote."""

    kind = "isso"

    def __init__(self, server: Isso, **more: str) -> None:
        self.server, self.uri = server, "/pramen/"
        self.fields = {"server": server.url, "site": server.site, "name": "Jana Správkyně", "email": "j@l.test", **more}
        self.secrets, self.wrong = {"password": isso.PASSWORD}, {"password": "wrong-pw"}
        self._cookies: dict[str, requests.Session] = {}
        server.clear()

    def say(self, who: str, text: str, answering: str = "", uri: str = "") -> str:
        member = requests.Session()
        body = {
            "text": text, "author": who.capitalize(), "email": f"{who}@lemonade.test", "title": "Pramen",
            "parent": int(answering.partition("-")[0]) if answering else None,
        }  # fmt: skip
        made = member.post(f"{self.server.url}/new", params={"uri": uri or self.uri}, json=body).json()
        number = f"{made['id']}-{int(made['created']) // 60 % 15}"
        self._cookies[number] = member
        return number

    def heard(self) -> list[tuple[str, str]]:
        found = []
        for top in requests.get(self.server.url, params={"uri": self.uri}).json()["replies"]:
            for row in (top, *top["replies"]):
                if row["author"] == self.fields["name"]:
                    number = f"{top['id']}-{int(top['created']) // 60 % 15}"
                    text = unescape(
                        re.sub(r"<[^<>]*>", "", row["text"].replace("<br>", "\n").replace("</p><p>", "\n\n"))
                    )
                    found.append((text, number if row["parent"] else ""))
        return found

    def gone(self) -> dict[str, str]:
        return {**self.fields, "server": "http://127.0.0.1:9"}

    def stands(self, number: str) -> str:
        with self.server.database() as found:
            row = found.execute("SELECT mode FROM comments WHERE id = ?", (number.partition("-")[0],)).fetchone()
        return {None: "gone", 1: "", 2: "held", 4: "gone"}[row and row[0]]

    def change(self, number: str, text: str) -> None:
        url = f"{self.server.url}/id/{number.partition('-')[0]}"
        assert self._cookies[number].put(url, json={"text": text, "author": "Anna"}).ok

    def take_away(self, number: str) -> None:
        assert self._cookies[number].delete(f"{self.server.url}/id/{number.partition('-')[0]}").ok


@pytest.fixture(scope="module")
def server() -> Iterator[Isso]:
    with isso.running() as found:
        yield found


@pytest.fixture
def peer(server: Isso) -> Peer:
    return Peer(server)


class TestIsso(Contract, Moderated, Changing):
    pass
