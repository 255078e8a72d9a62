"""A row of the outbox, its states, and the key that is fixed before the first attempt."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.base.errors import NotFoundError, UserError
from app.base.ids import OUTBOX, display
from app.base.message import Addressee
from app.base.words import N_, tr
from app.channels.registry import channel
from app.inbox.addressing import blind_apart, venue_in
from app.inbox.receivers import named
from app.store.sqlite import Connection, Row

HELD, QUEUED, SENDING, SENT = "held", "queued", "sending", "sent"
FAILED, UNDECIDED, DISCARDED = "failed", "undecided", "discarded"
REPLY, NEW, FORWARD, CORRECT, WITHDRAW = "reply", "new", "forward", "correct", "withdraw"
REACT, UNREACT = "react", "unreact"
"""What a row is for: `outbox.purpose`."""
REACTIONS = (REACT, UNREACT)
"""Purposes of rows that give somebody's message (`about_id`) a reaction of ours, or take it back."""
CHANGES = (CORRECT, WITHDRAW, *REACTIONS)
"""Purposes of rows that send no message: they change something at one that its channel has (`about_id`)."""
OPEN = (HELD, QUEUED, SENDING, UNDECIDED, FAILED)
"""States in which the reply is still shown in the outbox."""
TROUBLE = (FAILED, UNDECIDED)
"""States in which it stays until the person has decided."""

STATES_IN_WORDS = {
    HELD: N_("held"),
    QUEUED: N_("queued"),
    SENDING: N_("sending"),
    SENT: N_("sent"),
    FAILED: N_("failed"),
    UNDECIDED: N_("undecided"),
    DISCARDED: N_("discarded"),
}

_CHANGES_IN_WORDS = {
    CORRECT: N_("The correction of your message to {name} is {state}, so that can't be done."),
    WITHDRAW: N_("The withdrawal of your message to {name} is {state}, so that can't be done."),
    REACT: N_("Your reaction to {name} is {state}, so that can't be done."),
    UNREACT: N_("Taking back your reaction to {name} is {state}, so that can't be done."),
}

_DOMAIN = re.compile(r"(?<![^@\s])[^@\s]++@([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)", re.IGNORECASE)
_MAX_RETRY_SECONDS = 3600  # a server that is down for a day is tried about 30 times

_SELECT = """
SELECT o.id, o.key, o.account_id, a.name AS account, a.kind, o.conversation_id, c.title,
  coalesce(nullif(o.receivers ->> '$[0][1]', ''), nullif(p.name, ''), nullif(i.name, ''), i.handle, '') AS member,
  o.text, o.language, o.template_id, o.variant, o.overrides, o.then_done, o.state, o.created_at, o.held_until,
  o.next_at, o.tried, o.sending_at, o.sent_at, o.answers_id, o.remote_id, o.message_id, o.error, o.unsure, o.later,
  o.after_id, a.mode, o.identity_id, i.member_id,
  CASE WHEN o.receivers <> '[]' THEN o.receivers ->> '$[0][2]'
    WHEN i.handle <> '' THEN i.handle WHEN i.key LIKE '%@%' THEN i.key ELSE '' END, c.public OR o.to_list,
  o.seen_id, o.receivers, o.purpose, o.about_id, o.subject, o.sender, o.ending, o.to_list,
  CASE WHEN o.purpose IN ('correct', 'withdraw', 'react', 'unreact')
    THEN (SELECT text FROM message WHERE id = o.about_id) END, o.reaction,
  o.approves, o.cools
FROM outbox o JOIN account a ON a.id = o.account_id JOIN conversation c ON c.id = o.conversation_id
LEFT JOIN identity i ON i.id = o.identity_id LEFT JOIN member p ON p.id = i.member_id
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reply in the outbox. Times are Unix seconds.

    `unsure`: an earlier attempt may have been accepted. `later`: the person chose when it is sent. `after_id` is the
    preceding part of a thread. `mode` is the account's. `answers_id` is the message that it answers and `identity_id`
    its author, who receives it: `member` is their name, `address` their address or handle. `seen_id` is the last
    incoming message when it was written. `overrides` is JSON: findings that were overridden, and why.

    `purpose` is what it is for; `about_id` the message that is forwarded, corrected, withdrawn or reacted to, and
    `reaction` with what (like, favourite or an emoji); `subject` that of a new letter; `sender` the address of ours
    that it comes from, "" for the account's; `ending` what follows the words;
    `to_list`: a mailing list gets it, so it is public. `approves`: what it answers is approved with it. `cools`: it is
    held to cool off, and shown again before it goes. `about_text` is
    how the message reads that is corrected, withdrawn or reacted to, None for others.
    """

    id: int
    key: str
    account_id: int
    account: str
    kind: str
    conversation_id: int
    title: str
    member: str
    text: str
    language: str
    template_id: int | None
    variant: str
    overrides: str
    then_done: bool
    state: str
    created_at: int
    held_until: int
    next_at: int | None
    tried: int
    sending_at: int | None
    sent_at: int | None
    answers_id: int | None
    remote_id: str | None
    message_id: int | None
    error: str
    unsure: bool
    later: bool
    after_id: int | None
    mode: str
    identity_id: int | None
    member_id: int | None
    address: str
    public: bool
    seen_id: int | None
    receivers: str
    purpose: str = REPLY
    about_id: int | None = None
    subject: str = ""
    sender: str = ""
    ending: str = ""
    to_list: bool = False
    about_text: str | None = None
    reaction: str = ""
    approves: bool = False
    cools: bool = False

    @property
    def is_change(self) -> bool:
        """Whether it sends no message: it corrects or withdraws one, or is a reaction to one."""
        return self.purpose in CHANGES

    @property
    def is_reaction(self) -> bool:
        """Whether it gives a reaction, or takes one back."""
        return self.purpose in REACTIONS

    @property
    def venue(self) -> Addressee | None:
        """Where it is published, for a post of ours; None for any other message."""
        return venue_in(self.boxes)

    @property
    def to_whom(self) -> str:
        """The receivers' names, a blind copy as such; a post's venue; else the conversation's or account's name."""
        boxes, venue = self.boxes, self.venue
        if len(boxes) > 1:
            return blind_apart(boxes)
        if venue is not None:
            return as_a_post(venue.name)
        return named(self.member, self.address) or self.title or self.account

    @property
    def boxes(self) -> tuple[Addressee, ...]:
        """Whom a letter goes to, where that is more than the author of the message that it answers."""
        return tuple(Addressee(*box) for box in json.loads(self.receivers))

    @property
    def full_text(self) -> str:
        """All that is sent: the words, and below them a signature or a forwarded letter."""
        return "\n\n".join(part for part in (self.text, self.ending) if part)


def as_a_post(venue: str) -> str:
    """Whom a post goes to, for a sentence on messages: "The message to News, as a post, is queued"."""
    return tr("{venue}, as a post").format(venue=venue)


def entries(conn: Connection, states: Iterable[str] = OPEN, conversation_id: int | None = None) -> list[Entry]:
    """Rows in these states, oldest first, optionally of one conversation."""
    of_one = "" if conversation_id is None else " AND o.conversation_id = ?"
    rows = conn.execute(
        f"{_SELECT} WHERE o.state IN (SELECT value FROM json_each(?)){of_one} ORDER BY o.id",
        (json.dumps(list(states)), *(() if conversation_id is None else (conversation_id,))),
    )
    return [_entry(row) for row in rows]


def entry(conn: Connection, number: int) -> Entry:
    """The row with this id. Raises NotFoundError if there is none, such as after an undo."""
    row = conn.execute(f"{_SELECT} WHERE o.id = ?", (number,)).fetchone()
    if row is None:
        msg = tr("There's nothing in the outbox with the id {reply}; it may have been cancelled.").format(
            reply=display(OUTBOX, number)
        )
        raise NotFoundError(msg)
    return _entry(row)


def following(conn: Connection, number: int, *, waited: bool = False) -> list[Entry]:
    """The parts of a thread after this one that are held or queued, in order.

    `waited`: also those that are still to be looked for, as they waited in a restored file.
    """
    parts: list[Entry] = []
    after, meant = number, "(o.state IN ('held', 'queued')"
    meant += " OR o.state = 'undecided' AND o.tried = 0)" if waited else ")"
    while row := conn.execute(f"{_SELECT} WHERE o.after_id = ? AND {meant}", (after,)).fetchone():
        parts.append(_entry(row))
        after = parts[-1].id
    return parts


def _entry(row: Row) -> Entry:
    read = Entry(*row)
    return replace(
        read,
        then_done=bool(read.then_done),
        unsure=bool(read.unsure),
        later=bool(read.later),
        public=bool(read.public),
        to_list=bool(read.to_list),
    )


def make_key(kind: str, own: str, fields: Mapping[str, str]) -> str:
    """Create a unique key for a reply, before its first attempt.

    On channels keyed by Message-ID it is one, in our own domain.
    """
    unique = uuid.uuid4().hex
    if not channel(kind).message_ids:
        return unique
    hits = (_DOMAIN.search(value) for value in (*fields.values(), *own.splitlines()) if value.isascii())
    domain = next((hit[1].lower() for hit in hits if hit), "rapport.invalid")
    return f"<{unique}@{domain}>"


def patience(tried: int, after: int | None = None) -> int:
    """Seconds until the next attempt after `tried`: 30, doubled each time up to an hour; at least `after`."""
    return max(after or 0, min(_MAX_RETRY_SECONDS, 30 << min(max(tried - 1, 0), 10)))


def refuse(outgoing: Entry, allowed: Iterable[str], sentence: str) -> None:
    """Raise UserError(sentence) unless the row is in one of the allowed states."""
    if outgoing.state not in allowed:
        state = tr(STATES_IN_WORDS.get(outgoing.state, outgoing.state))
        sentence = _CHANGES_IN_WORDS.get(outgoing.purpose, sentence)
        raise UserError(tr(sentence).format(name=outgoing.to_whom, state=state))
