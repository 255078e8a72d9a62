"""The contract of a channel: the session that reads and sends, the values it returns, and its four errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.base.errors import UserError
from app.base.message import Author, Incoming, Reply
from app.channels.channel import DELETE, HIDE, KEY, LOOK_UP, NONE, SHOW, SPAM, Can, Channel, Field, Files

__all__ = [  # re-exports app.channels.channel, for modules that need both
    "DELETE", "HIDE", "KEY", "LOOK_UP", "NONE", "PAGE", "SHOW", "SPAM", "AuthNeeded", "Can", "Channel", "Field",
    "Files", "Found", "Moderating", "Page", "Refused", "Sent", "Session", "SignIn", "TryLater", "UnknownOutcome",
    "in_pages", "taken_away",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages and the cursor entries that mark them as read; both are stored in one transaction."""

    items: tuple[Incoming, ...]
    cursor: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the channel accepted; `at` is its time in Unix seconds, None if unknown.

    `thread` is the channel's key of the conversation that it is in, where the message began it.
    """

    remote_id: str
    url: str = ""
    at: int | None = None
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a login: one sentence for the person, and what to remember about the account.

    `own` are our handles or ids there, as author keys. `facts` are passed to later sessions among their `fields`;
    `limit` is one of them if the server has its own maximum length. `offers` maps a form field to its choices.
    """

    sentence: str
    own: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Session(Protocol):
    """A connection for one account's fields and secrets; used by one worker at a time."""

    def check(self) -> Found:
        """Log in for real; raises one of the four errors."""

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield what is new since the cursor, oldest first, in pages of at most PAGE messages.

        A message that cannot be parsed is skipped; it neither blocks the others nor counts as deleted.
        """

    def send(self, reply: Reply) -> Sent:
        """Send it. Raises Refused, AuthNeeded or TryLater if it was certainly not accepted, else UnknownOutcome."""

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look up whether the reply arrived: the message, or None if it certainly did not.

        Raises UnknownOutcome if the channel cannot tell.
        """

    def close(self) -> None:
        """Close the connections; never raises."""


PAGE = 200
"""Maximum number of messages on a page."""


def in_pages(
    items: Sequence[Incoming], moved: Mapping[str, str], meanwhile: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """Split messages into pages; the last page's cursor is `moved`, and there is one page even without messages.

    The pages before it carry `meanwhile`, by default {}: a pull that is interrupted reads all of these again.
    """
    for begin in range(0, max(len(items), 1), PAGE):
        last = begin + PAGE >= len(items)
        yield Page(tuple(items[begin : begin + PAGE]), dict(moved if last else meanwhile or {}))


def taken_away(remote_id: str, at: int = 0) -> Incoming:
    """Return the record of a deletion; `at` is when the message was written, in Unix seconds, 0 if unknown."""
    return Incoming(remote_id, at, "", Author("", ""), gone=True)


class Moderating(Session, Protocol):
    """A session on a channel that can moderate."""

    def moderate(self, verb: str, remote_id: str) -> None:
        """Apply HIDE, SHOW, SPAM or DELETE to that message; idempotent. Raises one of the four errors."""


class SignIn(Protocol):
    """A started browser login: `url` is the page to open."""

    url: str

    def finish(self, answer: Mapping[str, str]) -> dict[str, str]:
        """Exchange the query that the browser came back with for secrets, by name.

        Raises AuthNeeded if the person declined.
        """


class AuthNeeded(UserError):
    """The credentials are missing, wrong or expired: the account is paused until the person logs in again."""


class TryLater(UserError):
    """Rate limited or unreachable; nothing was accepted."""

    def __init__(self, sentence: str, after: int | None = None) -> None:
        """`sentence` is shown; `after` is the minimum delay before a retry in seconds, None if the server gave none."""
        super().__init__(sentence)
        self.after = after


class Refused(UserError):
    """The channel understood the request and rejected it; a retry will not help."""


class UnknownOutcome(UserError):
    """The connection broke, or the response was unusable, after the message may have been accepted."""
