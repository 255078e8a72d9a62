"""A workspace on Slack for tests, and a house that pulls from it a round at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from app.base.message import Incoming, OwnReaction
from app.channels.base import TryLater
from app.channels.http import pace
from app.channels.slack.names import forget
from app.channels.slack.session import SlackSession
from tests.servers.slack import Slack


@contextmanager
def workspace() -> Iterator[Slack]:
    """A workspace of which nothing is known yet."""
    pace.forget()
    forget()
    made = Slack()
    made.people["U1"] = "anna"
    yield made
    made.stop()


class House:
    """Pulls as the house does, a round a minute, and remembers what came in."""

    def __init__(self, server: Slack) -> None:
        self.server = server
        self.cursor: dict[str, str] = {}
        self.found: dict[str, Incoming] = {}
        self.reactions: list[OwnReaction] = []
        self.gone: list[str] = []
        self.trouble = ""
        self.limited = False

    def round(self, **more: str) -> None:
        """A minute passes, and a pull takes what it gets."""
        self.server.a_minute_passes()
        pace.forget()
        self.limited = False
        fields = {"server": self.server.url, "me": self.server.me, "url": "https://lemonade.slack.example/", **more}
        with closing(SlackSession(fields, {"token": self.server.token})) as session:
            try:
                for page in session.pull(dict(self.cursor)):
                    self.cursor.update(page.cursor)
                    self.trouble = self.trouble or page.trouble
                    self.reactions += page.reacted
                    for row in page.items:
                        if row.gone:
                            self.gone.append(row.remote_id)
                        else:
                            self.found[row.remote_id] = row
            except TryLater as why:
                if not why.limited:
                    raise
                self.limited = True

    @property
    def texts(self) -> set[str]:
        return {row.text for row in self.found.values()}
