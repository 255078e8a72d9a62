"""What the inbox hands out: rows of the list, an opened conversation with its lines.

What is made from rows of the file before the first paint is a NamedTuple: as frozen dataclasses the rows of a page took
six times as long to make.
"""

from __future__ import annotations

from typing import NamedTuple

from app.inbox.receivers import Receiver


class Query(NamedTuple):
    """Which conversations, in which order: `needs_me` comes longest waiting first, the rest newest first."""

    state: str = "needs_me"  # needs_me, waiting, snoozed, done, all
    account_id: int | None = None
    label: str = ""
    member_id: int | None = None
    beside: int | None = None  # this conversation and those under the same post, page or video


class Ref(NamedTuple):
    """A conversation's place in the order of its list: what a model keeps, and what the next page goes on from."""

    id: int
    sort: int


class ConversationRow(NamedTuple):
    """What one row of the list shows. Times in Unix seconds UTC.

    `post_title` is of the post that it stands under, `held` whether its last message waits there for approval, `due`
    when a reply goes out for which the person chose the time, `queued` whether one waits to be sent or to be posted by
    the person. Both count as an answer: `last_out` is true, while `ours` tells who wrote what `preview` shows.
    """

    id: int
    title: str
    member_id: int | None
    member: str
    account: str
    kind: str
    public: bool
    state: str
    preview: str
    last_out: bool
    last_at: int
    waiting_since: int | None
    snoozed_until: int | None
    unread: int
    unhappy: bool
    hard: bool
    handoffs: int
    gifts: int
    language: str
    messages: int
    unsent: int = 0
    post_title: str = ""
    held: bool = False
    due: int | None = None
    queued: bool = False
    ours: bool = False


class Deed(NamedTuple):
    """The latest thing done to a message at its channel: the number of its entry in the log, verb, state, and why."""

    id: int
    verb: str
    state: str
    guideline: str
    error: str


class Line(NamedTuple):
    """One thing in a conversation, in order of time: something said, or a thin line (hand-off, gift, promise, sending).

    `kind` is said, offline, unreadable, handoff, gift, promise or outbox; `id` is the row of that noun. `state` is the
    noun's own, `extra` what else the line says. `upstream` is how a message stands there, `deed` what was done to it.
    Of a reply that is not out, `due` is the time that the person chose, `after` the part of a thread that goes before.
    `to` is whom words of ours answer, by name.
    """

    kind: str
    id: int
    at: int
    text: str
    out: bool = False
    author: str = ""
    member_id: int | None = None
    state: str = ""
    extra: str = ""
    edited: bool = False
    gone: bool = False
    files: tuple[tuple[int, str, int], ...] = ()
    upstream: str = ""
    deed: Deed | None = None
    due: int | None = None
    after: int | None = None
    to: str = ""


class Opened(NamedTuple):
    """A conversation, opened: its row, its lines oldest first, labels, the draft that was left.

    `beside` counts the other conversations under the same post. `speakers` are those whom a reply can go to, the latest
    first, `answering` is whom the draft was written to, None where there is no draft.
    """

    row: ConversationRow
    account_id: int
    account_mode: str
    speaks_as: str
    post_title: str
    post_url: str
    url: str
    lines: tuple[Line, ...]
    labels: tuple[str, ...]
    draft: str
    earlier: int
    post_text: str = ""
    beside: int = 0
    speakers: tuple[Receiver, ...] = ()
    answering: Receiver | None = None
