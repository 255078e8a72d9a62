"""What a channel is: what it asks for, what it can do, what it hands in, and the four ways in which it can fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from app.errors import BugError, UserError


@dataclass(frozen=True, slots=True)
class Author:
    """Who said something, as the channel knows them. `key` is what makes two the same: an address, an id, a handle."""

    key: str
    handle: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a channel or a file hands it in; plain text, times in Unix seconds UTC.

    `remote_id` is stable at the channel and unique in the account. `thread` is the channel's own key of the
    conversation; where it has none (mail), `refs` names the messages it answers, the nearest last. `out` is True for
    our own. `kind` is said, offline (heard in person) or unreadable (then `raw` holds the bytes and `text` says why).
    """

    remote_id: str
    at: int
    text: str
    author: Author
    out: bool = False
    thread: str = ""
    refs: tuple[str, ...] = ()
    parent: str = ""
    title: str = ""
    post_title: str = ""
    post_url: str = ""
    url: str = ""
    public: bool = True
    language: str = ""
    kind: str = "said"
    raw: bytes | None = None
    attached: tuple[Attached, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages and the cursor that says they have been read; both are stored in one transaction."""

    items: tuple[Incoming, ...]
    cursor: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be sent. `key` is fixed before the first try; sending it twice has to be recognisable by it."""

    key: str
    text: str
    thread: str
    parent: str
    title: str = ""
    refs: tuple[str, ...] = ()
    to: Author | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the channel has taken."""

    remote_id: str
    url: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that the account form asks for; a secret one goes to the keyring."""

    key: str
    label: str
    secret: bool = False
    default: str = ""
    help: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Can:
    """What can be done on the channel, and how it counts length (`characters`, `graphemes`, `utf16`, `bytes`)."""

    reply: bool = True
    private: bool = False
    edit: bool = False
    hide: bool = False
    limit: int | None = None
    counts: str = "characters"


class Session(Protocol):
    """A channel with one account's fields and secrets; used by one worker at a time."""

    def check(self) -> str:
        """Log in for real and say in one sentence what was found; raises one of the four errors."""

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """What is new since the cursor, oldest first, in pages of at most 200."""

    def send(self, reply: Reply) -> Sent:
        """Send it. Raises Refused, AuthNeeded or TryLater when it was certainly not taken, else UnknownOutcome."""

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look up whether it was taken: the message, or None when the channel is sure that it was not.

        Raises UnknownOutcome when the channel cannot tell.
        """

    def close(self) -> None:
        """Hang up; never raises."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of place. `open(fields, secrets)` makes a Session; no connection is made before the first call on it."""

    kind: str
    title: str
    fields: tuple[Field, ...]
    can: Can
    icon: str = "message-square"
    reply_words: str = "Reply"
    live: bool = True
    extra: dict[str, str] = field(default_factory=dict)


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


class Broken(BugError):
    """The channel answered something that our code does not know."""
