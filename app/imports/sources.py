"""Every kind of file as a source: it yields its rows in one form, so that all files go the same way in.

A new kind of file is a class here and a line in `source_of`. Rows go into a sink: messages, or persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from app.base.errors import UserError
from app.base.words import tr
from app.imports import feedfile, mailbox, places, previews, tables
from app.imports.ledger import Ledger
from app.imports.mapping import MEMBERS, MESSAGES, UNKNOWN, in_words, kind_of
from app.imports.messages import Messages, Placed
from app.imports.people import Persons
from app.imports.places import Place
from app.imports.recognise import FEED, MAIL, Found
from app.imports.rejected import Rejected
from app.imports.rows import Person, RowError
from app.imports.shapes import Imported, Options, Preview
from app.imports.tables import Sheet
from app.intake import Intake
from app.store.store import Store

_COUNT_MAILS, _COUNT_ROWS = 2_000, 20_000  # up to these a preview counts what is new; beyond, it would keep one waiting
T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Row(NamedTuple, Generic[T]):
    """What one row holds, and how far the reading has come. `item` is None where it was rejected."""

    done: int
    item: T | None


class Sink(Protocol[T_contra]):
    """Stores what rows hold, chunk by chunk, and counts it."""

    new: int
    known: int
    changed: int

    def add(self, item: T_contra) -> None:
        """Take one more; a full chunk is stored at once. Raises UserError where the disk refuses."""

    def flush(self) -> None:
        """Store what is waiting."""


class Source(Protocol[T]):
    """A file on its way in."""

    @property
    def holds(self) -> str:
        """MESSAGES or MEMBERS."""

    @property
    def where(self) -> str:
        """The account of rows that name none."""

    @property
    def rejected(self) -> Rejected | None:
        """Rows that could not be read; None where every row can be brought in."""

    @property
    def total(self) -> int:
        """What `Row.done` will reach; 0 when nobody knows."""

    @property
    def is_small(self) -> bool:
        """Whether all of it may be read for a preview."""

    def begin(self) -> None:
        """Called once before `rows`: keep what the person said of the file; UserError where more has to be said."""

    def rows(self) -> Iterator[Row[T]]:
        """All of it, in the file's order; OSError passes."""

    def sink(self, intake: Intake, ledger: Ledger) -> Sink[T]:
        """Where its rows go."""

    def preview(self, counted: Imported | None) -> Preview:
        """The look at it; `counted` is the dry run's outcome where there was one."""


def source_of(found: Found, store: Store, options: Options) -> Source[Any]:
    """The file that was recognised as a source; UserError in one sentence where it cannot be one."""
    if found.kind in MAIL:
        return Mails(found, store, options)
    if found.kind == FEED:
        return Feed(found, store, options)
    sheet = tables.look(store.read, found.path, options)
    return MemberTable(sheet, store, options) if sheet.layout.holds == MEMBERS else MessageTable(sheet, store, options)


class _OneAccount:
    """Mails or a feed's entries: all of them go to one account."""

    holds = MESSAGES
    rejected = None

    def __init__(self, found: Found, store: Store, options: Options, place: Place) -> None:
        self._found, self._store, self._options, self._place = found, store, options, place
        self._own = places.folded_own(options.own)
        self.where = place.name

    def begin(self) -> None:
        """No-op: there are no columns to ask for."""

    def sink(self, intake: Intake, ledger: Ledger) -> Messages:
        """Messages, of which those under our own names are ours."""
        return Messages(self._store, intake, ledger, self._own, dry_run=self._options.dry_run)

    def _rows(self, read: Iterator[mailbox.Read]) -> Iterator[Row[Placed]]:
        for one in read:
            yield Row(one.done, Placed(self._place, one.item))


class Mails(_OneAccount):
    """An mbox, a Maildir, a folder of mails or a single one."""

    def __init__(self, found: Found, store: Store, options: Options) -> None:
        """Read again from the start by each `rows`."""
        super().__init__(found, store, options, places.for_mail(store.read, options.channel))

    @property
    def total(self) -> int:
        """Bytes of an mbox, files otherwise."""
        return mailbox.total(self._found)

    @property
    def is_small(self) -> bool:
        """Whether they are few."""
        return mailbox.is_small(self._found, _COUNT_MAILS)

    def rows(self) -> Iterator[Row[Placed]]:
        """Every mail; one that cannot be read comes as an unreadable message."""
        return self._rows(mailbox.read(self._found, self._place.own | self._own))

    def preview(self, counted: Imported | None) -> Preview:
        """The first mails, and about how many there are."""
        return previews.of_mail(self._found, self._place, self._options, counted)


class Feed(_OneAccount):
    """A feed that was saved as a file."""

    total = 0

    def __init__(self, found: Found, store: Store, options: Options) -> None:
        """It goes to an account called after the feed, unless one is chosen."""
        super().__init__(
            found, store, options, places.find(store.read, options.channel or feedfile.name(found), "feed")
        )

    @property
    def is_small(self) -> bool:
        """Whether the file is."""
        return self._found.size <= feedfile.SMALL

    def rows(self) -> Iterator[Row[Placed]]:
        """Every entry."""
        return self._rows(feedfile.read(self._found, self._place.own | self._own))

    def preview(self, counted: Imported | None) -> Preview:
        """The first entries."""
        return previews.of_feed(self._found, self._place, self._options, counted)


class _Table(Generic[T]):
    """A table: rows that cannot be read are put aside with the reason."""

    def __init__(self, sheet: Sheet, store: Store, options: Options, where: str) -> None:
        self._sheet, self._store, self._options = sheet, store, options
        self._reader = tables.reader(sheet, options, where)
        self.holds, self.where, self.total = sheet.layout.holds, where, sheet.total
        self.rejected = Rejected(sheet.table, store.path.parent)

    @property
    def is_small(self) -> bool:
        """Whether it is known what its columns hold, and they are not long."""
        return self.total <= _COUNT_ROWS and not self._sheet.missing

    def begin(self) -> None:
        """Remember the columns as they were chosen; UserError where one is still to be said."""
        _refuse_incomplete(self._sheet)
        if not self._options.dry_run:
            with self._store.write() as conn:
                tables.remember(conn, self._sheet, self._options.mapping)

    def rows(self) -> Iterator[Row[T]]:
        """Every row."""
        for number, row in enumerate(tables.rows(self._sheet), 1):
            item = None
            try:
                item = self._read(row.cells)
            except RowError as why:
                self.rejected.add(row.cells, str(why), keep=not self._options.dry_run)
            yield Row(number, item)

    def _read(self, cells: Sequence[str]) -> T:
        """What the row holds; RowError where it cannot be read."""
        raise NotImplementedError

    def preview(self, counted: Imported | None) -> Preview:
        """The first rows, and what the columns are taken for."""
        return previews.of_table(self._sheet, self.where, counted)


class MessageTable(_Table[Placed]):
    """A table of messages; each row may name the account that it belongs to."""

    def __init__(self, sheet: Sheet, store: Store, options: Options) -> None:
        """Rows that name no account go to the one that was chosen, else to one called after the file."""
        super().__init__(sheet, store, options, options.channel or _called_after(sheet))
        self._places: dict[str, Place] = {}

    def _read(self, cells: Sequence[str]) -> Placed:
        place = self._place(self._reader.channel_of(cells))
        return Placed(place, self._reader.message(cells, place.kind))

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
        """The account that was chosen is shown, and counts for nothing else."""
        super().__init__(sheet, store, options, options.channel)

    def _read(self, cells: Sequence[str]) -> Person:
        return self._reader.person(cells)

    def sink(self, intake: Intake, ledger: Ledger) -> Persons:
        """Members."""
        del intake
        return Persons(self._store, ledger, dry_run=self._options.dry_run)


def _called_after(sheet: Sheet) -> str:
    """An account called after a personal export's channel, else after the file."""
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
