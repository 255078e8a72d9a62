"""How many letters are kept as they came, and what they take in the file."""

from __future__ import annotations

from typing import NamedTuple

from app.base.sizes import in_words
from app.base.words import counted, tr
from app.store.sqlite import Connection


class Kept(NamedTuple):
    """How many originals are kept, and how many bytes they take in the file."""

    letters: int
    octets: int

    def sentence(self) -> str:
        """The same in words, in the language in use."""
        if not self.letters:
            return tr("No originals are kept: all letters could be read wholly.")
        return counted(
            self.letters,
            "Originals kept: {count} letter, {size}",
            "Originals kept: {count} letters, {size}",
            size=in_words(self.octets),
        )


def kept(conn: Connection) -> Kept:
    """How many originals are kept, and what they take."""
    return Kept(*conn.execute("SELECT count(*), coalesce(sum(length(bytes)), 0) FROM raw").fetchone())
