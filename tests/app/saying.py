"""What tests of the core share: short ways to say something, and to look at all that a file holds."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.base.message import Author, Incoming
from app.intake import words_of
from app.store.store import Store
from app.store.undo import UNDOABLE

NOW = 1_795_000_000  # 2026-11-18: what tests call today
DECIDED = tuple(table for table in UNDOABLE if table != "handling")
"""Tables of what the person decides; the time that it took is noted besides, and stays when it is undone."""
Rows = dict[str, list[tuple[object, ...]]]


def account(store: Store, kind: str = "wordpress", name: str = "Blog", own: str = "us", mode: str = "demo") -> int:
    """A new account, that speaks as `own`."""
    with store.write() as conn:
        made = conn.execute(
            "INSERT INTO account (kind, name, mode, own, created_at) VALUES (?, ?, ?, ?, ?)",
            (kind, name, mode, own, NOW),
        )
    return int(made.lastrowid or 0)


def said(  # noqa: PLR0913  a message has many sides
    remote_id: str,
    at: int,
    text: str = "Hello there",
    who: str = "anna",
    *,
    thread: str = "",
    refs: Iterable[str] = (),
    name: str = "",
    title: str = "",
    gone: bool = False,
    out: bool = False,
) -> Incoming:
    """A message; `who` "us" is ours."""
    author = Author(who, who, name or who.capitalize())
    return Incoming(
        remote_id, at, text, author, thread=thread, refs=tuple(refs), title=title, gone=gone, out=out, language="en"
    )


def rows(store: Store, tables: Iterable[str] = DECIDED) -> Rows:
    """Every row of these tables as they stand, and the tally of states."""
    found: Rows = {}
    for table in tables:
        found[table] = [tuple(row) for row in store.read.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid")]
    found["tally"] = [tuple(row) for row in store.read.execute("SELECT * FROM tally WHERE n <> 0 ORDER BY 1, 2")]
    return found


def differences(left: Rows, right: Rows) -> dict[str, list[tuple[object, ...]]]:
    """The rows that are in one and not in the other, by table."""
    return {name: sorted(set(left[name]) ^ set(right[name]), key=repr) for name in left if left[name] != right[name]}


def indexed(store: Store) -> set[tuple[int, str]]:
    """Every (message, word) that the search index holds."""
    with store.write() as conn:
        conn.execute("CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, message_index, instance)")
        found = {(row[0], row[1]) for row in conn.execute("SELECT doc, term FROM temp.seen")}
        conn.execute("DROP TABLE temp.seen")
    return found


def to_index(store: Store) -> set[tuple[int, str]]:
    """Every (message, word) that it should hold."""
    numbers = [row[0] for row in store.read.execute("SELECT id FROM message")]
    return {(number, word) for number in numbers for word in words_of(store.read, number).split()}


def is_consistent(store: Store) -> None:
    """Counts, index and references agree with the rows."""
    assert indexed(store) == to_index(store)
    conn = store.read
    counted = conn.execute(
        "SELECT account_id, state, count(*) FROM conversation WHERE state <> 'empty' GROUP BY 1, 2 ORDER BY 1, 2"
    )
    assert rows(store, ())["tally"] == [tuple(row) for row in counted]
    assert not conn.execute("PRAGMA foreign_key_check").fetchall()
    odd = conn.execute(
        "SELECT id FROM conversation c WHERE messages <> (SELECT count(*) FROM message WHERE conversation_id = c.id)"
    )
    assert [row[0] for row in odd] == []


def as_json(value: object) -> str:
    """For comparing what was drawn in a failure's message."""
    return json.dumps(value, default=str, ensure_ascii=False)
