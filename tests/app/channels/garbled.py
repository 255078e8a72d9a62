"""Answers with something in them that no documentation foresees: a channel says a sentence at most."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from functools import partial
from importlib import import_module
from typing import Any, ClassVar

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Reply as Answer
from app.base.message import Target
from app.channels.base import Page
from tests.app.channels.contract import pulled
from tests.examples import quick
from tests.fuzz.mutating import paths
from tests.servers.played import Call, Reply

GARBAGE: tuple[Any, ...] = (
    None, True, 7, -1, 3.5, 10**30, "", "x", "9" * 400, "\ud800", "2026-13-45T99:00:00Z",
    [], {}, [None], [[]], ["x"], {"id": 3},
)  # fmt: skip


class Garbler:
    """Stands before a played server: one value is another, for an even seed in one of the first eight answers,
    for an odd one in about every second.
    """

    def __init__(self, serve: Callable[[Call], Reply], seed: int) -> None:
        self._serve, self._chance = serve, random.Random(seed)
        self._often = bool(seed % 2)
        self._left = self._chance.randint(1, 8)

    def __call__(self, call: Call) -> Reply:
        answer = self._serve(call)
        self._left -= 1
        if isinstance(answer.body, bytes) or not (self._chance.random() < 0.5 if self._often else self._left == 0):
            return answer
        found = json.loads(json.dumps(answer.body))
        place = self._chance.choice(list(paths(found)))
        return Reply(_put(found, place, self._chance.choice(GARBAGE)), answer.status, answer.headers)


def _put(found: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    made = copy.copy(found)
    made[place[0]] = _put(found[place[0]], place[1:], value)
    return made


class Garbled:
    """Beside `Contract`, where the peer has its played server as `server`. `tries` are all different, and always so.

    `variants` are fields to try in turn.
    """

    tries: ClassVar[int] = 40 if quick() else 160
    variants: ClassVar[tuple[dict[str, str], ...]] = ({},)

    def test_whatever_is_in_an_answer_it_is_no_mistake_of_ours(
        self, peer: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        house: Any = self
        asked = peer.say("anna", "Before")
        with closing(house.open(peer)) as session:
            facts = session.check().facts
            cursor: dict[str, str] = {}
            thread = next(row.thread for row in pulled(session, cursor) if row.remote_id == asked)
        for number in range(8):
            peer.say("bela", f"Meanwhile {number}", asked)
        kept, plain, open_ = dict(cursor), peer.server.serve, import_module(f"app.channels.{peer.kind}").open
        for seed in range(self.tries):
            monkeypatch.setattr(peer.server, "serve", Garbler(plain, seed))
            fields = {**facts, **peer.fields, **self.variants[seed % len(self.variants)]}
            with closing(open_(fields, dict(peer.secrets))) as there, suppress(UserError):
                reply = Answer("k", f"Words of their own {seed}", thread, asked, at=clock.now())
                doings: tuple[Callable[[], object], ...] = (
                    there.check,
                    lambda: _sane(there.pull({})),
                    lambda: _sane(there.pull(dict(cursor)), kept),
                    lambda: there.find_sent(reply),  # noqa: B023
                    lambda: there.send(reply),  # noqa: B023
                    *(
                        partial(there.moderate, verb, Target(asked, thread))
                        for verb in sorted(house.of(peer).can.moderate)
                    ),
                )
                doings[seed // 2 % len(doings)]()
        monkeypatch.setattr(peer.server, "serve", plain)
        with closing(house.open(peer)) as session:
            pulled(session, kept)
            peer.say("dora", "After all that")
            assert "After all that" in [row.text for row in pulled(session, kept)]

    @pytest.mark.parametrize("said", [{}, None, {"id": 3}], ids=str)
    def test_an_answer_without_what_was_asked_for_takes_nothing_away(
        self, peer: Any, monkeypatch: pytest.MonkeyPatch, said: Any
    ) -> None:
        house: Any = self
        cursor: dict[str, str] = {}
        asked = peer.say("anna", "Still here")
        peer.say("bela", "So am I", asked)
        with closing(house.open(peer)) as session:
            pulled(session, cursor)
        peer.say("cyril", "And I")
        plain = peer.server.serve
        for place in range(12):
            with closing(house.open(peer)) as session, suppress(UserError):
                left = iter([plain] * place + [lambda _call: Reply(said)])
                monkeypatch.setattr(peer.server, "serve", lambda call, those=left: next(those, plain)(call))
                gone = [row.remote_id for page in session.pull(dict(cursor)) for row in page.items if row.gone]
                assert gone == []
            monkeypatch.setattr(peer.server, "serve", plain)


def _sane(pages: Iterable[Page], kept: dict[str, str] | None = None) -> None:
    """What is handed in is of the kinds that are promised; `kept` takes up the cursor, as the house does."""
    for page in pages:
        if kept is not None:
            kept.update(page.cursor)
        assert all(isinstance(told, str) for told in page.cursor.values())
        for row in page.items:
            texts = (row.remote_id, row.text, row.author.key, row.author.name, row.thread, row.parent, row.post_title)
            assert all(isinstance(told, str) for told in texts)
            assert isinstance(row.at, int)
            assert row.remote_id
