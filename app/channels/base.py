"""The contract of a channel: the session that reads and sends, the values it returns, and its four errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.base.errors import UserError
from app.base.message import Author, Change, FolderChanges, Incoming, OwnReaction, Place, Reaction, Reply, Target
from app.channels.channel import (
    BAN,
    DELETE,
    HIDE,
    KEY,
    LOCK,
    LOOK_UP,
    MUTE,
    NONE,
    SHOW,
    SOLVE,
    SPAM,
    UNBAN,
    UNLOCK,
    UNMUTE,
    UNSOLVE,
    Can,
    Channel,
    Field,
    Files,
    Posting,
)
from app.mail.robots import AUTOMATIC

__all__ = [  # re-exports app.channels.channel, for modules that need both
    "BAN", "DELETE", "HIDE", "HISTORY", "HISTORY_STOPPED", "KEY", "LOCK", "LOOK_UP", "MUTE", "NONE", "PAGE", "SHOW",
    "SOLVE", "SPAM", "UNBAN", "UNLOCK", "UNMUTE", "UNSOLVE", "Above", "AuthNeeded", "Can", "Channel", "Contextual",
    "Correcting", "Field", "Files", "Found", "Holding", "Moderating", "Page", "PostAbove", "Posting", "Reacting",
    "Refused", "Sent", "Session", "Shared", "SignIn", "Suggested", "TryLater", "UnknownOutcome", "Watching",
    "Withdrawing", "by_program", "in_pages", "taken_away",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages and the cursor entries that mark them as read; both are stored in one transaction.

    `changes` are what other programs did in a folder that both read. `history` is (messages read, messages in all) on a
    page of what was there before the account was connected: such pages come after all that is new, and the person may
    stop them. `trouble` is a sentence on a part of the account that cannot be read, while the rest can.
    `reacted` is what the channel tells of our own reactions to messages, on this page or on earlier ones. `facts` are
    what it told of the account meanwhile: they replace those of the last check that have the same name.
    """

    items: tuple[Incoming, ...]
    cursor: dict[str, str]
    changes: FolderChanges | None = None
    history: tuple[int, int] | None = None
    trouble: str = ""
    reacted: tuple[OwnReaction, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the channel accepted; `at` is its time in Unix seconds, None if unknown.

    `thread` is the channel's key of the conversation that it is in, where the message began it. `also` are the other
    messages that it is there, where its files are messages of their own: it is one message with us.
    """

    remote_id: str
    url: str = ""
    at: int | None = None
    thread: str = ""
    also: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Suggested:
    """What was found out about an account from the first of its form's fields, before any login.

    `fields` are values for other fields of the form; `sentence` says what was found, and where. Not `sure`: it is
    guessed, or vouched for by nobody, so the person is asked before anything is sent there. `hint` says what the login
    takes, `page` is the web page where that is made, and `notes` are sentences on what could not be looked up.
    `password`: one can log in with a password; `browser` is the value of the channel's field `browser_by` for logging
    in with the browser, "" if that is impossible. `asks` are fields that the person should see, as they decide on it.
    """

    fields: Mapping[str, str]
    sentence: str
    sure: bool = True
    hint: str = ""
    page: str = ""
    notes: tuple[str, ...] = ()
    password: bool = True
    browser: str = ""
    asks: tuple[str, ...] = ()


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


def by_program(item: Incoming) -> Incoming:
    """Return a message as one that a program posted without naming us: nobody waits for an answer to it.

    Whether it answers one of our messages, and so may be meant for us all the same, is found out as it is stored.
    """
    return item._replace(quiet=AUTOMATIC, person=False)


def taken_away(remote_id: str, at: int = 0) -> Incoming:
    """Return the record of a deletion; `at` is when the message was written, in Unix seconds, 0 if unknown."""
    return Incoming(remote_id, at, "", Author("", ""), gone=True)


HISTORY = "history"
"""The cursor entry that says how much of the history has been read: `READ:ALL`, in messages."""
HISTORY_STOPPED = "history stopped"
"""The cursor entry by which the person stopped the reading of the history: "yes" or ""."""


class Shared(Session, Protocol):
    """A session on a mailbox that other programs use as well."""

    def locate(self, remote_ids: Sequence[str]) -> dict[str, str]:
        """Where these letters are now, gone from where they were read: ARCHIVED and so on, see `app.base.message`.

        May leave some out, to be asked for again. Raises the four errors.
        """

    def original(self, places: Sequence[Place], remote_id: str) -> bytes | None:
        """The bytes of a letter as it came, from where it was last seen, else found by its id; None if it is gone.

        Raises the four errors.
        """


class Holding(Session, Protocol):
    """A session on a mailbox where parts of letters stay that are too large for our file."""

    def part(self, places: Sequence[Place], remote_id: str, section: str) -> bytes | None:
        """The decoded content of one part of a letter (see `app.mail.parts`); None if the letter is not there.

        `places` are where it was last seen, `remote_id` is its Message-ID as we keep it. Raises the four errors.
        """


class Watching(Session, Protocol):
    """A session on a channel whose server says when something is new."""

    def watch(self, heard: Callable[[], object]) -> bool:
        """Wait on a connection of its own and call `heard` whenever something has changed; until `stop_watching`.

        Returns False at once if this server cannot say it. Raises TryLater if the connection broke, or another error.
        """

    def stop_watching(self) -> None:
        """End `watch` within a second, from any thread; never raises."""


class Moderating(Session, Protocol):
    """A session on a channel that can moderate."""

    def moderate(self, verb: str, on: Target) -> None:
        """Apply one of the verbs of the channel's `can.moderate` to that message, its conversation or its author.

        Idempotent. Raises one of the four errors.
        """


class Withdrawing(Session, Protocol):
    """A session on a channel where our own messages can be deleted."""

    def withdraw(self, change: Change) -> None:
        """Delete our message; idempotent: one that is no longer there counts as withdrawn. Raises as `send` does."""

    def reads(self, change: Change) -> str | None:
        """How our message reads there now, as a pull would hand it in; None if it is deleted.

        Raises UnknownOutcome if the channel cannot tell.
        """


class Correcting(Withdrawing, Protocol):
    """A session on a channel where our own messages can be given other words, too."""

    def correct(self, change: Change) -> None:
        """Replace the words of our message; idempotent. Raises as `send` does, Refused if it is no longer there."""


class Reacting(Session, Protocol):
    """A session on a channel where we can react to what others wrote."""

    def react(self, reaction: Reaction) -> None:
        """Give it; idempotent: one of ours that is there already counts. Raises as `send` does."""

    def unreact(self, reaction: Reaction) -> None:
        """Take ours back; idempotent: where it is not there, or the message is gone, that is done. Raises as `send`."""

    def reacted(self, reaction: Reaction) -> bool:
        """Whether ours is there now. Raises UnknownOutcome if the channel cannot tell: then it is asked for again."""


@dataclass(frozen=True, slots=True)
class Above:
    """Where a conversation stands: the channel's key of it, the address of its post, and the post's title.

    `hosts` are those that its channel says it asks (`Channel.above`): a picture is fetched from no other.
    """

    thread: str
    url: str
    title: str = ""
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostAbove:
    """A post that a conversation stands under, whole: its title, words and picture.

    `without` is a sentence on why its picture is not here, "" where it is, or there is none.
    """

    title: str
    text: str
    url: str = ""
    picture: bytes = b""
    without: str = ""


class Contextual(Session, Protocol):
    """A session on a channel that gives the post which comments stand under."""

    def post_above(self, above: Above) -> PostAbove | None:
        """Fetch the post that a conversation stands under; None if it is no longer there. Raises the four errors."""


class SignIn(Protocol):
    """A started browser login: `url` is the page to open; a `forgetful` server may drop the `state`."""

    url: str
    forgetful: bool

    def finish(self, answer: Mapping[str, str]) -> dict[str, str]:
        """Exchange the query that the browser came back with for secrets, by name.

        Raises AuthNeeded if the person declined.
        """


class AuthNeeded(UserError):
    """The credentials are missing, wrong or expired: the account is paused until the person logs in again."""


class TryLater(UserError):
    """Rate limited or unreachable; nothing was accepted."""

    def __init__(self, sentence: str, after: int | None = None, *, limited: bool = False) -> None:
        """`sentence` is shown; `after` is the minimum delay before a retry in seconds, None if the server gave none.

        `limited`: a limit was reached, of the server's or one that we keep for it. That is no outage: the next try does
        not wait longer each time.
        """
        super().__init__(sentence)
        self.after = after
        self.limited = limited


class Refused(UserError):
    """The channel understood the request and rejected it; a retry will not help."""


class UnknownOutcome(UserError):
    """The connection broke, or the response was unusable, after the message may have been accepted."""
