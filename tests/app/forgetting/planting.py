"""A word is planted in every column that the register of personal data names, in a row about one member."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.forgetting.erasing import BY_RULE, tables
from app.forgetting.whose import Whose, of_talks, where, whose
from app.intake import messages
from app.members.records import reindex
from app.store.outside import OUTSIDE
from app.store.sqlite import Connection
from app.workbench import Workbench

PLANTED = "xylophonist"
"""Stands in no text of the demo."""
_CHOSEN: dict[str, dict[str, Any]] = {
    "outbox": {"state": "failed", "key": "planted-key"},
    "work": {"kind": "photo"},
    "exported_row": {"kind": "handoffs"},
    "returned_file": {"kind": "handoffs"},
    "teammate_thanks": {"teammate_id": 1},
    "member_value": {"field_id": 1},
    "giveaway_entry": {"giveaway_id": 1},
    "rule_hit": {"rule_id": 1},
    "passed_on": {"teammate_id": 1},
}
"""What a row needs besides its links."""
_JSON = {
    "message.envelope": json.dumps({"from": [[PLANTED, f"{PLANTED}@example.org"]]}),
    "outbox.receivers": json.dumps([["to", PLANTED, f"{PLANTED}@example.org"]]),
    "member.name": f"{PLANTED} Bell", "identity.name": f"{PLANTED} Bell", "member.email": f"{PLANTED}@example.org",
    "draft.addressing": "", "draft_beside.addressing": "", "draft.promise": "", "letter_draft.promise": "",
}  # fmt: skip

_BY_LINK = ("handoff", "promise", "outgoing_file", "returned_file")
"""Tables whose links to a conversation or message may be empty, and that are found by them."""
_LAST = ("gift_address", "teammate_thanks", "exported_row", "returned_row")
"""Rows that name others, which are there by then."""
_UNLIKE = ("message.remote_id", "conversation.remote_id", "identity.key", "giveaway_entry.listed")


def plant(bench: Workbench, member: int) -> dict[str, int]:
    """Plant the word for a member, in an action that can be undone; how often, by column."""
    with bench.store.write() as conn:
        conn.execute("INSERT OR IGNORE INTO member_field (id, name) VALUES (1, 'Shoe size')")
        conn.execute(
            "INSERT INTO returned_file (id, at, kind, name, sha256) VALUES (77, 1, 'handoffs', 'back.csv', '')"
        )
    with bench.store.write() as conn:
        one = whose(conn, [member])
        for table in (*(name for name in tables() if name not in _LAST), *_LAST):
            if where(conn, table) and not _count(conn, table, one):
                _add(conn, table, one)
        one = whose(conn, [member])
        conn.execute(
            "INSERT INTO quarrel_side (quarrel_id, identity_id) SELECT id, ? FROM quarrel WHERE conversation_id = ?",
            (one.own.identities[0], one.own.conversations[0]),
        )
    with bench.store.write("Something is noted") as conn:
        return _write(conn, one)


def plant_in(bench: Workbench, talk: int) -> dict[str, int]:
    """The same in every row about a conversation, in an action that can be undone."""
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO returned_file (id, at, kind, name, sha256) VALUES (77, 1, 'handoffs', 'back.csv', '')"
        )
        said = conn.execute(
            "SELECT i.member_id, i.id FROM conversation c JOIN identity i ON i.id = c.identity_id WHERE c.id = ?",
            (talk,),
        ).fetchone()
        one = of_talks(conn, [talk])
        speaker = one._replace(own=one.own._replace(members=(said[0],), identities=(said[1],)))
        for table in (*(name for name in tables() if name not in _LAST), *_LAST):
            if where(conn, table) and not _count(conn, table, one) and _by_talk(conn, table):
                _add(conn, table, speaker, linked=True)
    with bench.store.write("Something is noted") as conn:
        return _write(conn, of_talks(conn, [talk]), BY_RULE.spared)


def _by_talk(conn: Connection, table: str) -> bool:
    """Whether rows of a table are about a conversation or its messages, by themselves or by what they hang on."""
    columns = {row["name"] for row in conn.execute(f"PRAGMA table_info({table})")}
    return table in _LAST or bool(columns & {"conversation_id", "message_id"})


def _count(conn: Connection, table: str, one: Whose) -> int:
    return int(conn.execute(f"SELECT count(*) FROM {table} WHERE {where(conn, table)}", one.lists()).fetchone()[0])


def _add(conn: Connection, table: str, one: Whose, *, linked: bool = False) -> None:
    own = one.own
    other = conn.execute(
        "SELECT min(id) FROM member WHERE id <> ? AND merged_into IS NULL", (own.members[0],)
    ).fetchone()[0]
    links = {
        "member_id": own.members[0], "one_id": own.members[0], "kept_id": own.members[0], "other_id": other,
        "gone_id": other, "identity_id": own.identities[0], "conversation_id": own.conversations[0],
        "message_id": own.messages[0], "account_id": 1, "handoff_id": _first(conn, "handoff", one),
    }  # fmt: skip
    row: dict[str, Any] = {}
    for column in conn.execute(f"PRAGMA table_info({table})"):
        name, needed = column["name"], bool(column["pk"] or (column["notnull"] and column["dflt_value"] is None))
        if name in links and (needed or linked or name not in ("conversation_id", "message_id") or table in _BY_LINK):
            row[name] = links[name]
        elif needed and name != "id":
            row[name] = {"TEXT": f"{table}", "BLOB": b"octets"}.get(column["type"], 1_790_000_000)
    if table == "gift_address":
        row["id"] = _first(conn, "gift", one)
    if table == "raw":
        row["message_id"] = own.messages[0]
    if table in ("exported_row", "returned_row"):
        row |= {"row_id": _first(conn, "handoff", one)} | ({"file_id": 77} if table == "returned_row" else {})
    row |= _CHOSEN.get(table, {})
    conn.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def _first(conn: Connection, table: str, one: Whose) -> int | None:
    found = conn.execute(f"SELECT min(id) FROM {table} WHERE {where(conn, table)}", one.lists()).fetchone()
    return None if found is None else found[0]


def _write(conn: Connection, one: Whose, spared: Sequence[str] = ()) -> dict[str, int]:
    """Put the word into each column of each row; the indexes follow."""
    for number in one.own.messages:
        messages.forget_words(conn, number)
    counts: dict[str, int] = {}
    for table, columns in [*tables().items(), ("conversation", _of("conversation"))]:
        test = where(conn, table)
        types = {row["name"]: row["type"] for row in conn.execute(f"PRAGMA table_info({table})")}
        for column in columns if test and table not in spared else ():
            name = f"{table}.{column}"
            as_json = json.dumps([PLANTED]) if OUTSIDE[name].holds.startswith("JSON") else PLANTED
            value = _JSON.get(name, as_json)
            alike = f":value || '-' || {table}.rowid" if name in _UNLIKE else ":value"
            given = {**one.lists(), "value": value.encode() if types[column] == "BLOB" else value}
            counts[name] = conn.execute(f"UPDATE {table} SET {column} = {alike} WHERE {test}", given).rowcount
    for number in one.own.messages:
        messages.remember_words(conn, number)
    for number in one.own.members:
        reindex(conn, number)
    return counts


def _of(table: str) -> list[str]:
    return [name.partition(".")[2] for name in OUTSIDE if name.startswith(f"{table}.")]
