"""Google's Takeout: an archive of several products, each in a folder called as in its owner's language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from app.base import words
from app.base.words import tr
from app.imports import packed
from app.imports.bundle import Bundle, Part
from app.imports.ledger import Ledger
from app.imports.mapping import MESSAGES
from app.imports.notes import Notes
from app.imports.shapes import Imported, Preview
from app.imports.source import Row, Sink, Source
from app.intake import Intake

_TOP = "takeout/"
MAILS, CARDS = (".mbox", ".mbx", ".eml", ".emlx"), (".vcf",)
_MOST_NAMED = 12


def remarks(bundle: Bundle, kinds: Iterable[str] = MAILS, tables: Iterable[Part] = ()) -> list[str]:
    """Sentences that name the products of which nothing is read; [] if there are none, or it is no Takeout.

    Read are files whose names end with one of `kinds`, and `tables`.
    """
    products: dict[str, list[str]] = {}
    for part in bundle.parts:
        if part.name.casefold().startswith(_TOP) and part.name.count("/") > 1:
            products.setdefault(part.name.split("/")[1], []).append(part.name)
    if not products:
        return []
    read = {part.name for part in tables}
    own = {part.name for part in packed.own_export(bundle)}
    left = {name: files for name, files in sorted(products.items()) if not _has(files, tuple(kinds), read)}
    apart = [name for name, files in left.items() if _has(files, (*MAILS, *CARDS), own)]
    said = [
        tr("Import “{name}” by itself: unpack the archive, then choose that folder.").format(name=name)
        for name in apart
    ]
    never = [name for name in left if name not in apart]
    return [*said, _unread(never)] if never else said


def _has(files: Iterable[str], kinds: tuple[str, ...], read: Collection[str]) -> bool:
    return any(name in read or name.casefold().endswith(kinds) for name in files)


def _unread(names: list[str]) -> str:
    listed = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    if more > 0:
        return words.counted(
            more,
            "Rapport can't read these parts of the archive: {names} and {count:,} other.",
            "Rapport can't read these parts of the archive: {names} and {count:,} others.",
            names=listed,
        )
    return tr("Rapport can't read these parts of the archive: {names}.").format(names=listed)


class Several:
    """Letters, and the comments that somebody wrote, out of one archive: two sources, one after the other."""

    holds = MESSAGES

    def __init__(self, letters: Source[Any], comments: Source[Any], service: str) -> None:
        """`service` is where the comments are from, in words."""
        self._letters, self._comments, self._service = letters, comments, service
        self.where, self.rejected = letters.where, comments.rejected

    @property
    def notes(self) -> Notes:
        """Those on the letters, with those on the comments."""
        first, second = self._letters.notes, self._comments.notes
        said = [*first.said, *second.said]
        return replace(first, said=said, cleaned=first.cleaned + second.cleaned)

    @property
    def total(self) -> int:
        """Of both, though counted in different things: progress goes on to its end."""
        return self._letters.total + self._comments.total

    @property
    def is_small(self) -> bool:
        """Whether a preview may read both."""
        return self._letters.is_small and self._comments.is_small

    def begin(self) -> None:
        """Begin both."""
        self._letters.begin()
        self._comments.begin()

    def rows(self) -> Iterator[Row[Any]]:
        """Yield all letters, then all comments."""
        yield from self._letters.rows()
        done = self._letters.total
        for row in self._comments.rows():
            yield row._replace(done=done + row.done)

    def sink(self, intake: Intake, ledger: Ledger) -> Sink[Any]:
        """Messages of both."""
        return self._letters.sink(intake, ledger)

    def preview(self, counted: Imported | None) -> Preview:
        """Return the first letters; the sentence tells of the comments too."""
        seen = self._letters.preview(counted)
        more = tr("The comments that you wrote on {service} come in as well.").format(service=self._service)
        return replace(seen, sentence=f"{seen.sentence} {more}")
