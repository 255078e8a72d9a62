"""One transaction of taking in: what is new is written, what has changed at the channel is noted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.base import text
from app.base.message import Incoming
from app.inbox import conversations
from app.inbox.conversations import NewConversation
from app.inbox.standing import bring_up, settle
from app.inbox.turns import Said, Standing, advance
from app.intake import messages
from app.intake.authors import meet
from app.intake.messages import NewMessage
from app.intake.numbers import Numbers
from app.intake.source import Source
from app.intake.speakers import Speakers
from app.intake.threads import Threads
from app.store.sqlite import Connection

_TITLE = 80  # letters of the first words, where the channel knows no title


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a call: counts of messages, and the conversations that they touched."""

    new: int
    known: int
    changed: int
    conversation_ids: frozenset[int]


class Stored(NamedTuple):
    """A message that is in the file, as far as its channel can change it; `gone` is 0 or 1."""

    remote_id: str
    id: int
    conversation_id: int
    text: str
    gone: int
    upstream: str


def has_changed(item: Incoming, stored: Stored) -> bool:
    """Whether a known message is different now: gone or there again, its standing at the channel, or its words.

    What is gone keeps the words and the standing that it had. Only what was said is edited: the text of a message that
    could not be read is ours.
    """
    if item.gone or stored.gone:
        return item.gone != stored.gone
    return item.upstream != stored.upstream or (item.kind == "said" and item.text != stored.text)


class Taking:
    """Takes messages of one source in, once."""

    def __init__(
        self, conn: Connection, source: Source, numbers: Numbers, language_of: Callable[[Incoming], str]
    ) -> None:
        """In the open transaction of `conn`; `language_of` tells in which language a message is."""
        self._conn, self._source, self._numbers, self._language_of = conn, source, numbers, language_of
        self._speakers = Speakers(conn, source)
        self._threads = Threads(conn, source)
        self._said: dict[int, list[Said]] = {}
        self._first: dict[int, int] = {}  # conversation -> the identity that spoke first
        self._several: set[int] = set()  # conversations in which more than one identity spoke

    def take(self, items: Sequence[Incoming]) -> Taken:
        """Store what is new, note what changed upstream, pass over what is known; what came of it."""
        new, changed, known = self._sort(items)
        if new:
            self._add(new)
        gone_on = {number: said for number, said in self._said.items() if number not in self._threads.begun}
        if gone_on:
            bring_up(self._conn, gone_on, self._source.quiet_before)
        settle(self._conn, [number for number in self._said if self._may_be_answered_alone(number)])
        return Taken(len(new), known, changed, frozenset(self._said))

    def _sort(self, items: Sequence[Incoming]) -> tuple[list[Incoming], int, int]:
        """New ones once each in order of time; how many known ones changed, how many did not."""
        ids = [item.remote_id for item in items]
        stored = self._stored(ids) if self._source.tells_changes else dict.fromkeys(self._known(ids))
        fresh: dict[str, Incoming] = {}
        changed = known = 0
        for item in items:
            if item.remote_id not in stored:
                known += item.remote_id in fresh
                fresh.setdefault(item.remote_id, item)
                continue
            before = stored[item.remote_id]
            if before is not None and has_changed(item, before):
                changed += 1
                self._revise(item, before)
            else:
                known += 1
        return sorted((item for item in fresh.values() if not item.gone), key=lambda item: item.at), changed, known

    def _known(self, remote_ids: list[str]) -> Iterator[str]:
        """Those of these ids under which a message is stored."""
        rows = self._conn.execute(
            "SELECT m.remote_id FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
            (json.dumps(remote_ids), self._source.account_id),
        )
        return (row["remote_id"] for row in rows)

    def _stored(self, remote_ids: list[str]) -> dict[str, Stored | None]:
        """The stored messages among these, by remote id."""
        rows = self._conn.execute(
            "SELECT m.remote_id, m.id, m.conversation_id, m.text, m.gone_at IS NOT NULL, m.upstream"
            " FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
            (json.dumps(remote_ids), self._source.account_id),
        ).fetchall()
        return {one.remote_id: one for one in map(Stored._make, rows)}

    def _revise(self, item: Incoming, before: Stored) -> None:
        """Take an edit or a deletion upstream as such; the words of a deleted message stay with us, marked."""
        conn, number, now = self._conn, before.id, self._source.now
        if item.gone != before.gone:
            messages.note_gone(conn, number, now if item.gone else None)
            self._said.setdefault(before.conversation_id, [])
        if item.gone:
            return
        meet(conn, self._source.kind, number, item)
        messages.note_upstream(conn, number, item.upstream)
        if item.text not in ("", before.text):
            messages.edit(conn, number, item.text, now)

    def _add(self, items: list[Incoming]) -> None:
        """Write new messages, which come in order of time, and all that is around them."""
        languages = {item.remote_id: item.language or self._language_of(item) for item in items}
        self._speakers.look_up(items, languages)
        self._threads.look_up(items)
        self._numbers.look_up(self._conn, [item.at for item in items])
        new = [self._placed(item, languages[item.remote_id]) for item in items]
        self._begin()
        self._threads.keep()
        messages.insert(self._conn, new)
        messages.keep_extras(
            self._conn,
            [(one.id, item) for one, item in zip(new, items, strict=True) if item.attached or item.raw is not None],
        )
        self._speakers.note_times()
        begun = self._threads.begun
        conversations.name_speakers(self._conn, [one for one in self._first.items() if one[0] not in begun])

    def _placed(self, item: Incoming, language: str) -> NewMessage:
        """The row of a new message: its number, conversation and speaker."""
        out = self._source.is_ours(item)
        identity = None if out else self._speakers.identities[item.author.key]
        conversation = self._threads.conversation_of(item, out=out)
        number = self._numbers.take(self._conn, item.at)
        parent = None if out and item.forwarded else item.parent or None  # what we pass on is no answer to it
        self._said.setdefault(conversation, []).append(Said(item.at, number, out, language))
        if identity is not None and self._first.setdefault(conversation, identity) != identity:
            self._several.add(conversation)
        return NewMessage(
            number, conversation, self._source.account_id, item.remote_id, parent, identity, out, item.at, item.kind,
            item.text, language, item.url, item.upstream, self._source.batch_id, "\n".join(item.to) if out else "",
        )  # fmt: skip

    def _begin(self) -> None:
        """Write the conversations that began."""
        source, begun = self._source, list[tuple[NewConversation, Standing]]()
        for number, item in self._threads.begun.items():
            blank = Standing(0, item.at, item.at, 0, None, None, 0, 0, None, item.language, None)
            title = item.title or text.preview(item.text, _TITLE)
            one = NewConversation(
                number, source.account_id, item.thread or None, self._first.get(number), title, item.post_title,
                item.post_url, item.post_text, item.url, item.public, source.batch_id,
            )  # fmt: skip
            begun.append((one, advance(blank, self._said[number], source.quiet_before)))
        conversations.begin(self._conn, begun)

    def _may_be_answered_alone(self, number: int) -> bool:
        """Whether more than one person may have written there privately, or we to another."""
        item = self._threads.begun.get(number)
        if item is None:
            return True
        if item.public:
            return False
        return number in self._several or (number in self._first and any(one.out for one in self._said[number]))
