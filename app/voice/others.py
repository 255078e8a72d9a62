"""What a public draft tells of others: the name of a member who takes no part, and words written in private."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.base.text import folded_words
from app.base.words import tr
from app.store.sqlite import Connection
from app.voice.clearing import Draft
from app.voice.rule import ASK, NOTE, Finding
from app.wordforms import sentences

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]{1,30}"
_NAME = re.compile(rf"(?<!\w)(?={_CAPITAL}(?:[ \u00a0]{_CAPITAL})+)({_CAPITAL})(?=[ \u00a0]({_CAPITAL}))")
_RUN = 8
"""So many words of a private message in the same order are no chance."""
_MOST_NAMES, _MOST_SENTENCES, _MOST_FOUND = 40, 60, 50


def named(conn: Connection, draft: Draft) -> tuple[Finding, ...]:
    """A note for each member who is named in full, unless the draft is to them or they speak in its conversation."""
    present = _present(conn, draft)
    found = []
    for start, end in list(_pairs(draft.text))[:_MOST_NAMES]:
        words = draft.text[start:end]
        member = _member(conn, words)
        if member is not None and member not in present:
            why = tr("A member has this name, and takes no part here. Is everybody to read it?")
            found.append(Finding(start, end, NOTE, "personal", why, words))
    return tuple(found)


def from_private(conn: Connection, draft: Draft) -> tuple[Finding, ...]:
    """A finding that needs a reason for each sentence with eight words in a row of a private message to us.

    Looks for up to 60 sentences in the index, which takes too long for a pause in typing.
    """
    found = []
    for start, end in sentences(draft.text)[:_MOST_SENTENCES]:
        run = _longest_run(draft.text[start:end])
        if run and _is_private(conn, run, draft):
            why = tr("Somebody wrote these words in private. Are they meant for everybody?")
            found.append(Finding(start, end, ASK, "personal", why, draft.text[start:end].strip()))
    return tuple(found)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Two words in a row with capitals, as names are written."""
    return ((one.start(1), one.end(2)) for one in _NAME.finditer(text))


def _present(conn: Connection, draft: Draft) -> set[int]:
    """Whom the draft is to, and who speaks in its conversation."""
    rows = conn.execute(
        "SELECT DISTINCT i.member_id FROM message m JOIN identity i ON i.id = m.identity_id"
        " WHERE m.conversation_id = ? AND i.member_id IS NOT NULL",
        (draft.conversation_id,),
    )
    return {row[0] for row in rows} | ({draft.to} if draft.to is not None else set())


def _member(conn: Connection, name: str) -> int | None:
    """The member of exactly this name; None if there is none, or a teammate has it."""
    words = folded_words(name)
    asked = " AND ".join(f'"{word}"' for word in words.split())
    if not asked:
        return None
    rows = conn.execute(
        "SELECT m.id, m.name FROM member m WHERE m.merged_into IS NULL"
        " AND m.id IN (SELECT rowid FROM member_index WHERE member_index MATCH ?) LIMIT ?",
        (asked, _MOST_FOUND),
    ).fetchall()
    ours = conn.execute("SELECT 1 FROM teammate WHERE name = ? COLLATE NOCASE", (name,)).fetchone()
    return next((row["id"] for row in rows if folded_words(row["name"]) == words), None) if ours is None else None


def _longest_run(sentence: str) -> str:
    """The eight words in a row of a sentence that have most letters, folded; "" if it has fewer."""
    words = folded_words(sentence).split()
    runs = [words[at : at + _RUN] for at in range(len(words) - _RUN + 1)]
    return " ".join(max(runs, key=lambda run: sum(map(len, run)))) if runs else ""


def _is_private(conn: Connection, run: str, draft: Draft) -> bool:
    asked = " AND ".join(f'"{word}"' for word in dict.fromkeys(run.split()))
    rows = conn.execute(
        "SELECT m.text FROM message m JOIN conversation c ON c.id = m.conversation_id"
        " WHERE m.id IN (SELECT rowid FROM message_index WHERE message_index MATCH ?)"
        " AND m.out = 0 AND c.public = 0 AND m.conversation_id IS NOT ? LIMIT ?",
        (asked, draft.conversation_id, _MOST_FOUND),
    )
    return any(f" {run} " in f" {folded_words(row['text'])} " for row in rows)
