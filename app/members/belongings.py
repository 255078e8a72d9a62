"""What is kept of a member in other tables: it goes along when two become one, and back when they are parted.

A noun that keeps something of a member has a `hand_over`, which moves all of it or only some rows. Nouns that stand
below the members are named here, those above in `app.hooks.belongings`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import NamedTuple, Protocol

from app.members import identities
from app.store.sqlite import Connection


class HandOver(Protocol):
    """Gives the rows of member `gone` to member `into`; with `rows`, only those of these ids."""

    def __call__(self, conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
        """Move them in the caller's transaction."""


class Belonging(NamedTuple):
    """A table with a column that names a member.

    `hangs` is SQL on a row `r` for the identity that it is about, by its message or conversation; "NULL" where no row
    is about one. What was written since a merge goes with that identity when the two are parted.
    """

    table: str
    hand_over: HandOver
    column: str = "member_id"
    hangs: str = "NULL"

    @property
    def key(self) -> str:
        """How the table is called in `member_merge.moved`."""
        return self.table if self.column == "member_id" else f"{self.table}.{self.column}"


OfConversation = "(SELECT c.identity_id FROM conversation c WHERE c.id = r.conversation_id)"
"""The identity that a row's conversation is with."""
OfMessage = "(SELECT m.identity_id FROM message m WHERE m.id = r.message_id AND NOT m.out)"
"""The identity that a row's message was written under, if it is not ours."""
More = Callable[[], tuple[Belonging, ...]]
"""Tells the belongings of nouns that stand above the members."""


def none() -> tuple[Belonging, ...]:
    """No noun above."""
    return ()


def below() -> tuple[Belonging, ...]:
    """The identities first, then what nouns below the members keep of one."""
    from app import gifts, handoffs, introductions, promises, templates, works  # noqa: PLC0415  not needed for the first paint

    message_first = f"coalesce({OfMessage}, {OfConversation})"
    return (
        Belonging("identity", identities.hand_over),
        Belonging("promise", promises.hand_over, hangs=message_first),
        Belonging("handoff", handoffs.hand_over, hangs=message_first),
        Belonging("gift", gifts.hand_over, hangs=OfConversation),
        Belonging("template_use", templates.hand_over, hangs=OfConversation),
        Belonging("work", works.hand_over, hangs=OfMessage),
        Belonging("introduction", introductions.hand_over_first, column="one_id"),
        Belonging("introduction", introductions.hand_over_second, column="other_id"),
        Belonging("member_label", _labels),
        Belonging("member_value", _values),
        Belonging("member_note", _notes),
    )


def _labels(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """A label that both have stays where it is: it is the same one, and comes back with its member."""
    conn.execute(
        "UPDATE OR IGNORE member_label SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        _which(gone, into, rows),
    )


def _values(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """What both have in a field stays where it is; `merging` writes what differs into the note."""
    conn.execute(
        "UPDATE OR IGNORE member_value SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        _which(gone, into, rows),
    )


def _notes(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    conn.execute(
        "UPDATE member_note SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        _which(gone, into, rows),
    )


def _which(gone: int, into: int, rows: Collection[int] | None) -> tuple[int, int, str | None]:
    return into, gone, None if rows is None else json.dumps(list(rows))
