"""A session on a played GitHub, for tests of what it reads and does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Reply as Answer
from app.channels import github
from app.channels.base import Page
from app.channels.github import asking
from app.channels.http import pace
from app.channels.http.pace import Limit
from tests.servers.github import GitHub


def raised(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    """A played GitHub, at which nobody waits a second between two writes."""
    monkeypatch.setattr(asking, "_WRITES", Limit(80, 60.0))
    pace.forget()
    server = GitHub()
    yield server
    server.stop()
    pace.forget()


def session(server: GitHub, **more: str) -> Any:
    fields = {"server": server.url, "repository": "lemonade/club", **more}
    return github.open(fields, {"token": server.token})


def checked(server: GitHub) -> Any:
    """A session with the facts of a check, as the house opens it."""
    with closing(session(server)) as there:
        facts = there.check().facts
    return session(server, **facts)


def pages(server: GitHub, cursor: dict[str, str]) -> list[Page]:
    """The pages of a pull; `cursor` goes on as it does in the house."""
    found = []
    with closing(checked(server)) as there:
        for page in there.pull(dict(cursor)):
            cursor.update(page.cursor)
            found.append(page)
    return found


def rows(found: list[Page]) -> list[Any]:
    return [row for page in found for row in page.items]


def troubles(found: list[Page]) -> set[str]:
    return {page.trouble for page in found if page.trouble}


def reply(server: GitHub, parent: str, text: str, **more: Any) -> Answer:
    return Answer(key="k", text=text, thread=server.topic, parent=parent, at=clock.now(), **more)
