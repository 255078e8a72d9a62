"""What a source of rows is, and what takes them: the interface between kinds of files and the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from app.contacts.person import FieldChange
from app.imports.ledger import Ledger
from app.imports.notes import Notes
from app.imports.rejected import Rejected
from app.imports.shapes import Imported, Preview
from app.intake import Intake

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Row(NamedTuple, Generic[T]):
    """A row's content and the progress so far; `item` is None if it was rejected, or left out for the reason given."""

    done: int
    item: T | None
    left_out: str = ""


class Sink(Protocol[T_contra]):
    """Stores and counts the content of rows, in chunks."""

    new: int
    known: int
    changed: int

    @property
    def doubles(self) -> int:
        """How many of the known ones came before in the same file."""

    @property
    def changes(self) -> Sequence[FieldChange]:
        """The first fields of known members that were changed."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences to be said besides the counts."""

    def passes(self, item: T_contra) -> bool:
        """Whether an item that an earlier run of the same import stored needs no adding; else it is added once more."""

    def add(self, item: T_contra) -> None:
        """Add an item; stores the chunk once it is full. Raises UserError if the disk refuses."""

    def flush(self) -> None:
        """Store the pending chunk."""


class Source(Protocol[T]):
    """A file to import."""

    @property
    def holds(self) -> str:
        """MESSAGES or MEMBERS."""

    @property
    def where(self) -> str:
        """The account of rows that name none; shown in the preview."""

    @property
    def rejected(self) -> Rejected | None:
        """The collector of rejected rows; None if this source rejects none."""

    @property
    def notes(self) -> Notes:
        """What is to be said besides the counts; filled by `rows`."""

    @property
    def total(self) -> int:
        """The final value of `Row.done`; 0 if unknown."""

    @property
    def is_small(self) -> bool:
        """Whether a preview may read all of it in a dry run."""

    def begin(self) -> None:
        """Called once before `rows`: remembers the person's choices. Raises UserError if some are missing."""

    def rows(self) -> Iterator[Row[T]]:
        """Yield all rows, in the file's order. Raises OSError."""

    def sink(self, intake: Intake, ledger: Ledger) -> Sink[T]:
        """Return the sink for its rows."""

    def preview(self, counted: Imported | None) -> Preview:
        """Return the preview; `counted` is the outcome of the dry run, if there was one."""
