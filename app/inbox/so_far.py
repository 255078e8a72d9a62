"""What happened so far in a conversation: who asked what, what we promised, what was sent, and what is open.

Nothing is made up or summed up: every fact is a row of the file, with the words that are there. What asks is decided by
`app.inbox.asking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.base.text import preview
from app.inbox import owing
from app.inbox.asking import asks
from app.mail.quotes import own_words
from app.store.sqlite import Connection, Row

LONG = 8
"""A conversation with more messages than this is long enough to be told so far."""
MESSAGE, PROMISE, GIFT, HANDOFF, FILE = "message", "promise", "gift", "handoff", "file"
REPLY, DRAFT, WAITS, ANSWERED, SNOOZED, OWED = "outbox", "draft", "waits", "answered", "snoozed", "owed"
_MAX_WORDS_CHARS = 200
_MAX_SPEAKERS = 5
_SENTENCE_END = re.compile(r"(?<=[.!?…;\u037e\u061f])\s+|\n+")
_Heard = tuple[int, int, str, str, str, int | None]  # id, time, text, language, who, the person


class Fact(NamedTuple):
    """One thing that happened. `kind` says what, and `id` is its row.

    `id` is of the message for MESSAGE, WAITS (the one that has waited longest) and ANSWERED (our last one), of the
    attachment for FILE, of the conversation for DRAFT and SNOOZED, of the hand-off for OWED (its answer has come, and
    the member has not heard it), else of the row of the table of that name.
    `message` is the message that tells of it, None where none does. `at` is in Unix seconds: of a scheduled reply when
    it is due, of SNOOZED until when. `words` are as they stand in the row, cut to one line. `who` is who asked, or the
    teammate; `state` the row's own, `due` a local date (YYYY-MM-DD) or "".
    """

    kind: str
    id: int
    at: int
    words: str
    who: str = ""
    state: str = ""
    due: str = ""
    message: int | None = None


class SoFar(NamedTuple):
    """The facts, each group oldest first.

    `asked`: the question that the conversation began with, and the latest question of each of the last five speakers.
    """

    asked: tuple[Fact, ...] = ()
    promised: tuple[Fact, ...] = ()
    sent: tuple[Fact, ...] = ()
    open: tuple[Fact, ...] = ()

    @property
    def every(self) -> tuple[Fact, ...]:
        """All of them, group by group."""
        return (*self.asked, *self.promised, *self.sent, *self.open)


def question(text: str, language: str = "") -> str:
    """Return the first sentence of a text that asks for something, in one line; "" if none does.

    `language` is its code, "" if unknown. What the text quotes does not count.
    """
    own = own_words(text)
    if not asks(own, language):
        return ""
    sentences = [sentence for part in _SENTENCE_END.split(own) if (sentence := part.strip())]
    found = next((sentence for sentence in sentences if asks(sentence, language)), own)
    return preview(found, _MAX_WORDS_CHARS)


def asked(heard: Iterable[_Heard]) -> tuple[Fact, ...]:
    """Return the questions among what others wrote, which comes latest first; see `SoFar`. Pure."""
    every = list(heard)
    found: dict[int, Fact] = {}
    speakers: dict[int | None, bool] = {}
    for message in every:
        person = message[5]
        if person not in speakers and len(speakers) >= _MAX_SPEAKERS:
            continue
        if not speakers.setdefault(person, False):
            fact = _question_of(message)
            if fact is not None:
                speakers[person], found[fact.id] = True, fact
    first = next((fact for message in reversed(every) if (fact := _question_of(message)) is not None), None)
    if first is not None:
        found[first.id] = first
    return tuple(sorted(found.values(), key=lambda fact: (fact.at, fact.id)))


def _question_of(message: _Heard) -> Fact | None:
    number, at, text, language, who, _ = message
    words = question(text, language)
    return Fact(MESSAGE, number, at, words, who, message=number) if words else None


_HEARD = """
SELECT m.id, m.at, m.text, m.language, coalesce(nullif(nullif(m.envelope, '') ->> '$.from[0][0]', ''),
  nullif(p.name, ''), nullif(i.name, ''), i.handle, '') AS who, coalesce(i.member_id, -i.id) AS person
FROM message m LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.conversation_id = ? AND m.out = 0 AND m.quiet = '' AND m.gone_at IS NULL AND m.kind <> 'unreadable'
ORDER BY m.at DESC, m.id DESC
"""
_PROMISED = """
SELECT 'promise', id, at, what, '', CASE WHEN kept_at IS NOT NULL THEN 'kept' WHEN dropped_why <> '' THEN 'dropped'
  ELSE 'open' END, coalesce(due_on, ''), NULL FROM promise WHERE conversation_id = ? ORDER BY at, id
"""
_SENT = """
SELECT 'gift', id, created_at, item, '', state, '', NULL FROM gift WHERE conversation_id = :c
UNION ALL SELECT 'handoff', h.id, h.opened_at, h.ask, coalesce(t.name, ''),
  CASE WHEN h.status = 'sent' AND h.exported_at IS NULL THEN 'to_send' ELSE h.status END, coalesce(h.needed_by, ''),
  h.message_id FROM handoff h LEFT JOIN teammate t ON t.id = h.teammate_id WHERE h.conversation_id = :c
UNION ALL SELECT 'file', f.id, m.at, f.name, '', '', '', m.id FROM message m JOIN attachment f ON f.message_id = m.id
  WHERE m.conversation_id = :c AND m.out = 1
ORDER BY 3, 2
"""
_OPEN = f"""
SELECT 'waits', m.id, m.at, m.text, coalesce(nullif(nullif(m.envelope, '') ->> '$.from[0][0]', ''), nullif(p.name, ''),
  nullif(i.name, ''), i.handle, ''), '', '', m.id
FROM conversation c JOIN message m ON m.id = (SELECT w.id FROM message w WHERE w.conversation_id = c.id AND w.out = 0
  AND w.at = c.waiting_since ORDER BY w.id LIMIT 1)
LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE c.id = :c AND c.state = 'needs_me'
UNION ALL SELECT 'answered', m.id, m.at, m.text, '', '', '', m.id FROM conversation c
  JOIN message m ON m.id = c.last_message_id AND m.out = 1 WHERE c.id = :c AND c.state = 'waiting'
UNION ALL SELECT 'owed', h.id, h.updated_at, h.answer, coalesce(t.name, ''), h.status, '', h.answer_message_id
  FROM handoff h LEFT JOIN teammate t ON t.id = h.teammate_id WHERE h.conversation_id = :c AND {owing.OWED}
UNION ALL SELECT 'snoozed', c.id, c.snoozed_until, '', '', '', '', NULL FROM conversation c
  WHERE c.id = :c AND c.state = 'snoozed'
UNION ALL SELECT 'outbox', o.id, CASE WHEN o.later AND o.state = 'held' THEN o.held_until ELSE o.created_at END, o.text,
  '', CASE WHEN o.later AND o.state = 'held' THEN 'later' ELSE o.state END, '', o.answers_id
  FROM outbox o WHERE o.conversation_id = :c AND o.state NOT IN ('sent', 'discarded')
  AND o.purpose IN ('reply', 'new', 'forward')
UNION ALL SELECT 'draft', d.conversation_id, d.at, d.text, '', '', '', d.answers_id FROM draft d
  WHERE d.conversation_id = :c
"""


def so_far(conn: Connection, number: int) -> SoFar:
    """Return the facts of a conversation; none for one that does not exist."""
    return SoFar(
        asked(tuple(row) for row in conn.execute(_HEARD, (number,))),
        tuple(_facts(conn.execute(_PROMISED, (number,)))),
        tuple(_facts(conn.execute(_SENT, {"c": number}))),
        tuple(_facts(conn.execute(_OPEN, {"c": number}))),
    )


def _facts(rows: Iterable[Row]) -> Iterator[Fact]:
    for kind, number, at, words, who, state, due, message in rows:
        own = own_words(words) if kind in (WAITS, ANSWERED) else words
        yield Fact(kind, number, at, preview(own, _MAX_WORDS_CHARS), who, state, due, message)


class Brief(NamedTuple):
    """A line of what happened so far: the groups in it with the facts that have room, and all facts of these groups."""

    shown: tuple[tuple[str, tuple[Fact, ...]], ...]
    every: tuple[Fact, ...]

    @property
    def rest(self) -> int:
        """How many facts are not shown."""
        return len(self.every) - sum(len(facts) for _, facts in self.shown)


_LINES = (("asked",), ("promised", "sent"), ("open",))


def in_lines(told: SoFar, most: int = 2) -> tuple[Brief, ...]:
    """Return at most three lines: what was asked, what we promised and sent, what is open. Pure.

    `most` facts a line, one of each group at least: the latest, of promises those that are open before any other.
    """
    lines = []
    for names in _LINES:
        groups = {name: facts for name in names if (facts := getattr(told, name))}
        each = max(1, most // max(1, len(groups)))
        shown = tuple((name, _latest(facts, each)) for name, facts in groups.items())
        if groups:
            lines.append(Brief(shown, tuple(fact for facts in groups.values() for fact in facts)))
    return tuple(lines)


def _latest(facts: tuple[Fact, ...], most: int) -> tuple[Fact, ...]:
    """The facts that count most, in their order."""
    first = sorted(range(len(facts)), key=lambda place: (facts[place].state == "open", place))[-most:]
    return tuple(facts[place] for place in sorted(first))
