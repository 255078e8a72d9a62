"""Public and private mistaken: a public reply that speaks of private words, a private one that speaks to everybody.

A note, never more: what was meant is for the person to say. "Sziasztok" greets several people, and so on.
"""

from __future__ import annotations

from app.base.text import folded_words
from app.base.words import tr
from app.store.sqlite import Connection
from app.voice.clearing import RECEIVER, Draft
from app.voice.rule import NOTE, Finding
from app.voice.word_lists import word_pattern
from app.wordforms import sentences

LANGUAGES = ("en", "is", "hu", "cs", "el")
MISTAKEN = "mistaken"
"""What such a note is about, among the kinds of risk."""
_MOST_CHARS, _MOST_SENTENCES = 4_000, 40


def noted(conn: Connection, draft: Draft) -> tuple[Finding, ...]:
    """The note on the first sentence of a reply that takes it for what it is not; () for most."""
    what = "private" if draft.public else "everybody" if draft.read_by == RECEIVER else ""
    if draft.conversation_id is None or not what or draft.language not in LANGUAGES:
        return ()
    text, pattern = draft.text[:_MOST_CHARS], word_pattern("mistaken.toml", draft.language, what)
    for start, end in sentences(text)[:_MOST_SENTENCES]:
        if pattern.search(f" {folded_words(text[start:end])} "):
            words = text[start:end].strip()
            at = text.index(words, start)
            return (Finding(at, at + len(words), NOTE, MISTAKEN, _why(conn, draft), words),)
    return ()


def _why(conn: Connection, draft: Draft) -> str:
    if draft.public:
        return tr("This speaks of what was said in private, and everybody can read it.")
    row = conn.execute("SELECT name FROM member WHERE id = ?", (draft.to,)).fetchone()
    if row is None:
        return tr("This speaks to everybody, and only the one whom it goes to reads it.")
    return tr("This speaks to everybody, and only {name} reads it.").format(name=row["name"])
