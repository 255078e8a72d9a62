"""A session that accepts any reply at once and sends nothing anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.base.clock import now
from app.base.message import Change, Reaction, Reply, Target
from app.base.words import tr
from app.channels.base import Above, Found, Page, PostAbove, Sent
from app.channels.demo.above import post_above


class DemoSession:
    """Pretends to send every reply; never receives anything."""

    def check(self) -> Found:
        """Always succeed."""
        venues = [["news", tr("News")], ["questions", tr("Questions")], ["recipes", tr("Recipes")]]
        sentence = tr("This is the demo: replies stay in its file, and nothing leaves this computer.")
        return Found(sentence, facts={"venues": json.dumps(venues, ensure_ascii=False)})

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield nothing."""
        del cursor
        yield from ()

    def send(self, reply: Reply) -> Sent:
        """Pretend to send it now."""
        sent = f"demo-{reply.key}"
        return Sent(sent, at=now(), thread=sent if reply.venue else "")

    def find_sent(self, reply: Reply) -> Sent | None:
        """Pretend that it was sent now."""
        return self.send(reply)

    def moderate(self, verb: str, on: Target) -> None:
        """Do nothing: our own file keeps what has come of it."""
        del verb, on

    def correct(self, change: Change) -> None:
        """Do nothing."""
        del change

    def withdraw(self, change: Change) -> None:
        """Do nothing."""
        del change

    def reads(self, change: Change) -> str | None:
        """Pretend that it reads as it was asked to; None for a withdrawal."""
        return change.text or None

    def react(self, reaction: Reaction) -> None:
        """Do nothing."""
        del reaction

    def unreact(self, reaction: Reaction) -> None:
        """Do nothing."""
        del reaction

    def reacted(self, reaction: Reaction) -> bool:
        """Pretend that it is as it was asked to be: the demo never has anything undecided."""
        del reaction
        return True

    def post_above(self, above: Above) -> PostAbove | None:
        """Return a post of the demo's own."""
        return post_above(above)

    def close(self) -> None:
        """Do nothing: there is no connection."""
