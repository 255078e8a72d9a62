"""One slip of a letter in a word that stands nowhere: which words of the index may be meant."""

from __future__ import annotations

from collections.abc import Iterator

from app.base.scripts import GREEK
from app.search.asked import Asked
from app.search.spelled import Word, word
from app.store import index
from app.store.sqlite import Connection

_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"
_LEAST_LETTERS = 4
_MOST_OFFERED = 6
_THERE = "SELECT 1 FROM message_index WHERE message_index MATCH ? LIMIT 1"


def likely(conn: Connection, asked: Asked) -> Iterator[Asked]:
    """The same search with one letter of one word another, likeliest first; only where a word stands nowhere.

    A slip is a letter too many, one too few, a wrong one, or two that changed places. Phrases and digits have none.
    """
    missing = [word for word in asked.words if _may_be_slip(word) and not _is_there(conn, word.plain)]
    if len(missing) != 1:
        return
    wrong = missing[0]
    offered = 0
    for spelled in _neighbours(wrong.plain):
        if not _is_there(conn, spelled):
            continue
        meant = word(spelled)
        if meant is not None:
            words = tuple(meant if one == wrong else one for one in asked.words)
            yield asked._replace(words=words, instead=spelled)
            offered += 1
            if offered == _MOST_OFFERED:
                return


def _may_be_slip(one: Word) -> bool:
    return (
        not one.exact
        and " " not in one.plain
        and len(one.plain) >= _LEAST_LETTERS
        and one.plain.isalpha()
        and not one.identities
    )


def _is_there(conn: Connection, spelled: str) -> bool:
    return conn.execute(_THERE, (index.beginning(spelled),)).fetchone() is not None


def _neighbours(spelled: str) -> Iterator[str]:
    """Every word at one slip's distance, each once; the first letter is seldom wrong, so that comes last."""
    seen = {spelled}
    letters = _GREEK_LETTERS if GREEK.search(spelled) else _LATIN_LETTERS
    for made in (*_in_place(spelled, letters, 1), *_in_place(spelled, letters, 0)):
        if made not in seen:
            seen.add(made)
            yield made


def _in_place(spelled: str, letters: str, first: int) -> Iterator[str]:
    """Slips from the second letter on (`first` 1), or at the first one (0)."""
    places = range(1, len(spelled)) if first else range(1)
    for at in places:
        if at + 1 < len(spelled):
            yield spelled[:at] + spelled[at + 1] + spelled[at] + spelled[at + 2 :]
    for at in places[: len(spelled) - 2]:
        yield spelled[:at] + spelled[at + 1 :]
    for at in places:
        yield from (spelled[:at] + letter + spelled[at:] for letter in letters)
    for at in places:
        yield from (spelled[:at] + letter + spelled[at + 1 :] for letter in letters)
    if first:
        yield from (spelled + letter for letter in letters)
        yield spelled[:-1]  # the beginning of so much that it comes last
