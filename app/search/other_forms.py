"""Other forms of the words of a search, in the languages that the community writes: láhev finds lahve.

They are asked for once what was typed is shown: a beginning is looked up within a millisecond, these take some more. A
quoted word has none.

What was typed may itself be any form: lahve finds láhev, and lahví. The words it may be a form of are looked for among
those of the index that begin alike, and among the irregular ones; Icelandic has a dictionary. The index has no accents:
they are taken from what was typed, as far as a word begins alike.
"""

from __future__ import annotations

import unicodedata

from app.base.scripts import GREEK
from app.base.text import fold
from app.search.asked import Asked
from app.search.spelled import FORM, Spelling, Word
from app.store import index
from app.store.sqlite import Connection
from app.store.store import Store
from app.wordforms import LANGUAGES, bases, forms, has_forms, is_form, is_loaded, stems

_LEAST_LETTERS, _MOST_FORMS, _MOST_WORDS = 4, 160, 6
_LEAST_BEGUN, _MOST_BEGUN, _MOST_ENDING = 3, 4, 4  # letters that two forms begin with, and that a base ends in
_MOST_ALIKE = 3000
_LEAST_SHARE = 50  # a language in fewer than one conversation of so many is somebody's own
_SPOKEN = "SELECT language, count(*) FROM conversation WHERE language <> '' GROUP BY language ORDER BY 2 DESC"


class OtherForms:
    """Knows which languages are written here, once it was told to find out."""

    def __init__(self, store: Store) -> None:
        """Nothing is read and no language is loaded before `learn`."""
        self._store = store
        self._spoken: tuple[str, ...] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether `learn` was called."""
        return self._spoken is not None

    def learn(self) -> None:
        """Find out which languages are written here and load their words: up to half a second, on any thread."""
        rows = [(code, many) for code, many in self._store.read.execute(_SPOKEN) if code in LANGUAGES]
        total = sum(many for _, many in rows)
        spoken = tuple(code for code, many in rows if many * _LEAST_SHARE >= total)
        for code in spoken:
            stems("words", code)
        self._spoken = tuple(code for code in spoken if is_loaded(code))

    def widened(self, asked: Asked) -> Asked | None:
        """The same search with the other forms of its words that occur; None if none does, or before `learn`.

        Some milliseconds, and more in a large file: not for the window's thread.
        """
        if not self._spoken or asked.problem or len(asked.words) > _MOST_WORDS:
            return None
        words = tuple(self._with_forms(word) for word in asked.words)
        return asked._replace(words=words) if words != asked.words else None

    def _with_forms(self, word: Word) -> Word:
        if word.exact or " " in word.plain or len(word.plain) < _LEAST_LETTERS or not word.plain.isalpha():
            return word
        typed = unicodedata.normalize("NFC", word.typed or word.plain).casefold()
        conn = self._store.read
        alike: list[str] | None = None
        found: dict[str, None] = {}
        more: dict[str, None] = {}  # may occur; they come last, as not all of them may be asked for
        for language in self._spoken or ():
            more.update(dict.fromkeys(_forms(typed, language)))
            if language == "is" or not has_forms(typed, language) or bool(GREEK.search(typed)) != (language == "el"):
                continue
            if alike is None:
                alike = index.vocabulary(conn, _begun(word.plain), _MOST_ALIKE)
            found.update(dict.fromkeys(_forms_alike(typed, language, alike)))
        others = [
            form for form in (found | more) if not form.startswith(word.plain)
        ]  # those are found as they begin alike
        there = [Spelling(form, FORM) for form in others[:_MOST_FORMS] if _occurs(conn, form)]
        return word._replace(spellings=(*word.spellings, *there)) if there else word


def _begun(word: str) -> str:
    """What a folded word's other forms begin with, most likely."""
    return word[: max(_LEAST_BEGUN, min(len(word) // 2, _MOST_BEGUN))]


def _forms(word: str, language: str) -> list[str]:
    """The forms of a word, folded, and of what it may itself be a form of: irregular words, in Icelandic all."""
    return [fold(form) for base in sorted(bases(word, language)) for one in forms(base, language) for form in one]


def _forms_alike(typed: str, language: str, alike: list[str]) -> list[str]:
    """Of the words that begin alike: those that it is a form of, and their other forms."""
    plain = fold(typed)
    possible = {
        base
        for other in alike
        if other != plain and other.isalpha()
        for base in _with_accents(other, typed)
        if is_form(typed, base, language)
    }
    return sorted(fold(base) for base in possible) + [
        other for other in alike if any(is_form(other, base, language) for base in possible)
    ]


def _with_accents(other: str, typed: str) -> tuple[str, ...]:
    """A folded word that ends otherwise than what was typed: as it is, and with the accents of their beginning.

    Its last letter may have lost one: alma, almát. None of it if it ends in too many letters of its own.
    """
    plain = fold(typed)
    pairs = zip(other, plain, strict=False)
    same = next((at for at, (one, two) in enumerate(pairs) if one != two), min(len(other), len(plain)))
    if len(other) - same > _MOST_ENDING:
        return ()
    if len(plain) != len(typed):  # a letter was written as two
        return (other,)
    accented = typed[:same] + other[same:]
    return tuple(dict.fromkeys((other, accented, accented[:-1] + other[-1])))


def _occurs(conn: Connection, form: str) -> bool:
    asked = "SELECT 1 FROM message_index WHERE message_index MATCH ? LIMIT 1"
    return conn.execute(asked, (f'"{form}"',)).fetchone() is not None
