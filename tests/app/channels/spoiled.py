"""Answers of a played server with something in them that does not belong there: each is a sentence at most."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from contextlib import closing
from typing import Any

from app.channels.base import Session
from app.errors import UserError
from tests.servers.played import Call, Played, Reply

_ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    "",
    "x",
    [],
    {},
    ["x"],
    {"x": "y"},
    "\ud800",
    "2026-13-45T99:00:00Z",
    [None],
    [[]],
)


def spoil(server: Played, chance: random.Random) -> None:
    """From now on about every second answer of that server has one odd value somewhere in it."""
    serve = server.serve

    def odd(call: Call) -> Reply:
        reply = serve(call)
        if isinstance(reply.body, bytes) or chance.random() < 0.5:
            return reply
        return Reply(_spoiled(reply.body, chance), reply.status, reply.headers)

    server.serve = odd  # type: ignore[method-assign]


def _spoiled(body: Any, chance: random.Random) -> Any:
    whole = {"": copy.deepcopy(body)}
    places: list[tuple[Any, Any]] = []
    waiting: list[Any] = [whole]
    while waiting:
        node = waiting.pop()
        for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
            places.append((node, key))
            if isinstance(value, dict | list):
                waiting.append(value)
    node, key = chance.choice(places)
    node[key] = copy.deepcopy(chance.choice(_ODD))
    return whole[""]


def bear(make: Callable[[], Session], *acts: Callable[[Any], object]) -> list[str]:
    """Do each with a session of its own; the sentences that some ended in. Anything but a sentence is raised."""
    said = []
    for act in acts:
        with closing(make()) as session:
            try:
                act(session)
            except UserError as why:
                said.append(str(why))
    return said
