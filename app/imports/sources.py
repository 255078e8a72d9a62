"""Sources: one class per kind of file, all with the same interface, which yield rows for a sink.

A new kind of file needs a class here or in `message_sources`, and a line in `source_of`. The sinks are `Messages` and
`Persons`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Generic, cast

from app.base.errors import UserError
from app.base.message import Incoming
from app.base.text import fold
from app.base.words import counted, tr
from app.channels.registry import channel
from app.contacts import cards
from app.contacts.person import Person
from app.imports import gift_rows, packed, places, previews, read_back, tables, takeout, workbook
from app.imports.bundle import content, open_bundle, reading
from app.imports.gift_rows import GivenGift
from app.imports.gift_sink import GivenGifts
from app.imports.ledger import Ledger
from app.imports.mail_heads import HEAD_BYTES
from app.imports.mapping import GIFTS, MEMBERS, MESSAGES, UNKNOWN, in_words, kind_of
from app.imports.message_sources import Exported, Feed, Mails
from app.imports.messages import Messages, Placed
from app.imports.notes import Notes
from app.imports.people import Persons
from app.imports.places import Place
from app.imports.recognise import ARCHIVE, CARDS, EXPORT, FEED, FOLDER, MAIL, SourceFile
from app.imports.rejected import Rejected
from app.imports.rows import RowError, row_id
from app.imports.shapes import Imported, Options, Preview
from app.imports.source import Row, Sink, Source, T
from app.imports.tables import Sheet
from app.intake import Intake
from app.store.store import Store

# up to so many a preview makes a dry run; beyond, it would take too long
_MAX_COUNTED_ROWS, _SMALL_CARDS_BYTES = 60_000, 20_000_000
_NAMES = "SELECT name FROM member WHERE merged_into IS NULL AND (batch_id IS NULL OR batch_id IS NOT ?)"
"""Of those whom this import has not brought."""


def source_of(file: SourceFile, store: Store, options: Options) -> Source[Any]:
    """Return the source for a recognised file. Raises UserError, for example for an unreadable table."""
    if file.kind in MAIL:
        return _mails(file, store, options)
    if file.kind == FEED:
        return Feed(file, store, options)
    if file.kind == EXPORT:
        return Exported(file, store, options)
    if file.kind == CARDS:
        return Cards(file, store, options)
    sheet = tables.read_sheet(store.read, packed.file_of(file.path), options)
    read_back.refuse_conversations(sheet.table.header, sheet.table.path.name)
    read_back.refuse_handoffs(sheet.table.header, sheet.table.path.name)
    kinds: dict[str, type[_Table[Any]]] = {MEMBERS: MemberTable, MESSAGES: MessageTable, GIFTS: GiftTable}
    made = kinds[sheet.layout.holds](sheet, store, options)
    made.notes.said += workbook.left_sheets(sheet.table.path)
    with open_bundle(file.path) as bundle:
        made.notes.said += takeout.remarks(bundle, (), packed.tables(bundle))
    return made


def _mails(file: SourceFile, store: Store, options: Options) -> Source[Any]:
    """Letters; out of Google's Takeout with the comments that are in it too."""
    letters = Mails(file, store, options)
    if file.kind not in (ARCHIVE, FOLDER):
        return letters
    with open_bundle(file.path) as bundle:
        parts = packed.own_export(bundle)
    if not parts:
        return letters
    letters.passed = tuple(parts)
    plain = Options(own=options.own, dry_run=options.dry_run)
    sheet = tables.read_sheet(store.read, cast("Path", packed.Packed(file.path, parts)), plain)
    comments = MessageTable(sheet, store, plain)
    return takeout.Several(letters, comments, comments.where)


class _Table(Generic[T]):
    """A table: invalid rows are collected with the reason."""

    def __init__(self, sheet: Sheet, store: Store, options: Options, where: str = "") -> None:
        self._sheet, self._store, self._options = sheet, store, options
        self._reader = tables.reader(sheet, options, where)
        self.holds, self.where, self.total = sheet.layout.holds, where, sheet.total
        self.rejected = Rejected(sheet.table, store.path.parent)
        self.notes = Notes()

    @property
    def is_small(self) -> bool:
        """Whether nothing is left to ask, and there are at most 60,000 rows."""
        return self.total <= _MAX_COUNTED_ROWS and not self._sheet.missing and self._sheet.birthdays.sure

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
            self.notes.cleaned += row.cleaned
            try:
                item = self._read(row.cells)
            except RowError as why:
                self.rejected.add(row.cells, str(why), row.number, keep=not self._options.dry_run)
            yield Row(number, item)

    def _read(self, cells: Sequence[str]) -> T:
        """Convert a row; raises RowError if it is invalid."""
        raise NotImplementedError

    def sink(self, intake: Intake, ledger: Ledger) -> Sink[T]:
        """Return the sink for its rows."""
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
        return Persons(self._store, ledger, self._options.over, dry_run=self._options.dry_run)


class GiftTable(_Table[GivenGift]):
    """A table of gifts that were given, each to a member who is known, or made known by it."""

    def __init__(self, sheet: Sheet, store: Store, options: Options) -> None:
        """Amounts that name no currency are in the one of the settings."""
        super().__init__(sheet, store, options)
        row = store.read.execute("SELECT value FROM setting WHERE key = 'currency'").fetchone()
        self._currency = str(row["value"]) if row else "EUR"
        self._gift_id = gift_rows.own_ids(sheet.table.header)
        self._namesakes: Counter[str] = Counter()
        self._batch: int | None = None

    def rows(self) -> Iterator[Row[GivenGift]]:
        """Yield every row; who shares a name with others has to be told from them."""
        names = self._store.read.execute(_NAMES, (self._batch,))
        self._namesakes = Counter(fold(row["name"]) for row in names)
        return super().rows()

    def _read(self, cells: Sequence[str]) -> GivenGift:
        read = gift_rows.gift(self._reader, cells, self._currency, self._sheet.table.path.name, self._gift_id)
        who, name = read.person, read.person.columns["name"]
        count = self._namesakes[fold(name)]
        if count > 1 and not who.addresses and not who.handles and who.number is None:
            msg = tr("{count} members are called {name}: add an e-mail address").format(count=count, name=name)
            raise RowError(msg)
        return read

    def sink(self, intake: Intake, ledger: Ledger) -> GivenGifts:
        """Return the sink for gifts."""
        del intake
        self._batch = ledger.batch
        return GivenGifts(self._store, ledger, self.notes, dry_run=self._options.dry_run)


class Cards:
    """A source of members: a file of vCards, or a folder or archive with some."""

    holds, where, rejected, total = MEMBERS, "", None, 0

    def __init__(self, file: SourceFile, store: Store, options: Options) -> None:
        """Each call of `rows` reads from the start."""
        self._file, self._store, self._options = file, store, options
        self.notes = Notes()

    @property
    def is_small(self) -> bool:
        """Whether there are at most 20 MB, photos included."""
        with open_bundle(self._file.path) as bundle:
            return sum(part.size for part in bundle.parts) <= _SMALL_CARDS_BYTES

    def begin(self) -> None:
        """No-op: there are no columns to map."""

    def rows(self) -> Iterator[Row[Person]]:
        """Yield every card."""
        self.notes = Notes()
        for number, person in enumerate(self._persons(), 1):
            yield Row(number, None, person) if isinstance(person, str) else Row(number, person)

    def _persons(self) -> Iterator[Person | str]:
        out: Counter[str] = Counter()
        with open_bundle(self._file.path) as bundle:
            self.notes.refused = bundle.refused
            self.notes.said += takeout.remarks(bundle, takeout.CARDS)
            for part in bundle.parts:
                try:
                    if len(bundle.parts) > 1 and not cards.looks_so(content(bundle, part, HEAD_BYTES) or b""):
                        continue
                    with reading(bundle, part) as stream:
                        yield from cards.persons(stream, out)
                except OSError:
                    self.notes.unreadable.append(part.name)
        if out[cards.PHOTO]:
            self.notes.said.append(
                counted(
                    out[cards.PHOTO],
                    "{count:,} photo was left out: Rapport keeps no pictures of people.",
                    "{count:,} photos were left out: Rapport keeps no pictures of people.",
                )
            )

    def sink(self, intake: Intake, ledger: Ledger) -> Persons:
        """Return the sink for members."""
        del intake
        return Persons(self._store, ledger, self._options.over, dry_run=self._options.dry_run)

    def preview(self, counted: Imported | None) -> Preview:
        """Return the first people."""
        with closing(self._persons()) as persons:  # type: ignore[type-var]
            first = list(islice((one for one in persons if isinstance(one, Person)), tables.FIRST))
        return previews.of_cards(self._file, first, counted)


def _account_name(sheet: Sheet) -> str:
    """Return an account name from the channel of a personal export, else from the file's name."""
    if sheet.layout.personal:
        return channel(sheet.layout.personal).title
    stem = sheet.table.path.stem.replace("_", " ").strip()
    kind = kind_of(stem)
    return kind.capitalize() if kind != UNKNOWN else stem or "Imported"


def _refuse_incomplete(sheet: Sheet) -> None:
    if not sheet.missing and not sheet.birthdays.sure:
        msg = tr(
            "{file} has birthdays such as {example}: which comes first, day or month? Choose it in the preview, or "
            "with --dates day-first, month-first or year-first."
        ).format(file=sheet.table.path.name, example=sheet.birthdays.example)
        raise UserError(msg)
    if sheet.missing:
        msg = tr(
            "Which column of {file} has: {fields}? Choose it in the preview, or with --map HEADER=FIELD "
            "(FIELD is {keys})."
        ).format(file=sheet.table.path.name, fields=in_words(sheet.missing), keys=", ".join(sheet.missing))
        raise UserError(msg)
