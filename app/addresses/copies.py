"""Every copy of an address in the file: found by the register of personal data, and taken out. In one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from app.addresses.anywhere import Address, without, without_in_json
from app.addresses.in_files import HOLDS, UNREAD, search_bytes
from app.intake import files as came
from app.intake import messages
from app.intake.originals import octets
from app.members.records import reindex
from app.outbox import files as went
from app.store import index
from app.store.outside import OUTSIDE, Way
from app.store.replacing import replace
from app.store.sqlite import Connection

_ELSEWHERE = ("gift_address", "undo_step", "known_word", "known_name")
"""Tables that are dealt with apart, or hold single words."""


class Copies(NamedTuple):
    """How many messages, other rows, and files that came or went with messages held it.

    `unread` are files of the member's own conversations that can't be searched, by their names.
    """

    messages: int
    others: int
    files: int
    unread: tuple[str, ...] = ()


class _Change(NamedTuple):
    table: str
    key: dict[str, Any]
    values: dict[str, Any]
    row: dict[str, Any]


def take_out(conn: Connection, wanted: Sequence[Address], notice: str, member_id: int) -> Copies:
    """Put `notice` in place of these addresses wherever they stand, in the open transaction; both indexes follow.

    The town alone is taken out only in what is the member's own. Raises nothing for what is not there.
    """
    talks = _talks(conn, member_id)
    changes = [change for table in _tables() for change in _changes(conn, table, wanted, notice, member_id, talks)]
    touched = sorted(_indexed(conn, changes))
    index.remove(conn, [(number, messages.words_of(conn, number)) for number in touched])
    for change in changes:
        replace(conn, change.table, change.key, change.values)
    index.add(conn, [(number, messages.words_of(conn, number)) for number in touched])
    for number in sorted({member_id, *_members(changes)}):
        reindex(conn, number)
    files, unread = _files(conn, wanted)
    said = sum(change.table == "message" for change in changes)
    return Copies(said, len(changes) - said, files, _named(conn, unread, talks))


def _tables() -> dict[str, dict[str, tuple[bool, Way]]]:
    """The tables of the register with their columns of text: whether each is JSON, and how it is erased."""
    tables: dict[str, dict[str, tuple[bool, Way]]] = defaultdict(dict)
    for name, words in OUTSIDE.items():
        table, _, column = name.partition(".")
        if table not in _ELSEWHERE and words.way is not Way.REINDEXED:
            tables[table][column] = (words.holds.startswith("JSON") or words.way is Way.CUT, words.way)
    return tables


def _talks(conn: Connection, member_id: int) -> set[int]:
    """The conversations in which the member speaks."""
    rows = conn.execute(
        "SELECT c.id FROM identity i JOIN conversation c ON c.identity_id = i.id WHERE i.member_id = ?1"
        " UNION SELECT m.conversation_id FROM identity i JOIN message m ON m.identity_id = i.id WHERE i.member_id = ?1",
        (member_id,),
    )
    return {int(number) for (number,) in rows}


def _changes(
    conn: Connection, table: str, wanted: Sequence[Address], notice: str, member_id: int, talks: Collection[int]
) -> Iterator[_Change]:
    known = list(conn.execute(f"PRAGMA table_info({table})"))
    kinds = {row["name"]: row["type"] for row in known}
    columns = {name: how for name, how in _tables()[table].items() if kinds.get(name) == "TEXT"}
    if not columns:
        return
    key = [row["name"] for row in known if row["pk"]]
    beside = [name for name in ("conversation_id", "member_id", "tbl", "row_id", "kind") if name in kinds]
    digits = {address.digits for address in wanted}
    towns = {address.postal_code for address in wanted} - {""}
    numbers = () if "" in digits else tuple(digits | {town.split()[-1] for town in towns})
    where = " OR ".join(f"instr({column}, ?{place})" for column in columns for place in range(1, len(numbers) + 1))
    names = ", ".join(dict.fromkeys([*key, *beside, *columns]))
    rows = conn.execute(f"SELECT {names} FROM {table} WHERE {where or '1'}", numbers).fetchall()
    for row in rows:
        held = dict(row)
        near = _is_near(table, key, held, member_id, talks)
        values = {
            column: _cleaned(held[column], wanted, notice, is_json=is_json, way=way, near=near)
            for column, (is_json, way) in columns.items()
            if held[column]
        }
        changed = {column: value for column, value in values.items() if value != held[column]}
        if table == "member" and changed and any(name.startswith("address_") for name in changed):
            changed["postal_code"] = ""
        if changed:
            yield _Change(table, {name: held[name] for name in key}, changed, held)


def _is_near(table: str, key: Sequence[str], held: dict[str, Any], member_id: int, talks: Collection[int]) -> bool:
    """Whether a row is the member's own, or about their conversations."""
    if held.get("conversation_id") in talks or held.get("member_id") == member_id:
        return True
    return table == "member" and held[key[0]] == member_id


def _cleaned(text: str, wanted: Sequence[Address], notice: str, *, is_json: bool, way: Way, near: bool) -> str:
    done = text
    for address in wanted:
        cut = without_in_json if is_json else without
        done = cut(done, address, notice, close=near and not is_json)
    whole = done != text and done.replace(notice, "").strip(" ,.\n") == ""
    return "" if whole and way in (Way.CLEARED, Way.DELETED) and not is_json else done


def _indexed(conn: Connection, changes: Sequence[_Change]) -> set[int]:
    """The messages whose entries in the index hold what is changed."""
    found = {int(change.row["id"]) for change in changes if change.table == "message"}
    for table, column in (("conversation", "conversation_id"), ("identity", "identity_id")):
        gone = json.dumps([change.row["id"] for change in changes if change.table == table])
        rows = conn.execute(f"SELECT id FROM message WHERE {column} IN (SELECT value FROM json_each(?))", (gone,))
        found |= {int(number) for (number,) in rows}
    return found


def _members(changes: Sequence[_Change]) -> set[int]:
    own = {int(change.row["id"]) for change in changes if change.table == "member"}
    return own | {int(change.row["member_id"]) for change in changes if change.row.get("member_id")}


def _files(conn: Connection, wanted: Sequence[Address]) -> tuple[int, list[bytes]]:
    """Delete the files that hold it, and letters that are kept as they came; how many, and which can't be searched."""
    gone, unread = list[int](), list[bytes]()
    for (number,) in conn.execute("SELECT message_id FROM raw").fetchall():  # one at a time: they may be large
        row = conn.execute("SELECT bytes, packed FROM raw WHERE message_id = ?", (number,)).fetchone()
        if search_bytes(octets(row), wanted) == HOLDS:
            gone.append(number)
    messages.forget_originals(conn, gone)
    files = len(gone)
    for content, forget in (("attachment_bytes", came.forget), ("outgoing_bytes", went.forget)):
        held = list[bytes]()
        for (digest,) in conn.execute(f"SELECT sha256 FROM {content}").fetchall():
            (content_of,) = conn.execute(f"SELECT bytes FROM {content} WHERE sha256 = ?", (digest,)).fetchone()
            found = search_bytes(content_of, wanted)
            if found == HOLDS:
                held.append(digest)
            elif found == UNREAD:
                unread.append(digest)
        forget(conn, held)
        files += len(held)
    return files, unread


def _named(conn: Connection, unread: Sequence[bytes], talks: Collection[int]) -> tuple[str, ...]:
    """The names of those files that came or went in these conversations."""
    names: dict[str, None] = {}
    for digest in unread:
        rows = conn.execute(
            "SELECT a.name, m.conversation_id AS talk FROM attachment a JOIN message m ON m.id = a.message_id"
            " WHERE a.sha256 = ?1 UNION ALL SELECT f.name, coalesce(f.conversation_id, o.conversation_id)"
            " FROM outgoing_file f LEFT JOIN outbox o ON o.id = f.outbox_id WHERE f.sha256 = ?1",
            (digest,),
        )
        names |= dict.fromkeys(row["name"] for row in rows if row["talk"] in talks)
    return tuple(names)
