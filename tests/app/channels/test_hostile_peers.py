"""A peer that answers something else than what it promised: one sentence, nothing lost, no mistake of ours.

Every channel whose address the person enters meets the same peer.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from itertools import count
from typing import Any

import pytest

from app.base.errors import UserError
from app.base.message import Reply as Answer
from tests.servers.played import Call, Played, Reply

PAGE = b"<!doctype html><html><head><title>Sign in</title></head><body><p>Please sign in to the hotel's wi-fi"
BOMB = gzip.compress(b"[" * 60_000_000)
GHOST_KEY = "6b02ae8ee08a956c32ed3faf:" + "0" * 64
FIELDS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "wordpress": (
        {"site": "{url}", "name": "jana", "api": "{url}/wp-json/", "me": "1", "moderates": "yes"}, {"password": "x"},
    ),
    "feed": ({"address": "{url}/feed", "own_server": "yes"}, {}),
    "mastodon": ({"server": "{url}"}, {"token": "x"}),
    "ghost": ({"server": "{url}"}, {"key": GHOST_KEY}),
    "isso": ({"server": "{url}", "site": "{url}", "name": "Jana", "latest": "yes"}, {"password": "x"}),
    "discourse": ({"server": "{url}", "login": "jana"}, {"key": "x"}),
    "matrix": ({"user": "@jana:{host}", "server": "{url}"}, {"token": "x"}),
    "bluesky": ({"handle": "jana.example", "server": "{url}"}, {"password": "x"}),
}  # fmt: skip
"""The fields and secrets of an account at the peer's address, by channel."""


class Peer(Played):
    """Answers everything alike."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = count()
        self.how: Callable[[Call], Reply] = lambda _: Reply()

    def serve(self, call: Call) -> Reply:
        return self.how(call)


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    made = Peer()
    yield made
    made.stop()


def _circle(_peer: Peer) -> Callable[[Call], Reply]:
    return lambda call: Reply(b"", 302, {"Location": "/b" if call.path == "/a" else "/a"})


def _away(peer: Peer) -> Callable[[Call], Reply]:
    return lambda _: Reply(b"", 301, {"Location": f"/{next(peer.numbers)}"})


def _always(body: Any, status: int = 200, kind: str = "application/json", **more: str) -> Callable[[Peer], Any]:
    headers = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in more.items()}}
    return lambda _peer: lambda _call: Reply(body, status, headers)


ANSWERS: dict[str, Callable[[Peer], Callable[[Call], Reply]]] = {
    "a page where JSON or XML was promised": _always(PAGE, kind="text/html"),
    "a page that says it is JSON": _always(PAGE),
    "redirects in a circle": _circle,
    "redirects for ever": _away,
    "a bomb": _always(BOMB, Content_Encoding="gzip"),
    "bytes that are not the gzip that they claim to be": _always(b"\x1f\x8b\x08 no", Content_Encoding="gzip"),
    "half of the JSON": _always(b'{"id": 1, "name": "x", "items": [{"id": '),
    "half of the XML": _always(b'<?xml version="1.0"?><rss version="2.0"><chan', kind="application/xml"),
    "nothing": _always(b""),
    "JSON of a million brackets": _always(b"[" * 1_000_000),
    "a number": _always(7),
    "null": _always(None),
    "a list of lists": _always([[[]]]),
    "an error in HTML": _always(b"<h1>Bad gateway</h1>" * 99, 502, kind="text/html"),
    "a refusal in HTML": _always(b"<h1>Forbidden</h1>" * 99, 403, kind="text/html"),
    "teapot": _always({"error": {"error": {"error": ["x" * 900]}}}, 418),
}
REPLY = Answer("key", "Takk!", "1", "1", at=1_790_000_000)


def opened(kind: str, peer: Peer) -> Any:
    fields, secrets = FIELDS[kind]
    host = peer.url.partition("://")[2]
    return import_module(f"app.channels.{kind}").open(
        {name: value.format(url=peer.url, host=host) for name, value in fields.items()}, dict(secrets)
    )


def _act(session: Any, name: str) -> None:
    if name == "check":
        session.check()
    elif name == "pull":
        list(session.pull({}))
    else:
        session.send(REPLY)


@pytest.mark.parametrize("what", ANSWERS)
@pytest.mark.parametrize("kind", FIELDS)
def test_whatever_answers_one_sentence_is_said(kind: str, what: str, peer: Peer) -> None:
    peer.how = ANSWERS[what](peer)
    for name in ("check", "pull", "send"):
        with closing(opened(kind, peer)) as session:
            said = _sentence(session, name)
        if said is None:
            assert name != "send", "nothing was accepted"
            continue
        assert re.fullmatch(r"[A-Z0-9“].{10,400}[.!]", said), (name, said)
        assert not any(words in said for words in ("<h1>", "Traceback", "Basic ", GHOST_KEY))


def _sentence(session: Any, name: str) -> str | None:
    """What is said; None if nothing was wrong."""
    try:
        _act(session, name)
    except UserError as why:
        return str(why)
    return None
