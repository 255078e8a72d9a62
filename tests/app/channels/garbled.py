"""Answers with something in them that no documentation foresees: a channel says a sentence at most."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from importlib import import_module
from typing import Any, ClassVar

import pytest

from app import clock
from app.channels.base import Page
from app.channels.base import Reply as Answer
from app.errors import UserError
from tests.servers.played import Call, Reply

GARBAGE: tuple[Any, ...] = (None, 7, -1, 3.5, "x", "", [], {}, [None], {"id": 3}, True, "9" * 400, 10**30)


class Garbler:
    """Stands before a played server: in one answer of those that come, one value is another."""

    def __init__(self, serve: Callable[[Call], Reply], seed: int) -> None:
        self._serve, self._chance = serve, random.Random(seed)
        self._left = self._chance.randint(1, 8)

    def __call__(self, call: Call) -> Reply:
        answer = self._serve(call)
        self._left -= 1
        if self._left == 0 and not isinstance(answer.body, bytes):
            found = json.loads(json.dumps(answer.body))
            place = self._chance.choice(list(_places(found)))
            answer.body = _put(found, place, self._chance.choice(GARBAGE))
        return answer


def _places(found: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield here
    below = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, value in below:
        yield from _places(value, (*here, name))


def _put(found: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    made = copy.copy(found)
    made[place[0]] = _put(found[place[0]], place[1:], value)
    return made


class Garbled:
    """Beside `Contract`, where the peer has its played server as `server`. `tries` are all different, and always so."""

    tries: ClassVar[int] = 160

    def test_whatever_is_in_an_answer_it_is_no_mistake_of_ours(
        self, peer: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        house: Any = self
        asked = peer.say("anna", "Before")
        with closing(house.open(peer)) as session:
            facts = session.check().facts
            pages = list(session.pull({}))
        cursor = {name: told for page in pages for name, told in page.cursor.items()}
        thread = next(row.thread for page in pages for row in page.items if row.remote_id == asked)
        for number in range(8):
            peer.say("bela", f"Meanwhile {number}", asked)
        plain, open_ = peer.server.serve, import_module(f"app.channels.{peer.kind}").open
        for seed in range(self.tries):
            monkeypatch.setattr(peer.server, "serve", Garbler(plain, seed))
            with closing(open_({**facts, **peer.fields}, dict(peer.secrets))) as there, suppress(UserError):
                reply = Answer("k", f"Words of their own {seed}", thread, asked, at=clock.now())
                doings: tuple[Callable[[], object], ...] = (
                    there.check,
                    lambda: _sane(list(there.pull({}))),
                    lambda: _sane(list(there.pull(dict(cursor)))),
                    lambda: there.find_sent(reply),  # noqa: B023
                    lambda: there.send(reply),  # noqa: B023
                    lambda: there.moderate("hide", asked),
                    lambda: there.moderate("show", asked),
                )
                doings[seed % len(doings)]()


def _sane(pages: list[Page]) -> None:
    """What is handed in is of the kinds that are promised."""
    for page in pages:
        assert all(isinstance(told, str) for told in page.cursor.values())
        for row in page.items:
            texts = (row.remote_id, row.text, row.author.key, row.author.name, row.thread, row.parent, row.post_title)
            assert all(isinstance(told, str) for told in texts)
            assert isinstance(row.at, int)
            assert row.remote_id
