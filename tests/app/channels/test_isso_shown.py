"""Isso: one page that fails keeps no other back, and what is only not shown is not taken away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Reply
from app.channels import isso as channel
from app.channels.base import TryLater, UnknownOutcome
from tests.servers.played import Call, Played
from tests.servers.played import Reply as PlayedReply


class Pages(Played):
    """An Isso with a comment on each of its pages, of which some fail (a 500 of Isso's own, or a proxy's page)."""

    def __init__(self) -> None:
        super().__init__()
        now = clock.now()
        self.broken: dict[str, PlayedReply] = {}
        self.rows: dict[str, list[dict[str, Any]]] = {
            uri: [self.row(number, f"On {uri}", now - 60, "Anna", uri=uri)]
            for number, uri in enumerate(("/a/", "/b/", "/c/", "/d/"), 1)
        }

    @staticmethod
    def row(number: int, text: str, created: int, author: str, **more: Any) -> dict[str, Any]:
        return {
            "id": number, "text": text, "created": float(created), "author": author, "hash": author, "website": None,
            "parent": None, "mode": 1, "replies": [], **more,
        }  # fmt: skip

    def serve(self, call: Call) -> PlayedReply:
        if call.path == "/latest":
            return PlayedReply([row for rows in self.rows.values() for row in rows])
        if call.path == "/count":
            return PlayedReply([len(self.rows.get(uri, ())) for uri in call.body])
        uri = call.query.get("uri", "")
        if call.path == "/" and uri:
            return self.broken.get(uri) or PlayedReply({"replies": self.rows.get(uri, [])})
        return PlayedReply({}, 404)


@pytest.fixture
def server() -> Iterator[Pages]:
    made = Pages()
    yield made
    made.stop()


def opened(server: Pages) -> Any:
    return channel.open({"server": server.url, "site": server.url, "name": "Jana", "latest": "yes"}, {})


@pytest.mark.parametrize(
    "answer",
    [PlayedReply(b"Internal Server Error", 500), PlayedReply(b"<form>Log in</form>", 200), PlayedReply(b"No", 403)],
)
def test_a_page_that_fails_keeps_no_other_back(server: Pages, answer: PlayedReply) -> None:
    server.broken["/b/"] = answer
    cursor: dict[str, str] = {}
    with closing(opened(server)) as session:
        pages = list(session.pull(cursor))
        assert {item.text for page in pages for item in page.items} == {"On /a/", "On /c/", "On /d/"}
        assert ["/b/" in page.trouble for page in pages if page.trouble] == [True]
        for page in pages:
            cursor.update(page.cursor)
        server.broken.clear()
        assert "On /b/" in {item.text for page in session.pull(cursor) for item in page.items}
        server.broken = dict.fromkeys(("/a/", "/b/", "/c/"), PlayedReply(b"Internal Server Error", 500))
        with pytest.raises(TryLater):
            list(session.pull({}))


def test_what_waits_for_approval_is_not_taken_away_with_the_password(server: Pages) -> None:
    held = json.dumps({"9-1": "/a/"})
    with closing(opened(server)) as session:
        pages = list(session.pull({"held": held}))
    assert not [item for page in pages for item in page.items if item.gone]
    assert not any("held" in page.cursor for page in pages), "it is compared once the password is back"


def test_the_same_thanks_in_another_thread_are_not_these(server: Pages) -> None:
    now = clock.now()
    ours = server.row(7, "Thank you!", now, "Jana", parent=1)
    server.rows["/a/"][0]["replies"] = [ours]
    server.rows["/a/"].append(server.row(8, "Me too", now - 30, "Bela"))
    with closing(
        channel.open({"server": server.url, "site": server.url, "name": "Jana", "latest": "yes"}, {})
    ) as session:
        found = session.find_sent(Reply("key", "Thank you!", "1 /a/", "1-1", at=now))
        assert found is not None
        with pytest.raises(UnknownOutcome, match="Isso doesn't show comments waiting"):
            session.find_sent(Reply("key", "Thank you!", "8 /a/", "8-1", at=now))
