"""What a new letter begins: a conversation that is empty until it is sent, and its row of the outbox."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.accounts import channel
from app.accounts.senders import senders
from app.base import ids
from app.base.errors import NotFoundError, UserError
from app.base.message import Addressee
from app.base.text import preview
from app.base.words import tr
from app.inbox import addressing, conversations
from app.inbox.conversations import TITLE_CHARS, NewConversation
from app.inbox.receivers import Receiver
from app.inbox.turns import Standing
from app.intake.speakers import last_number
from app.mail.forwarding import Original
from app.outbox.composing import new_key
from app.outbox.entry import HELD, QUEUED, SENDING, entries
from app.outbox.reach import Known, identity_at
from app.store.sqlite import Connection
from app.voice import Cleared


class Begun(NamedTuple):
    """A letter that was put into the outbox; `member_id` is whom it goes to first, None if nobody whom we know."""

    outbox_id: int
    conversation_id: int
    member_id: int | None


def letters(kind: str, receivers: Sequence[Addressee], *, together: bool) -> tuple[tuple[Addressee, ...], ...]:
    """The receivers of each letter: all of one, or one of each.

    With a Cc or Bcc it is one letter in any case: who is in them gets a copy of it. Raises UserError for what the
    channel cannot do, an address that nothing can be sent to, and for more than MOST.
    """
    boxes = tuple({box.address.lower(): box for box in reversed(receivers)}.values())[::-1]
    if len(boxes) > addressing.MOST:
        msg = tr("That's {count} receivers; one letter goes to at most {most}. Leave some out.").format(
            count=len(boxes), most=addressing.MOST
        )
        raise UserError(msg)
    copied = any(box.role != addressing.TO for box in boxes)
    of = channel(kind)
    if not of.by_address:
        if (together and len(boxes) > 1) or copied:
            msg = tr("On {channel}, each gets a message of their own: nobody can be copied.").format(
                channel=tr(of.title)
            )
            raise UserError(msg)
        return tuple((box,) for box in boxes)
    for box in boxes:
        addressing.refuse_unusable(box.address)
    if copied and all(box.role != addressing.TO for box in boxes):
        raise UserError(tr("Choose who it goes to; a letter can't have only copies."))
    return (boxes,) if together or copied else tuple((box,) for box in boxes)


def as_receiver(box: Addressee) -> Receiver:
    """The receiver of a letter, for the rules that ask about one of a reply."""
    return Receiver(0, 0, None, None, box.name, box.address, public=False, waits=False, role=box.role)


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that the letters of one draft have in common; `letters` are the receivers of each. Times are Unix seconds.

    `texts` are the words in parts: more than one where a long post goes on in replies to itself. `titles`: it has a
    title. `post`: it is published, and its receiver is a venue.
    """

    cleared: Cleared
    account_id: int
    kind: str
    letters: tuple[tuple[Addressee, ...], ...]
    now: int
    until: int
    later: bool
    subject: str
    ending: str
    sender: str
    purpose: str
    about_id: int | None
    texts: tuple[str, ...]
    titles: bool
    post: bool = False

    def insert(self, conn: Connection, boxes: tuple[Addressee, ...]) -> Begun:
        """Begin the conversation of a letter to these, or of a post, and queue it."""
        draft, held = self.cleared.draft, self.until > self.now
        known = Known() if self.post else identity_at(conn, self.kind, boxes[0].address)
        by_identity = known.identity_id is not None and not channel(self.kind).by_address
        receivers = "[]" if by_identity else json.dumps([list(box) for box in boxes], ensure_ascii=False)
        self._refuse_duplicate(conn, boxes, receivers, known.identity_id)
        conversation = self._begin(conn, known.identity_id)
        made = conn.execute(
            "INSERT INTO outbox (key, account_id, conversation_id, identity_id, receivers, text, language, template_id,"
            " variant, overrides, state, created_at, held_until, next_at, later, purpose, about_id, subject, sender,"
            " ending, then_done) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (new_key(conn, self.account_id), self.account_id, conversation, known.identity_id, receivers, self.texts[0],
             draft.language, draft.template_id, draft.variant, self.cleared.overrides(), HELD if held else QUEUED,
             self.now, self.until, None if held else self.now, self.later, self.purpose, self.about_id, self._title,
             self.sender, self.ending, self.post),
        )  # fmt: skip
        return Begun(int(made.lastrowid or 0), conversation, known.member_id)

    def go_on(self, conn: Connection, begun: Begun) -> list[int]:
        """Queue the further parts of a long post, each a reply to the one before; returns their ids."""
        draft, held, numbers = self.cleared.draft, self.until > self.now, [begun.outbox_id]
        for text in self.texts[1:]:
            made = conn.execute(
                "INSERT INTO outbox (key, account_id, conversation_id, text, language, overrides, state, created_at,"
                " held_until, next_at, later, after_id, then_done) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                (new_key(conn, self.account_id), self.account_id, begun.conversation_id, text, draft.language,
                 self.cleared.overrides(), HELD if held else QUEUED, self.now, self.until,
                 None if held else self.now, self.later, numbers[-1]),
            )  # fmt: skip
            numbers.append(int(made.lastrowid or 0))
        return numbers[1:]

    @property
    def _title(self) -> str:
        """The subject; on a channel that needs one and was given none, the first words."""
        if not self.titles:
            return "" if self.post else " ".join(self.subject.split())
        if self.subject.strip() or channel(self.kind).by_address:
            return " ".join(self.subject.split())
        return preview(self.cleared.draft.text, TITLE_CHARS)

    def _begin(self, conn: Connection, identity: int | None) -> int:
        draft, number = self.cleared.draft, last_number(conn, "conversation") + 1
        title = self._title or preview(draft.text, TITLE_CHARS)
        conversation = NewConversation(number, self.account_id, None, identity, title, "", "", "", "", self.post, None)
        # nobody owes an answer to a post: it is done until somebody writes below it
        closed, done_at = (1, self.now) if self.post else (0, None)
        standing = Standing(0, self.now, self.now, 0, None, None, 0, closed, None, draft.language, done_at, 0)
        conversations.begin(conn, [(conversation, standing)])
        return number

    def _refuse_duplicate(
        self, conn: Connection, boxes: tuple[Addressee, ...], receivers: str, identity: int | None
    ) -> None:
        """Raise UserError for a second press of Send while the same letter to the same people is pending."""
        same = (self.account_id, self.purpose, self.texts[0], self._title, identity, receivers, self.about_id)
        for one in entries(conn, (HELD, QUEUED, SENDING)):
            if (
                one.account_id,
                one.purpose,
                one.text,
                one.subject,
                one.identity_id,
                one.receivers,
                one.about_id,
            ) == same:
                msg = tr("This exact message to {name} is already on its way.").format(name=one.to_whom)
                if self.post:
                    msg = tr("This exact post is already on its way to {name}.").format(name=boxes[0].name)
                raise UserError(msg)


def original(conn: Connection, message_id: int) -> Original:
    """What is forwarded of a stored message. Raises NotFoundError if there is none, UserError if it was unreadable."""
    row = conn.execute(
        "SELECT m.text, m.at, m.out, m.kind, m.account_id, m.envelope, c.title,"
        " coalesce(nullif(a.speaks_as, ''), (SELECT nullif(value, '') FROM setting WHERE key = 'speaks_as'),"
        " (SELECT nullif(value, '') FROM setting WHERE key = 'community'), a.name) AS speaks_as,"
        " coalesce(nullif(i.name, ''), p.name, '') AS name,"
        " coalesce(nullif(i.handle, ''), i.key, '') AS address FROM message m"
        " JOIN conversation c ON c.id = m.conversation_id JOIN account a ON a.id = m.account_id"
        " LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id WHERE m.id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        msg = tr("There's no message {id}.").format(id=ids.display("M", message_id))
        raise NotFoundError(msg)
    if row["kind"] == "unreadable":
        raise UserError(tr("That message couldn't be read, so it can't be forwarded."))
    head = addressing.letter(conn, message_id)
    kept = json.loads(row["envelope"] or "{}")
    name, address = (kept.get("from") or [[row["name"], row["address"]]])[0]
    if row["out"]:
        own = senders(conn, row["account_id"])
        sent_as = next((sender for sender in own if sender.address.lower() == head.alias), own[0] if own else None)
        name = sent_as.name if sent_as is not None else row["speaks_as"]
        address = head.alias or (sent_as.address if sent_as is not None else "")
    return Original(
        _box(name, address), row["at"], row["title"], row["text"],
        tuple(_box(box.name, box.address) for box in head.to), tuple(_box(box.name, box.address) for box in head.cc),
    )  # fmt: skip


def _box(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and address and name != address else name or address
