"""A forum to speak with, and sessions on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Reply as Answer
from app.channels import discourse
from app.channels.discourse import site
from app.channels.http import pace
from tests.app.channels import contract
from tests.servers.discourse import Forum


def raised(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    """A forum whose owner has raised its limits; `counted` gives one with those that it comes with."""
    monkeypatch.setattr(site, "KEY_LIMITS", (pace.Limit(100_000, 60),))
    monkeypatch.setattr(site, "USER_KEY_LIMITS", (pace.Limit(100_000, 60), pace.Limit(100_000, 86_400)))
    pace.forget()
    server = Forum()
    yield server
    server.stop()
    pace.forget()


def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    """A forum that counts, where nobody waits for a turn: it is left for the next time at once."""
    monkeypatch.setattr(pace.Pace.take, "__defaults__", (0.0,))
    pace.forget()
    server = Forum()
    server.counting = True
    yield server
    server.stop()
    pace.forget()


def session(server: Forum, **more: str) -> Any:
    return discourse.open({"server": server.url, "login": "lemonade", **more}, {"key": server.key})


def checked(server: Forum, **more: str) -> Any:
    """A session with the facts of a check, as the house opens it."""
    with closing(session(server, **more)) as first:
        facts = first.check().facts
    return session(server, **{**facts, **more})


def everything(server: Forum, cursor: dict[str, str] | None = None) -> tuple[list[Any], dict[str, str]]:
    """What a pull brings, and the cursor after it."""
    reached = dict(cursor or {})
    with closing(checked(server)) as there:
        return contract.pulled(there, reached), reached


def reply(server: Forum, asked: str, text: str, **more: Any) -> Answer:
    return Answer(key="k", text=text, thread=str(server.topic), parent=asked, at=clock.now(), **more)
