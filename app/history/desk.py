"""A member's history in pages, the latest first: what they and we wrote is walked by message id, the rest is merged in.

Message ids carry their time (docs/decisions/0001), so a page needs only the ids of their messages, from an index alone,
and ours since the earliest of those.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from app.base.text import folded_words, words
from app.history.entry import IDS_A_MINUTE, KINDS, Entry
from app.history.events import events
from app.inbox.elsewhere import ASIDE, has
from app.mail.quotes import first_words
from app.store import index
from app.store.sqlite import Connection
from app.store.store import Store

PAGE = 100
_ABOVE_ALL = 1 << 62
_SAID = frozenset(("message", "reply", "met"))
_PREVIEW_CHARS, _READ_CHARS = 200, 20_000
_CHUNK = 200  # messages whose words are read at a time
_THEIRS = """
SELECT m.id FROM json_each(:identities) j CROSS JOIN message m INDEXED BY message_identity ON m.identity_id = j.value
WHERE m.id < :below ORDER BY m.id DESC LIMIT :most
"""
_OURS = f"""
SELECT m.id FROM (
  SELECT m.conversation_id AS id FROM json_each(:identities) j
    CROSS JOIN message m INDEXED BY message_identity ON m.identity_id = j.value
  UNION SELECT c.id FROM json_each(:identities) j CROSS JOIN conversation c ON c.identity_id = j.value
) t CROSS JOIN conversation c ON c.id = t.id AND c.last_at >= :since
CROSS JOIN message m ON m.conversation_id = c.id AND m.id >= :low AND m.id < :below
WHERE m.out AND m.failed = '' AND NOT {has(ASIDE, "m")}
  AND (c.identity_id IN (SELECT value FROM json_each(:identities)) OR EXISTS (SELECT 1 FROM outbox o
    WHERE o.message_id = m.id AND o.identity_id IN (SELECT value FROM json_each(:identities))))
ORDER BY m.id DESC LIMIT :most
"""
"""Ours to them: all in conversations with them, elsewhere those that answer them."""
_INDEXED = "SELECT rowid FROM message_index WHERE message_index MATCH ?"
_TITLES = """
SELECT c.id, c.title FROM (
  SELECT m.conversation_id AS id FROM json_each(:identities) j
    CROSS JOIN message m INDEXED BY message_identity ON m.identity_id = j.value
  UNION SELECT c.id FROM json_each(:identities) j CROSS JOIN conversation c ON c.identity_id = j.value
) t CROSS JOIN conversation c ON c.id = t.id
"""
_WITHIN = "SELECT m.id FROM json_each(?) j CROSS JOIN message m ON m.conversation_id = j.value"
_ROWS = f"""
SELECT m.id, m.out, m.kind, m.at, c.title, substr(m.text, 1, {_READ_CHARS}), a.kind, a.name, m.conversation_id
FROM json_each(?) j CROSS JOIN message m ON m.id = j.value CROSS JOIN conversation c ON c.id = m.conversation_id
CROSS JOIN account a ON a.id = m.account_id
"""


class Asked(NamedTuple):
    """What of a history is wanted: `kinds` out of KINDS (empty: all), on a `channel` (a kind of account), with `words`.

    Each word has to begin one of an entry's.
    """

    kinds: frozenset[str] = frozenset()
    channel: str = ""
    words: str = ""

    @property
    def wanted(self) -> frozenset[str]:
        """The kinds, all of them where none is named."""
        return self.kinds or frozenset(KINDS)


EVERYTHING = Asked()
Cursor = tuple[int, str, str, int]
"""The key of the last entry of a page; the next page starts after it."""


class Page(NamedTuple):
    """Entries, the latest first; `after` is where the next page starts, None on the last one."""

    entries: tuple[Entry, ...]
    after: Cursor | None


class _Theirs(NamedTuple):
    """Whose history: the member's id, and the ids of their identities as JSON."""

    member_id: int
    identities: str


class Histories:
    """Read only. Thread-safe."""

    def __init__(self, store: Store) -> None:
        """Nothing is kept between pages."""
        self._store = store

    def channels(self, member_id: int) -> tuple[str, ...]:
        """The kinds of accounts that their conversations are on."""
        rows = self._store.read.execute(
            "SELECT DISTINCT kind FROM identity WHERE member_id = ? ORDER BY kind", (member_id,)
        )
        return tuple(row["kind"] for row in rows)

    def page(self, member_id: int, asked: Asked = EVERYTHING, after: Cursor | None = None, limit: int = PAGE) -> Page:
        """At most `limit` entries after that one, the latest first."""
        conn, limit = self._store.read, min(limit, _ABOVE_ALL)
        rows = conn.execute("SELECT id FROM identity WHERE member_id = ?", (member_id,))
        theirs = _Theirs(member_id, json.dumps([row["id"] for row in rows]))
        wanted = words(asked.words)
        said, low = self._said(conn, theirs, asked, after, limit, wanted)
        others = (one for one in events(conn, member_id, asked.wanted) if one.position >= low and _fits(one, wanted))
        every = [one for one in (*said, *others) if not asked.channel or one.channel == asked.channel]
        if after is not None:
            every = [one for one in every if one.key < after]
        every.sort(key=lambda one: one.key, reverse=True)
        shown = tuple(every[:limit])
        if len(every) > limit:
            return Page(shown, shown[-1].key)
        return Page(shown, (low, "", "", 0) if low else None)

    def _said(
        self, conn: Connection, theirs: _Theirs, asked: Asked, after: Cursor | None, limit: int, wanted: Sequence[str]
    ) -> tuple[list[Entry], int]:
        """The messages of a page, and down to which position all of them are there (0: to the beginning)."""
        kinds = asked.wanted & _SAID
        if not kinds:
            return [], 0
        below = _ABOVE_ALL if after is None else after[0] + 1
        if wanted or asked.channel or kinds != _SAID:
            return self._searched(conn, theirs, asked, below, limit + 1)
        return self._latest(conn, theirs, below, limit + 1)

    def _latest(self, conn: Connection, theirs: _Theirs, below: int, most: int) -> tuple[list[Entry], int]:
        """The latest messages both ways below that id."""
        values = {"identities": theirs.identities, "below": below, "most": most}
        numbers = [number for (number,) in conn.execute(_THEIRS, values)]
        low = numbers[-1] if len(numbers) == most else 0
        since = low // IDS_A_MINUTE * 60
        ours = [number for (number,) in conn.execute(_OURS, {**values, "low": low, "since": since, "most": -1})]
        together = sorted({*numbers, *ours}, reverse=True)
        if len(together) > most:
            low = together[most - 1]
            together = together[:most]
        return list(_entries(conn, together)), low

    def _searched(
        self, conn: Connection, theirs: _Theirs, asked: Asked, below: int, most: int
    ) -> tuple[list[Entry], int]:
        """The latest messages that have what is asked, read in chunks until there are enough."""
        wanted, found = words(asked.words), list[Entry]()
        values = {"identities": theirs.identities, "below": below, "most": -1, "low": 0, "since": 0}
        kinds = asked.wanted
        numbers = set[int]()
        if kinds & {"message", "met"}:
            numbers |= {number for (number,) in conn.execute(_THEIRS, values)}
        if "reply" in kinds:
            numbers |= {number for (number,) in conn.execute(_OURS, values)}
        if wanted:
            numbers &= _with_words(conn, theirs, wanted)
        ordered = sorted(numbers, reverse=True)
        for begin in range(0, len(ordered), _CHUNK):
            chunk = ordered[begin : begin + _CHUNK]
            fitting = (one for one in _entries(conn, chunk, whole=bool(wanted)) if one.kind in kinds)
            found += [
                one._replace(words=first_words(one.words, _PREVIEW_CHARS))
                for one in fitting
                if (not asked.channel or one.channel == asked.channel) and _fits(one, wanted)
            ]
            if len(found) >= most:
                return found[:most], found[most - 1].position
        return found, 0


def _with_words(conn: Connection, theirs: _Theirs, wanted: Sequence[str]) -> set[int]:
    """Messages that may have these folded words: by the search index, or in a conversation whose title has one.

    More than the member's, and more than have them all: each is looked at afterwards.
    """
    question = index.question([word[: index.LONGEST] for word in wanted])
    found = {number for (number,) in conn.execute(_INDEXED, (question,))}
    titled = [
        number
        for number, title in conn.execute(_TITLES, {"identities": theirs.identities})
        if any(f" {word}" in f" {folded_words(title)}" for word in wanted)
    ]
    return found | {number for (number,) in conn.execute(_WITHIN, (json.dumps(titled),))}


def _entries(conn: Connection, numbers: Collection[int], *, whole: bool = False) -> Iterator[Entry]:
    """Messages as entries, the latest first; `whole`: with all their words."""
    rows = sorted(conn.execute(_ROWS, (json.dumps(list(numbers)),)), key=lambda row: -int(row["id"]))
    for number, out, kind, at, title, text, channel, account, talk in rows:
        what = "met" if kind == "offline" else "reply" if out else "message"
        said = text if whole else first_words(text, _PREVIEW_CHARS)
        yield Entry(what, "said", number, at, title, said, "", channel, account, talk, number)


def _fits(entry: Entry, wanted: Sequence[str]) -> bool:
    """Whether each of these folded words begins one of the entry's."""
    if not wanted:
        return True
    said = f" {folded_words(f'{entry.title} {entry.words} {entry.who}')}"
    return all(f" {word}" in said for word in wanted)
