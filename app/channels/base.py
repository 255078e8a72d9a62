"""What a channel does: the session that reads and sends, what it hands in, and the four ways in which it can fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.base.errors import UserError
from app.base.message import Author, Incoming, Reply
from app.channels.channel import DELETE, HIDE, KEY, LOOK_UP, NONE, SHOW, SPAM, Can, Channel, Field

__all__ = [  # with what a channel says of itself, for whoever needs both
    "DELETE", "HIDE", "KEY", "LOOK_UP", "NONE", "PAGE", "SHOW", "SPAM", "AuthNeeded", "Can", "Channel", "Field",
    "Found", "Moderating", "Page", "Refused", "Sent", "Session", "SignIn", "TryLater", "UnknownOutcome", "in_pages",
    "taken_away",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages and the cursor that says they have been read; both are stored in one transaction."""

    items: tuple[Incoming, ...]
    cursor: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the channel has taken."""

    remote_id: str
    url: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a login found: one sentence for the person, and what is worth remembering of the account.

    `own` are our handles or ids there, as authors' keys; `facts` (strings by name, `limit` among them where the server
    tells its own) come back in the fields of later sessions; `offers` holds, for a field, what there is to choose.
    """

    sentence: str
    own: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Session(Protocol):
    """A channel with one account's fields and secrets; used by one worker at a time."""

    def check(self) -> Found:
        """Log in for real and say what was found; raises one of the four errors."""

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """What is new since the cursor, oldest first, in pages of at most PAGE.

        What cannot be read keeps nothing else back, and is never taken for something that was taken away.
        """

    def send(self, reply: Reply) -> Sent:
        """Send it. Raises Refused, AuthNeeded or TryLater when it was certainly not taken, else UnknownOutcome."""

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look up whether it was taken: the message, or None when the channel is sure that it was not.

        Raises UnknownOutcome when the channel cannot tell.
        """

    def close(self) -> None:
        """Hang up; never raises."""


PAGE = 200
"""Messages on a page at most."""


def in_pages(
    items: Sequence[Incoming], moved: Mapping[str, str], meanwhile: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """These messages in pages; the cursor has `moved` with the last of them, which there is for no message, too.

    The pages before it carry `meanwhile`, or nothing: whoever is stopped between them reads all of these again.
    """
    for begin in range(0, max(len(items), 1), PAGE):
        last = begin + PAGE >= len(items)
        yield Page(tuple(items[begin : begin + PAGE]), dict(moved if last else meanwhile or {}))


def taken_away(remote_id: str, at: int = 0) -> Incoming:
    """What says that a message was taken away; `at`: when it was said, in Unix seconds, 0 where that is not known."""
    return Incoming(remote_id, at, "", Author("", ""), gone=True)


class Moderating(Session, Protocol):
    """A session on a channel that can moderate."""

    def moderate(self, verb: str, remote_id: str) -> None:
        """Do it to that message; doing it twice is as doing it once. Raises one of the four errors."""


class SignIn(Protocol):
    """A login by the system's browser that has begun: `url` is to be opened there."""

    url: str

    def finish(self, answer: Mapping[str, str]) -> dict[str, str]:
        """The secrets by name, for what the browser came back with; AuthNeeded where the person said no."""


class AuthNeeded(UserError):
    """The channel does not let us in: pause the account and ask."""


class TryLater(UserError):
    """The channel asks for patience, or cannot be reached; `after` is in seconds, None when it did not say."""

    def __init__(self, sentence: str, after: int | None = None) -> None:
        """`sentence` is shown; `after` seconds is the soonest next try."""
        super().__init__(sentence)
        self.after = after


class Refused(UserError):
    """The channel understood and said no; trying again as it is will not help."""


class UnknownOutcome(UserError):
    """The connection broke when the message may have been taken already."""
