"""The full-text index: what goes in, and how a question is put. Folding happens here, before FTS5 sees a word.

A member's messages are found by a token in the indexed row (a private-use letter and the identity's number): 0.7 ms
where a join takes 125 ms at a million messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.store.sqlite import Connection
from app.text import words

LONGEST = 4
"""The longest beginning of a word that has an index of its own: the last of `prefix` in message_index."""
_IDENTITY = "\ue000"
_STEP = 400  # pages; about 20 ms, for which another writer waits
_OLD = "INSERT INTO message_index (message_index, rowid, words) VALUES ('delete', ?, ?)"


def entry(identity_id: int | None, *texts: str) -> str:
    """The folded words of a message's texts and its speaker's token, ready for the index."""
    found = words("\n".join(text for text in texts if text))
    if identity_id is not None:
        found.append(f"{_IDENTITY}{identity_id}")
    return " ".join(found)


def add(conn: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Index messages: (id, entry), ids rising."""
    conn.executemany("INSERT INTO message_index (rowid, words) VALUES (?, ?)", rows)


def remove(conn: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Take messages out: the entries must be the ones that went in, the index holds no copy."""
    conn.executemany(_OLD, rows)


def tidy(conn: Connection, *, first: bool = False) -> bool:
    """One small step of putting the index's parts together; False when nothing is left to do.

    What comes in lies in many small parts, each with its own list of a frequent word: a tenth more disk, and slower to
    ask. The numbers are pages of work, after FTS5's manual on "merge": negative begins, for parts of every size.
    """
    before: int = conn.total_changes
    conn.execute("INSERT INTO message_index (message_index, rank) VALUES ('merge', ?)", (-_STEP if first else _STEP,))
    return int(conn.total_changes) - before > 1


def question(text: str, identities: Sequence[int] = (), *, short: bool = False) -> str:
    """The FTS5 expression for typed words, each one the beginning of a word; "" where nothing is asked.

    `short` cuts the words to what a prefix index holds: FTS5 then walks one ready list from its newest end, where for
    a longer beginning it first gathers the lists of all words that begin so (13 ms for a frequent one at a million).
    """
    asked = (word[:LONGEST] if short else word for word in words(text))
    parts = [f'"{word}"*' for word in dict.fromkeys(asked)]
    if identities:
        parts.append("(" + " OR ".join(f'"{_IDENTITY}{number}"' for number in identities) + ")")
    return " AND ".join(parts)


def phrases(text: str) -> list[str]:
    """The folded texts that stood in quotation marks; the index cannot see word order, so hits are checked for them."""
    pieces = text.replace("“", '"').replace("”", '"').replace("„", '"').replace("«", '"').replace("»", '"').split('"')
    return [" ".join(words(piece)) for piece in pieces[1::2] if len(words(piece)) > 1]
