"""The full-text index: what is indexed, and how queries are built. Words are folded here, before FTS5 sees them.

A member's or an account's messages are found by tokens in the indexed text (a private-use character and the id of the
identity or account): 0.7 ms, where a join takes 125 ms with a million messages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.base.text import folded_words
from app.store.sqlite import Connection

if TYPE_CHECKING:
    from app.store.store import Store

LONGEST = 4
"""Length of the longest prefixes that FTS5 indexes: the last of `prefix` in message_index."""
_SEARCHED = ("from", "to", "cc", "bcc", "reply_to")
_IDENTITY, _ACCOUNT = "\ue000", "\ue001"
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.index_words USING fts5vocab(main, message_index, row)"
_BEGINNING = "SELECT term FROM temp.index_words WHERE term >= ? AND term < ? LIMIT ?"
_MERGE_PAGES = 400  # per step; about 20 ms, for which other writers wait
_OLD = "INSERT INTO message_index (message_index, rowid, words) VALUES ('delete', ?, ?)"


def envelope_words(packed: str) -> str:
    """The names and addresses in `message.envelope` (JSON, "" for none): a letter is found by them too."""
    if not packed:
        return ""
    kept = json.loads(packed)
    return " ".join(part for role in _SEARCHED for box in kept.get(role, ()) for part in box if part)


def entry(account_id: int, identity_id: int | None, *texts: str) -> str:
    """The text to index: the folded words of a message's texts, and the tokens of its account and author."""
    parts = [folded_words("\n".join(texts)), f"{_ACCOUNT}{account_id}"]
    if identity_id is not None:
        parts.append(f"{_IDENTITY}{identity_id}")
    return " ".join(parts)


def add(conn: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Index messages: (id, entry) pairs with ascending ids."""
    conn.executemany("INSERT INTO message_index (rowid, words) VALUES (?, ?)", rows)


def remove(conn: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Remove messages from the index. The entries must equal those added: the index is contentless."""
    conn.executemany(_OLD, rows)


def drop_removed(store: Store) -> None:
    """Merge all segments of the index, in small steps, so that no word is left of what was removed from it.

    FTS5's own "secure-delete" is not used: without details it leaves words behind.
    """
    with store.write() as conn:
        more = tidy(conn, first=True)
    while more:
        with store.write() as conn:
            more = tidy(conn)


def tidy(conn: Connection, *, first: bool = False) -> bool:
    """Run one small step of merging the index's segments; False when nothing is left to do.

    New messages create many small segments, each with its own list of a frequent word: 10 % more disk, and slower
    queries. The numbers are pages for FTS5's "merge" command; a negative one starts a merge of segments of any size.
    """
    before: int = conn.total_changes
    conn.execute(
        "INSERT INTO message_index (message_index, rank) VALUES ('merge', ?)",
        (-_MERGE_PAGES if first else _MERGE_PAGES,),
    )
    return int(conn.total_changes) - before > 1


def question(asked: Sequence[str], identities: Sequence[int] = (), account_id: int | None = None) -> str:
    """The FTS5 MATCH expression for folded words (as prefixes), by any of these identities, on this account.

    FTS5 walks the ready list of a prefix of at most LONGEST letters from its newest end. For a longer one it first
    merges the lists of all words with that prefix (13 ms for a frequent one with a million messages). "" if nothing is
    asked.
    """
    needed = [word for word in dict.fromkeys(asked) if not any(o != word and o.startswith(word) for o in asked)]
    parts = [f'"{word}"*' for word in needed if word]
    if identities:
        parts.append("(" + " OR ".join(map(by, identities)) + ")")
    if account_id is not None:
        parts.append(on(account_id))
    return " AND ".join(parts)


def vocabulary(conn: Connection, begun: str, most: int) -> list[str]:
    """The folded words of the index with this beginning, by the alphabet, at most so many.

    It walks the lists of all of them, so it isn't for the window's thread. `conn` only reads: the table, which holds
    nothing, is in its memory.
    """
    conn.execute("PRAGMA query_only = OFF")
    try:
        conn.execute(_VOCABULARY)
    finally:
        conn.execute("PRAGMA query_only = ON")
    return [word for (word,) in conn.execute(_BEGINNING, (begun, f"{begun}\U0010ffff", most))]


def exactly(word: str) -> str:
    """The expression for a folded word that is there as it is."""
    return f'"{word}"'


def beginning(text: str) -> str:
    """The expression for folded words that are all there, the last of which may go on; their order is not known."""
    *whole, last = text.split(" ")
    asked = " AND ".join([*(f'"{word}"' for word in whole), f'"{last}"*'])
    return f"({asked})" if whole else asked


def by(identity: int) -> str:
    """The expression for the messages by an identity."""
    return f'"{_IDENTITY}{identity}"'


def on(account_id: int) -> str:
    """The expression for the messages on an account."""
    return f'"{_ACCOUNT}{account_id}"'


def one_of(expressions: Iterable[str]) -> str:
    """The expression for what meets one of these."""
    return f"({' OR '.join(expressions)})"
