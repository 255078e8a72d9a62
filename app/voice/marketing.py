"""Promotion that answers nothing: a reply in which every sentence asks to buy, to follow or to subscribe.

A note, never more: whoever is asked where something can be bought answers just so.
"""

from __future__ import annotations

import re

from app.base.text import folded_words
from app.base.words import tr
from app.store.sqlite import Connection
from app.voice.clearing import Draft
from app.voice.rule import NOTE, Finding
from app.voice.word_lists import word_pattern
from app.wordforms import sentences

ONE_WAY = "one_way"
"""What such a note is about, among the kinds of risk."""
LANGUAGES = ("en", "is", "hu", "cs", "el")
_ASKED = """
SELECT text FROM message WHERE conversation_id = ? AND out = 0 AND gone_at IS NULL ORDER BY at DESC, id DESC LIMIT 1
"""
_LINK = re.compile(r"https?://\S{1,300}|\bwww\.\S{1,300}", re.IGNORECASE)
_OFF = re.compile(r"\d{1,3} ?%|[€$£] ?\d|\d ?(?:€|Kč|Ft|kr\.?)(?!\w)")
_MOST_SMALL, _MOST_CHARS, _MOST_SENTENCES = 6, 4_000, 40


def noted(conn: Connection, draft: Draft) -> tuple[Finding, ...]:
    """The note on a reply, as `finding` tells it by the latest message that it may answer; () for most."""
    if draft.conversation_id is None or draft.language not in LANGUAGES:
        return ()
    if _promotion(draft.text[:_MOST_CHARS], draft.language) is None:
        return ()
    row = conn.execute(_ASKED, (draft.conversation_id,)).fetchone()
    found = finding(draft, row["text"]) if row is not None else None
    return () if found is None else (found,)


def finding(draft: Draft, question: str) -> Finding | None:
    """A note on a reply that is nothing but promotion; None for any other, and where `question` asks for just that."""
    if draft.conversation_id is None or draft.language not in LANGUAGES or not question.strip():
        return None
    span = _promotion(draft.text[:_MOST_CHARS], draft.language)
    if span is None or _says(question[:_MOST_CHARS], draft.language, "wants"):
        return None
    start, end = span
    why = tr("This only promotes: nothing in it answers what was asked. Say first what they want to know.")
    return Finding(start, end, NOTE, ONE_WAY, why, draft.text[start:end].strip())


def _promotion(text: str, language: str) -> tuple[int, int] | None:
    """Where the first sentence of a text is that asks to buy, if all others promote as well; else None."""
    first: tuple[int, int] | None = None
    for start, end in sentences(text)[:_MOST_SENTENCES]:
        sentence = text[start:end]
        calls = _says(sentence, language, "call")
        if not calls and not _is_small(sentence, language) and not _promotes(sentence, language):
            return None
        if calls and first is None:
            first = start + len(sentence) - len(sentence.lstrip()), start + len(sentence.rstrip())
    return first


def _promotes(sentence: str, language: str) -> bool:
    """Whether it is a link or a sign alone, or speaks of what is sold with a price, a link, or a loud voice."""
    bare = folded_words(_LINK.sub(" ", sentence))
    if not bare:
        return True
    loud = "!" in sentence or _OFF.search(sentence) is not None or _LINK.search(sentence) is not None
    return loud and _says(sentence, language, "ware")


def _is_small(sentence: str, language: str) -> bool:
    """Whether it is a greeting, thanks or a sign-off, which answers nothing by itself."""
    many = len(folded_words(sentence).split())
    return many <= 1 or (many <= _MOST_SMALL and _says(sentence, language, "small"))


def _says(sentence: str, language: str, what: str) -> bool:
    words = f" {folded_words(_LINK.sub(' ', sentence))} "
    return word_pattern("marketing.toml", language, what).search(words) is not None
