"""The desk of imports: `preview` looks, `run` takes in, `undo_batch` takes back.

A run writes in chunks, each a transaction with its counts in it. When it is stopped or the laptop dies, what has been
written stays and is whole; the same file again adds only what is missing; one undo removes all of it.
"""

from __future__ import annotations

from pathlib import Path
from threading import Event

from app.actions import Removed
from app.base.errors import UserError
from app.imports import feedfile, mailbox, people, places, removal, rows, tables
from app.imports.ledger import Ledger
from app.imports.mapping import MEMBERS, MESSAGES, kind_of
from app.imports.messages import CHUNK, Messages
from app.imports.places import Place
from app.imports.previews import of_feed, of_mail, of_table
from app.imports.recognise import FEED, MAIL, Found, recognise
from app.imports.rejected import Rejected
from app.imports.shapes import Imported, Options, Preview, Progress
from app.imports.tables import Sheet
from app.intake import Intake
from app.store import undo
from app.store.sqlite import Connection
from app.store.store import Store

_COUNT_MAILS, _COUNT_ROWS = 2_000, 20_000  # up to these a preview counts what is new; beyond, it would keep one waiting
_EVERY = 500  # messages between two words on the progress
_PLAIN = Options()


class _UnwantedError(Exception):
    """Ends a transaction of a dry run without keeping it."""


_MUCH = 5_000
"""New messages after which the search index is put in order."""


class Imports:
    """Brings files in. One run at a time is enough; previews may be asked for meanwhile."""

    def __init__(self, store: Store, intake: Intake) -> None:
        """All messages go through `intake`, as those of the channels do."""
        self._store = store
        self._intake = intake

    def preview(self, path: Path, options: Options = _PLAIN) -> Preview:
        """What `path` holds and what would come of it; nothing is written. UserError in one sentence."""
        found = recognise(path, options.kind)
        if found.kind in MAIL:
            place = self._place(found, options)
            counted = self._count(found, options) if mailbox.is_small(found, _COUNT_MAILS) else None
            return of_mail(found, place, options, counted)
        if found.kind == FEED:
            counted = self._count(found, options) if found.size <= feedfile.SMALL else None
            return of_feed(found, self._place(found, options), options, counted)
        sheet = tables.look(self._store.read, path, options)
        small = sheet.total <= _COUNT_ROWS and not sheet.missing
        return of_table(sheet, self._channel(sheet, options), self._count(found, options) if small else None)

    def _count(self, found: Found, options: Options) -> Imported:
        dry = Options(**{name: getattr(options, name) for name in Options.__dataclass_fields__} | {"dry_run": True})
        return self._run(found, dry, _silent, Event())

    def run(
        self, path: Path, options: Options = _PLAIN, progress: Progress | None = None, stop: Event | None = None
    ) -> Imported:
        """Bring `path` in. `stop` set from another thread ends it after the chunk at hand, keeping what is written.

        Raises UserError in one sentence: no mailbox, a column that is missing, a disk that refuses.
        """
        return self._run(recognise(path, options.kind), options, progress or _silent, stop or Event())

    def _run(self, found: Found, options: Options, progress: Progress, stop: Event) -> Imported:
        ledger = Ledger(found.path.name, found.kind)
        if found.kind in MAIL or found.kind == FEED:
            done = self._mails(found, options, ledger, progress, stop)
        else:
            sheet = tables.look(self._store.read, found.path, options)
            _refuse_incomplete(sheet)
            if not options.dry_run:
                with self._store.write() as conn:
                    tables.remember(conn, sheet, options.mapping)
            take = self._members if sheet.layout.holds == MEMBERS else self._rows
            done = take(sheet, options, ledger, progress, stop)
        self._finish(ledger, stopped=done.stopped)
        if done.new >= _MUCH and not done.dry_run:
            self._intake.tidy(stop.is_set)
        return done

    def _finish(self, ledger: Ledger, *, stopped: bool) -> None:
        if ledger.batch is not None and not stopped:
            with self._store.write() as conn:
                ledger.finish(conn)
        if ledger.action is not None:
            self._store.last_action = ledger.action
            self._store.did(ledger.action)

    def _place(self, found: Found, options: Options) -> Place:
        """Where what stands on its own goes, mails or a feed's entries."""
        if found.kind == FEED:
            return places.find(self._store.read, options.channel or feedfile.name(found), "feed")
        return places.for_mail(self._store.read, options.channel)

    def _mails(self, found: Found, options: Options, ledger: Ledger, progress: Progress, stop: Event) -> Imported:
        place = self._place(found, options)
        own = places.folded_own(options.own)
        messages = Messages(self._store, self._intake, ledger, own, dry_run=options.dry_run)
        total = 0 if found.kind == FEED else mailbox.total(found)
        reader = feedfile if found.kind == FEED else mailbox
        for number, read in enumerate(reader.read(found, place.own | own), 1):
            if stop.is_set():
                break
            messages.add(place, read.item)
            if number % _EVERY == 0:
                progress(read.done, total)
        messages.flush()
        progress(total, total)
        return _outcome(messages, ledger, options, stopped=stop.is_set())

    def _rows(self, sheet: Sheet, options: Options, ledger: Ledger, progress: Progress, stop: Event) -> Imported:
        reader = tables.reader(sheet, options, self._channel(sheet, options))
        messages = Messages(self._store, self._intake, ledger, reader.own, dry_run=options.dry_run)
        rejected = Rejected(sheet.table, self._store.path.parent)
        with rejected:
            for number, row in enumerate(tables.rows(sheet), 1):
                if stop.is_set():
                    break
                try:
                    place = messages.place(reader.channel_of(row.cells))
                    messages.add(place, reader.message(row.cells, place.kind))
                except rows.RowError as why:
                    rejected.add(row.cells, str(why), keep=not options.dry_run)
                if number % _EVERY == 0:
                    progress(number, sheet.total)
            messages.flush()
        self._note_rejected(ledger, rejected.count)
        progress(sheet.total, sheet.total)
        return _outcome(messages, ledger, options, rejected, stopped=stop.is_set())

    def _members(self, sheet: Sheet, options: Options, ledger: Ledger, progress: Progress, stop: Event) -> Imported:
        reader = tables.reader(sheet, options, "")
        rejected = Rejected(sheet.table, self._store.path.parent)
        counts = dict.fromkeys((people.NEW, people.CHANGED, people.KNOWN), 0)
        with rejected:
            persons: list[rows.Person] = []
            for row in tables.rows(sheet):
                if stop.is_set():
                    break
                try:
                    persons.append(reader.person(row.cells))
                except rows.RowError as why:
                    rejected.add(row.cells, str(why), keep=not options.dry_run)
                if len(persons) >= CHUNK and not options.dry_run:
                    self._keep_people(persons, ledger, counts)
                    persons = []
                    progress(sum(counts.values()), sheet.total)
            self._keep_people(persons, ledger, counts, dry_run=options.dry_run)
        self._note_rejected(ledger, rejected.count)
        progress(sheet.total, sheet.total)
        known = counts[people.KNOWN] + counts[people.CHANGED]
        return Imported(
            ledger.batch, MEMBERS, counts[people.NEW], known, rejected.count, counts[people.CHANGED], rejected.path,
            stopped=stop.is_set(), dry_run=options.dry_run,
        )  # fmt: skip

    def _keep_people(
        self, persons: list[rows.Person], ledger: Ledger, counts: dict[str, int], *, dry_run: bool = False
    ) -> None:
        if not persons:
            return
        try:
            with self._store.write() as conn:
                before = dict(counts)
                book = people.People(conn, None if dry_run else ledger.open(conn))
                with ledger.keeping(conn, dry_run=dry_run):
                    for person in persons:
                        counts[book.take(person)] += 1
                if dry_run:
                    raise _UnwantedError  # noqa: TRY301  the way to roll back
                new = counts[people.NEW] - before[people.NEW]
                ledger.count(conn, new, len(persons) - new)
        except _UnwantedError:
            return

    def _note_rejected(self, ledger: Ledger, count: int) -> None:
        if count and ledger.batch is not None:
            with self._store.write() as conn:
                ledger.count(conn, 0, 0, count)

    def _channel(self, sheet: Sheet, options: Options) -> str:
        """The account that rows go to which name none: as chosen, else called after the file."""
        if options.channel or sheet.layout.holds == MEMBERS:
            return options.channel
        if sheet.layout.personal:
            return sheet.layout.personal.capitalize()
        stem = sheet.table.path.stem.replace("_", " ").strip()
        kind = kind_of(stem)
        return kind.capitalize() if kind != "file" else stem or "Imported"

    def undo_batch(self, batch_id: int) -> int:
        """Take a whole import back, with the rows it filled in put as they were; how many messages went."""
        row = self._store.read.execute(
            "SELECT id FROM action WHERE batch_id = ? AND undone_at IS NULL", (batch_id,)
        ).fetchone()
        if row is None:
            msg = "That import has already been undone, or it contained nothing new."
            raise UserError(msg)
        with self._store.write() as conn:
            removed = self.remove_batch(batch_id)
            self._store.take_back(row[0], undo.fills(conn, row[0]))
        return removed.messages

    def remove_batch(self, batch_id: int) -> Removed:
        """The part of an undo that goes by the batch: its messages and what came only with them."""
        with self._store.write() as conn:
            removed = removal.remove(conn, batch_id)
            removal.close_places(conn, batch_id)
        return removed

    def plan_removal(self, conn: Connection, batch_id: int) -> Removed:
        """What `remove_batch` would do, in the open transaction of a writing connection; the file stays as it is."""
        planned = removal.settle(conn, batch_id)
        removal.forget(conn)
        return planned


def _outcome(
    messages: Messages, ledger: Ledger, options: Options, rejected: Rejected | None = None, *, stopped: bool
) -> Imported:
    count, path = (rejected.count, rejected.path) if rejected else (0, None)
    return Imported(
        ledger.batch, MESSAGES, messages.new, messages.known, count, messages.changed, path,
        stopped=stopped, dry_run=options.dry_run,
    )  # fmt: skip


def _refuse_incomplete(sheet: Sheet) -> None:
    if sheet.missing:
        wanted = " and ".join(sheet.missing)
        file = sheet.table.path.name
        msg = f"Which column of {file} has {wanted}? Choose it in the preview, or with --map HEADER=FIELD."
        raise UserError(msg)


def _silent(_done: int, _total: int) -> None:
    """Nobody wants to hear of the progress."""
