"""The full-text index: what goes in, and how a question is put. Folding happens here, before FTS5 sees a word.

A member's and an account's messages are found by tokens in the indexed row (a private-use letter and the identity's or
the account's number): 0.7 ms where a join takes 125 ms at a million messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.base.text import folded_words, words
from app.store.sqlite import Connection

LONGEST = 4
"""The longest beginning of a word that has an index of its own: the last of `prefix` in message_index."""
_IDENTITY, _ACCOUNT = "\ue000", "\ue001"
_STEP = 400  # pages; about 20 ms, for which another writer waits
_OLD = "INSERT INTO message_index (message_index, rowid, words) VALUES ('delete', ?, ?)"


def entry(account_id: int, identity_id: int | None, *texts: str) -> str:
    """The folded words of a message's texts and the tokens of its account and speaker, ready for the index."""
    found = [folded_words("\n".join(texts)), f"{_ACCOUNT}{account_id}"]
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


def question(asked: Sequence[str], identities: Sequence[int] = (), account_id: int | None = None) -> str:
    """The FTS5 expression for folded words (beginnings of words), said by any of these identities, by this account.

    A word of at most LONGEST letters has a ready list, which FTS5 walks from its newest end; for a longer one it first
    gathers the lists of all words that begin so (13 ms for a frequent one at a million). "" where nothing is asked.
    """
    needed = [word for word in dict.fromkeys(asked) if not any(o != word and o.startswith(word) for o in asked)]
    parts = [f'"{word}"*' for word in needed if word]
    if identities:
        parts.append("(" + " OR ".join(f'"{_IDENTITY}{number}"' for number in identities) + ")")
    if account_id is not None:
        parts.append(f'"{_ACCOUNT}{account_id}"')
    return " AND ".join(parts)


def phrases(text: str) -> list[str]:
    """The folded texts that stood in quotation marks; the index cannot see word order, so hits are checked for them."""
    pieces = text.replace("“", '"').replace("”", '"').replace("„", '"').replace("«", '"').replace("»", '"').split('"')
    return [" ".join(words(piece)) for piece in pieces[1::2] if len(words(piece)) > 1]
