"""Emoji by their names: found by letters in the draft's language and in English, those used last first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from app.base import resources
from app.base.text import fold, words
from app.settings import store_value
from app.store.store import Store

LANGUAGES = ("en", "is", "hu", "cs", "el")
"""The columns of the table, after the emoji itself."""
MIN_LETTERS = 2
_RECENT = "emoji_recent"
_MAX_RECENT = 24
_LANGUAGE_STEP = 3  # what a match in English alone counts less


class Named(NamedTuple):
    """An emoji with its name in the language that was asked for (English, if the table lacks that language)."""

    sign: str
    name: str


class _Row(NamedTuple):
    sign: str
    names: dict[str, tuple[str, ...]]
    folded: dict[str, tuple[str, ...]]


@cache
def table() -> tuple[_Row, ...]:
    """The table of names (Unicode CLDR), in its order: `resources/emoji/names.tsv`."""
    rows = []
    for line in (resources.ROOT / "emoji" / "names.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            sign, *columns = line.split("\t")
            names = {code: tuple(column.split("|")) for code, column in zip(LANGUAGES, columns, strict=True)}
            rows.append(_Row(sign, names, {code: tuple(map(fold, given)) for code, given in names.items()}))
    return tuple(rows)


class Emojis:
    """Finds emoji, and remembers which were used."""

    def __init__(self, store: Store) -> None:
        """Load nothing yet: the table is read at the first search."""
        self._store = store

    def find(self, letters: str, language: str = "", most: int = 6) -> list[Named]:
        """The emoji that these letters (two at least) begin a name of, in this language or in English.

        Those used last come first, then whole names before words in them, the language before English, then usual ones.
        Case and accents count nothing; `_` stands for a space.
        """
        asked = fold(letters.replace("_", " ")).strip()
        if len(asked) < MIN_LETTERS:
            return []
        recent = {sign: place for place, sign in enumerate(self.recent())}
        spoken = language if language in LANGUAGES else "en"
        found = [
            (recent.get(row.sign, _MAX_RECENT), fit, place, Named(row.sign, row.names[spoken][0]))
            for place, row in enumerate(table())
            if (fit := _fit(row, asked, spoken)) is not None
        ]
        return [named for *_order, named in sorted(found)[:most]]

    def take(self, sign: str) -> None:
        """Remember that this one was used just now."""
        recent = [sign, *(other for other in self.recent() if other != sign)][:_MAX_RECENT]
        with self._store.write() as conn:
            store_value(conn, _RECENT, " ".join(recent))

    def recent(self) -> list[str]:
        """Those used last, the latest first, at most 24."""
        row = self._store.read.execute("SELECT value FROM setting WHERE key = ?", (_RECENT,)).fetchone()
        return str(row["value"]).split() if row is not None else []


def _fit(row: _Row, asked: str, language: str) -> int | None:
    """How well the letters fit: 0 best; None if not at all."""
    for behind, code in enumerate(dict.fromkeys((language, "en"))):
        fit = _fit_names(row.folded[code], asked)
        if fit is not None:
            return _LANGUAGE_STEP * behind + fit
    return None


def _fit_names(names: Sequence[str], asked: str) -> int | None:
    """0: it is the name; 1: it begins a word of the name; 2: a word that the emoji is found by as well."""
    if names[0] == asked:
        return 0
    begins = [f" {asked}" in f" {' '.join(words(name))} {name}" for name in names]
    return 1 if begins[0] else 2 if any(begins) else None
