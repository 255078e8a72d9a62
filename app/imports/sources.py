"""Sources: one class per kind of file, all with the same interface, which yield rows for a sink.

A new kind of file needs a class here and a line in `source_of`. The sinks are `Messages` and `Persons`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from app.base.errors import UserError
from app.base.message import Incoming
from app.base.words import tr
from app.imports import feedfile, mailbox, places, previews, read_back, tables
from app.imports.ledger import Ledger
from app.imports.mapping import MEMBERS, MESSAGES, UNKNOWN, in_words, kind_of
from app.imports.messages import Messages, Placed
from app.imports.people import Persons
from app.imports.places import Place
from app.imports.recognise import FEED, MAIL, SourceFile
from app.imports.rejected import Rejected
from app.imports.rows import Person, RowError, row_id
from app.imports.shapes import Imported, Options, Preview
from app.imports.tables import Sheet
from app.intake import Intake
from app.store.store import Store

# up to these a preview makes a dry run; beyond, it would take too long
_MAX_COUNTED_MAILS, _MAX_COUNTED_ROWS = 2_000, 20_000
T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Row(NamedTuple, Generic[T]):
    """A row's content and the progress so far; `item` is None if it was rejected."""

    done: int
    item: T | None


class Sink(Protocol[T_contra]):
    """Stores and counts the content of rows, in chunks."""

    new: int
    known: int
    changed: int

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


def source_of(file: SourceFile, store: Store, options: Options) -> Source[Any]:
    """Return the source for a recognised file. Raises UserError, for example for an unreadable table."""
    if file.kind in MAIL:
        return Mails(file, store, options)
    if file.kind == FEED:
        return Feed(file, store, options)
    sheet = tables.read_sheet(store.read, file.path, options)
    read_back.refuse_conversations(sheet.table.header, file.path.name)
    return MemberTable(sheet, store, options) if sheet.layout.holds == MEMBERS else MessageTable(sheet, store, options)


class _OneAccount:
    """Mails or a feed's entries: a source whose messages all go to one account."""

    holds = MESSAGES
    rejected = None

    def __init__(self, file: SourceFile, store: Store, options: Options, place: Place) -> None:
        self._file, self._store, self._options, self._place = file, store, options, place
        self._own = places.folded_own(options.own)
        self.where = place.name

    def begin(self) -> None:
        """No-op: there are no columns to map."""

    def sink(self, intake: Intake, ledger: Ledger) -> Messages:
        """Messages, of which those under our own names are ours."""
        return Messages(self._store, intake, ledger, self._own, dry_run=self._options.dry_run)

    def _rows(self, read: Iterator[mailbox.Read]) -> Iterator[Row[Placed]]:
        for entry in read:
            yield Row(entry.done, Placed(self._place, entry.item))


class Mails(_OneAccount):
    """A source of mails: an mbox, a Maildir, a folder or a single file."""

    def __init__(self, file: SourceFile, store: Store, options: Options) -> None:
        """Choose the account; each call of `rows` reads from the start."""
        super().__init__(file, store, options, places.for_mail(store.read, options.channel))

    @property
    def total(self) -> int:
        """Bytes of an mbox, else number of files."""
        return mailbox.total(self._file)

    @property
    def is_small(self) -> bool:
        """Whether there are at most about 2,000 mails."""
        return mailbox.is_small(self._file, _MAX_COUNTED_MAILS)

    def rows(self) -> Iterator[Row[Placed]]:
        """Yield every mail, broken ones as unreadable messages."""
        return self._rows(mailbox.read(self._file, self._place.own | self._own))

    def preview(self, counted: Imported | None) -> Preview:
        """Return the first mails and an estimate of their number."""
        return previews.of_mail(self._file, self._place, self._options, counted)


class Feed(_OneAccount):
    """A source of entries: a feed saved as a file."""

    total = 0

    def __init__(self, file: SourceFile, store: Store, options: Options) -> None:
        """Choose the account: the chosen one, else one named after the feed."""
        super().__init__(file, store, options, places.find(store.read, options.channel or feedfile.name(file), "feed"))

    @property
    def is_small(self) -> bool:
        """Whether the file has at most `feedfile.SMALL` bytes."""
        return self._file.size <= feedfile.SMALL

    def rows(self) -> Iterator[Row[Placed]]:
        """Yield every entry."""
        return self._rows(feedfile.read(self._file, self._place.own | self._own))

    def preview(self, counted: Imported | None) -> Preview:
        """Return the first entries."""
        return previews.of_feed(self._file, self._place, self._options, counted)


class _Table(Generic[T]):
    """A table: invalid rows are collected with the reason."""

    def __init__(self, sheet: Sheet, store: Store, options: Options, where: str) -> None:
        self._sheet, self._store, self._options = sheet, store, options
        self._reader = tables.reader(sheet, options, where)
        self.holds, self.where, self.total = sheet.layout.holds, where, sheet.total
        self.rejected = Rejected(sheet.table, store.path.parent)

    @property
    def is_small(self) -> bool:
        """Whether all required columns are mapped, and there are at most 20,000 rows."""
        return self.total <= _MAX_COUNTED_ROWS and not self._sheet.missing

    def begin(self) -> None:
        """Remember the chosen mapping; raises UserError if a required column is missing."""
        _refuse_incomplete(self._sheet)
        if not self._options.dry_run:
            with self._store.write() as conn:
                tables.remember(conn, self._sheet, self._options.mapping)

    def rows(self) -> Iterator[Row[T]]:
        """Yield every row; collects invalid ones in `rejected`."""
        for number, row in enumerate(tables.rows(self._sheet), 1):
            item = None
            try:
                item = self._read(row.cells)
            except RowError as why:
                self.rejected.add(row.cells, str(why), keep=not self._options.dry_run)
            yield Row(number, item)

    def _read(self, cells: Sequence[str]) -> T:
        """Convert a row; raises RowError if it is invalid."""
        raise NotImplementedError

    def preview(self, counted: Imported | None) -> Preview:
        """Return the first rows and the mapping of the columns."""
        return previews.of_table(self._sheet, self.where, counted)


class MessageTable(_Table[Placed]):
    """A table of messages; each row may name the account that it belongs to."""

    def __init__(self, sheet: Sheet, store: Store, options: Options) -> None:
        """Rows that name no account go to the chosen one, else to one named after the file."""
        super().__init__(sheet, store, options, options.channel or _account_name(sheet))
        self._places: dict[str, Place] = {}
        self._equal: Counter[str] = Counter()
        self._exported = read_back.is_messages(sheet.table.header)

    def rows(self) -> Iterator[Row[Placed]]:
        """Yield every row; equal rows without ids are counted from the file's start."""
        self._equal.clear()
        return super().rows()

    def _read(self, cells: Sequence[str]) -> Placed:
        place = self._place(self._reader.channel_of(cells))
        item = self._reader.message(cells, place.kind)
        number = self._reader.cell(cells, "remote_id")
        if self._exported:
            stored = read_back.is_stored(self._store.read, number, item.at, item.text, item.author.handle)
            return Placed(place, item, stored=stored)
        return Placed(place, item if number else self._told_apart(item))

    def _told_apart(self, item: Incoming) -> Incoming:
        """Give the second and further of equal rows ids of their own: somebody wrote “👍” twice within a minute.

        The id holds which of them it is, so that the same file again adds nothing.
        """
        self._equal[item.remote_id] += 1
        times = self._equal[item.remote_id]
        return item if times == 1 else item._replace(remote_id=row_id(item.remote_id, times))

    def _place(self, name: str) -> Place:
        if name not in self._places:
            self._places[name] = places.find(self._store.read, name, kind_of(name))
        return self._places[name]

    def sink(self, intake: Intake, ledger: Ledger) -> Messages:
        """Messages, of which those under our own names are ours."""
        return Messages(self._store, intake, ledger, self._reader.own, dry_run=self._options.dry_run)


class MemberTable(_Table[Person]):
    """A table of members."""

    def __init__(self, sheet: Sheet, store: Store, options: Options) -> None:
        """The chosen account is only shown in the preview."""
        super().__init__(sheet, store, options, options.channel)

    def _read(self, cells: Sequence[str]) -> Person:
        return self._reader.person(cells)

    def sink(self, intake: Intake, ledger: Ledger) -> Persons:
        """Return the sink for members."""
        del intake
        return Persons(self._store, ledger, dry_run=self._options.dry_run)


def _account_name(sheet: Sheet) -> str:
    """Return an account name from the channel of a personal export, else from the file's name."""
    if sheet.layout.personal:
        return sheet.layout.personal.capitalize()
    stem = sheet.table.path.stem.replace("_", " ").strip()
    kind = kind_of(stem)
    return kind.capitalize() if kind != UNKNOWN else stem or "Imported"


def _refuse_incomplete(sheet: Sheet) -> None:
    if sheet.missing:
        msg = tr(
            "Which column of {file} has: {fields}? Choose it in the preview, or with --map HEADER=FIELD "
            "(FIELD is {keys})."
        ).format(file=sheet.table.path.name, fields=in_words(sheet.missing), keys=", ".join(sheet.missing))
        raise UserError(msg)
