"""Finds the identity and member of each incoming message's author; creates both for new authors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from app.base.message import Author, Incoming
from app.channels.registry import channel
from app.inbox.names import is_same_name
from app.intake.authors import known_before
from app.intake.source import Source
from app.members import identities, records
from app.members.identities import NewIdentity
from app.members.records import NewMember
from app.store.sqlite import Connection

_Span = tuple[int, int]
"""First and last message of somebody, in Unix seconds."""


class Speakers:
    """The authors of the messages of one transaction."""

    def __init__(self, conn: Connection, source: Source) -> None:
        """`identities` is filled by `look_up`: author key -> identity id."""
        self._conn, self._source = conn, source
        self.identities: dict[str, int] = {}
        self._names: dict[int, str] = {}  # identity id -> the name that it is known by
        self._spoke: dict[int, _Span] = {}

    def look_up(self, items: Iterable[Incoming], languages: Mapping[str, str]) -> None:
        """Find or create the identity and member of every author but us.

        `items` must be in order of time; `languages` maps their remote ids to the language of their text.
        """
        wanted: dict[str, Incoming] = {}
        signed: dict[str, Author] = {}  # under the first name of this transaction
        spans: dict[str, _Span] = {}
        known: set[str] = set()  # senders who are made no member of: a machine wrote for them
        for item in items:
            key = item.author.key
            if not item.person:
                known.add(key)
            elif not self._source.is_ours(item):
                spans[key] = (spans[key][0] if key in wanted else item.at, item.at)
                wanted[key] = item
                if not signed.setdefault(key, item.author).name:
                    signed[key] = item.author
        wanted = {key: item._replace(author=signed[key]) for key, item in wanted.items()}
        stored = self._conn.execute(
            "SELECT key, id, member_id, name FROM identity WHERE kind = ? AND key IN (SELECT value FROM json_each(?))",
            (self._source.kind, json.dumps(list(wanted))),
        ).fetchall()
        self._names.update((identity, name) for _, identity, _, name in stored)
        renamed = known_before(self._conn, self._source.kind, [item.author for item in wanted.values()])
        for key, identity, member in (*(row[:3] for row in map(tuple, stored)), *renamed):
            self.identities[key] = identity
            first, last = self._spoke.get(member, spans[key])
            self._spoke[member] = (min(first, spans[key][0]), max(last, spans[key][1]))
        if known:
            rows = self._conn.execute(
                "SELECT key, id FROM identity WHERE kind = ? AND key IN (SELECT value FROM json_each(?))",
                (self._source.kind, json.dumps(list(known))),
            )
            self.identities.update(rows.fetchall())
        self._add({key: item for key, item in wanted.items() if key not in self.identities}, spans, languages)

    def _add(self, new: Mapping[str, Incoming], spans: Mapping[str, _Span], languages: Mapping[str, str]) -> None:
        """Create a member and an identity for the author of each item.

        One table after the other: alternating between tables makes FTS5 flush its pending index entries each time.
        """
        source, people, names = self._source, list[NewMember](), list[NewIdentity]()
        by_address = channel(source.kind).by_address
        member, identity = last_number(self._conn, "member"), last_number(self._conn, "identity")
        for key, item in new.items():
            member, identity, author = member + 1, identity + 1, item.author
            first, last = spans[key]
            people.append(NewMember(
                member, author.name or author.handle, languages[item.remote_id], first, last, source.batch_id,
                source.now, author.handle if by_address else "",
            ))  # fmt: skip
            names.append(NewIdentity(
                identity, source.kind, author.handle, key, author.name, author.url, member, member, source.batch_id,
            ))  # fmt: skip
            self.identities[key], self._names[identity] = identity, author.name
        records.insert_speakers(self._conn, people, {row.member_id: row.handle for row in names})
        identities.insert(self._conn, names)

    def is_known_name(self, identity: int, name: str) -> bool:
        """Whether a message's author signs with the name that their identity has; a message without a name does."""
        known = self._names.get(identity)
        return known is None or not name or name == known or is_same_name(name, known)

    def note_times(self) -> None:
        """Update the first and last message times of members that existed before."""
        records.has_spoken(self._conn, ((member, first, last) for member, (first, last) in self._spoke.items()))


def last_number(conn: Connection, table: str) -> int:
    """The highest id that the table has ever had; ids are never reused."""
    row = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 0 if row is None else int(row["seq"])
