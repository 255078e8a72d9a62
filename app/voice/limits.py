"""How many exclamation marks a message may have, and how many words a sentence: beyond that is a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.store.sqlite import Connection
from app.voice.guard import NOTE, Finding

EXCLAIM, SENTENCE = "exclaim", "sentence"
RANGES = {EXCLAIM: (0, 99), SENTENCE: (3, 200)}
"""The least and the most that each can be set to."""
_COLUMNS = {EXCLAIM: "exclaim_most", SENTENCE: "sentence_most"}
_TITLES = {
    EXCLAIM: N_("Changed voice guide: exclamation marks"), SENTENCE: N_("Changed voice guide: length of sentences"),
}  # fmt: skip
_MARK = re.compile("[!\uff01\u203c\u2757\u2755]")
_ENDS = re.compile("[.!?\u2026\u037e]+(?=[\\s\"'”“»)]|$)|\n")
_GREEK_ENDS = re.compile("[.!?\u2026\u037e;]+(?=[\\s\"'”“»)]|$)|\n")
_WORD = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")


class Limits(NamedTuple):
    """The most of each; None for any number."""

    exclaim: int | None = None
    sentence: int | None = None


def of(conn: Connection) -> Limits:
    """Return the guide's limits."""
    row = conn.execute("SELECT exclaim_most, sentence_most FROM voice_guide").fetchone()
    return Limits(*row) if row is not None else Limits()


def put(conn: Connection, what: str, most: int | None) -> None:
    """Set a limit in the open transaction; `what` is EXCLAIM or SENTENCE, None for any number."""
    column = _COLUMNS[what]
    conn.execute(
        f"INSERT INTO voice_guide (id, who_we_are, {column}) VALUES (1, '', ?)"
        f" ON CONFLICT DO UPDATE SET {column} = excluded.{column}",
        (most,),
    )


def title(what: str) -> str:
    """Return what the action of setting a limit is called."""
    return tr(_TITLES[what])


def refuse(what: str, most: int | None) -> None:
    """Raise UserError if a limit can't be set to that."""
    low, high = RANGES[what]
    if most is not None and not low <= most <= high:
        msg = tr("The number has to be between {least} and {most}.").format(least=low, most=high)
        raise UserError(msg)


def beyond(text: str, language: str, limits: Limits) -> tuple[Finding, ...]:
    """Return a note at the first exclamation mark too many, and one in each sentence that is too long."""
    return (*_exclaimed(text, limits.exclaim), *_long(text, language, limits.sentence))


def _exclaimed(text: str, most: int | None) -> Iterator[Finding]:
    found = list(_MARK.finditer(text)) if most is not None else []
    if most is not None and len(found) > most:
        why = counted(
            most, "The voice guide allows {count} exclamation mark in a message; this one has {used}.",
            "The voice guide allows {count} exclamation marks in a message; this one has {used}.", used=len(found),
        )  # fmt: skip
        yield Finding(*found[most].span(), NOTE, "exclaim", why, found[most][0])


def _long(text: str, language: str, most: int | None) -> Iterator[Finding]:
    if most is None:
        return
    begin = 0
    ends = [hit.end() for hit in (_GREEK_ENDS if language == "el" else _ENDS).finditer(text)]
    for end in (*ends, len(text)):
        words = list(_WORD.finditer(text, begin, end))
        begin = end
        if len(words) > most:
            why = counted(
                most, "The voice guide allows {count} word in a sentence; this one has {used}.",
                "The voice guide allows {count} words in a sentence; this one has {used}.", used=len(words),
            )  # fmt: skip
            yield Finding(*words[most].span(), NOTE, "sentence", why, words[most][0])
