"""Other forms of the words of a search, in the languages that the community writes: láhev finds lahve.

They are asked for once what was typed is shown: a beginning is looked up within a millisecond, these take some more. A
quoted word has none.
"""

from __future__ import annotations

from app.base.text import fold
from app.search.asked import Asked
from app.search.spelled import FORM, Spelling, Word
from app.store.sqlite import Connection
from app.store.store import Store
from app.wordforms import LANGUAGES, forms, is_loaded, stems

_LEAST_LETTERS, _MOST_FORMS, _MOST_WORDS = 4, 160, 6
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
        """The same search with the other forms of its words that occur; None if none does, or before `learn`."""
        if not self._spoken or asked.problem or len(asked.words) > _MOST_WORDS:
            return None
        words = tuple(self._with_forms(word) for word in asked.words)
        return asked._replace(words=words) if words != asked.words else None

    def _with_forms(self, word: Word) -> Word:
        if word.exact or " " in word.plain or len(word.plain) < _LEAST_LETTERS or not word.plain.isalpha():
            return word
        found: dict[str, None] = {}
        for language in self._spoken or ():
            for form in _forms(word.typed or word.plain, language):
                if not form.startswith(word.plain):  # those are found as they begin alike
                    found[form] = None
        conn = self._store.read
        there = [Spelling(form, FORM) for form in list(found)[:_MOST_FORMS] if _occurs(conn, form)]
        return word._replace(spellings=(*word.spellings, *there)) if there else word


def _forms(word: str, language: str) -> list[str]:
    """The forms of a word, folded; in Icelandic of all words that it may itself be a form of."""
    bases = {word, *stems(word, language)} if language == "is" else {word}
    return [fold(form) for base in sorted(bases) for one in forms(base, language) for form in one]


def _occurs(conn: Connection, form: str) -> bool:
    asked = "SELECT 1 FROM message_index WHERE message_index MATCH ? LIMIT 1"
    return conn.execute(asked, (f'"{form}"',)).fetchone() is not None
