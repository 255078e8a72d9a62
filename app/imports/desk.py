"""The desk of imports: `preview`, `run` and `undo_batch`.

A run writes chunks, each a transaction that includes its counts. After a stop or crash, what was written stays and is
consistent; importing the same file again adds only what is missing; one undo removes all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TypeVar

from app.actions import Removed
from app.base.errors import UserError
from app.base.words import tr
from app.imports import batches, left_out, removal, underway
from app.imports.batches import Batch
from app.imports.ledger import Ledger
from app.imports.recognise import recognise
from app.imports.shapes import Imported, Options, Preview, Progress
from app.imports.source import Source
from app.imports.sources import source_of
from app.imports.underway import BrokenOff, Underway
from app.intake import Intake
from app.store import undo
from app.store.sqlite import Connection
from app.store.store import Store

T = TypeVar("T")
_PROGRESS_ROWS = 500  # rows between two progress reports
_PLAIN = Options()
LISTED = 50
LARGE = 1_000_000
"""Bytes from which on a backup is made before they are brought in."""
_TIDY_THRESHOLD = 5_000
"""Number of new messages from which on the search index is optimized."""


class Imports:
    """Imports files, one run at a time; previews are possible meanwhile."""

    def __init__(self, store: Store, intake: Intake) -> None:
        """All messages are stored by `intake`, like those of channels."""
        self._store = store
        self._intake = intake

    def preview(self, path: Path, options: Options = _PLAIN) -> Preview:
        """Return what `path` contains and what an import would do, without writing anything. Raises UserError."""
        with _reading(path):
            file = recognise(path, options.kind)
            source = source_of(file, self._store, replace(options, dry_run=True))
            ledger = Ledger(file.path.name, file.kind)
            counted = self._bring_in(ledger, source, _ignore, Event(), dry_run=True) if source.is_small else None
            return source.preview(counted)

    def holds(self, path: Path, options: Options = _PLAIN) -> str:
        """What `path` holds: "messages", "members" or "gifts". Raises UserError."""
        with _reading(path):
            return source_of(recognise(path, options.kind), self._store, replace(options, dry_run=True)).holds

    def run(
        self, path: Path, options: Options = _PLAIN, progress: Progress | None = None, stop: Event | None = None
    ) -> Imported:
        """Import `path`. Another thread may set `stop`: the run then stores what it has read, and ends.

        Raises UserError with one sentence, for example for an unknown file, a missing column or a full disk.
        """
        with _reading(path):
            file, stop = recognise(path, options.kind), stop or Event()
            if not options.dry_run:
                self._back_up(path)
            source = source_of(file, self._store, options)
            ledger = Ledger(file.path.name, file.kind, options.at)
            if not options.dry_run:
                ledger.mark = self._mark(path, options, source)
            done = self._bring_in(ledger, source, progress or _ignore, stop, dry_run=options.dry_run)
        self._tidy(done, stop)
        return done

    def broken_off(self) -> list[BrokenOff]:
        """The imports that did not come to their end, newest first; not those that run just now."""
        underway.sweep(self._store.read, self._store.path.parent)
        return underway.broken_off(self._store.read, self._store.path.parent)

    def broken(self, batch_id: int) -> BrokenOff:
        """The one of them with that number. Raises NotFoundError if it didn't break off, UserError if it runs now."""
        return underway.find(self._store.read, self._store.path.parent, batch_id)

    def go_on(self, batch_id: int, progress: Progress | None = None, stop: Event | None = None) -> Imported:
        """Import the rest of a file whose import broke off; it stays one import, which one undo takes back.

        Raises NotFoundError if it didn't break off, UserError if its file is gone or another now, and as `run` does.
        """
        found, stop = self.broken(batch_id), stop or Event()
        path = underway.unchanged(found)
        with _reading(path):
            file = recognise(path, found.options.kind)
            source = source_of(file, self._store, found.options)
            ledger = Ledger(file.path.name, file.kind, found.options.at)
            ledger.resume(self._store.read, batch_id)
            ledger.mark = self._mark(path, found.options, source)
            ledger.mark.reach(found.passed, found.done)
            ledger.mark.take(batch_id)
            done = self._bring_in(ledger, source, progress or _ignore, stop, found.passed)
        self._tidy(done, stop)
        return done

    def let_be(self, batch_id: int | None) -> None:
        """Leave an import that broke off as it is: nothing is said of it any more. None is no import."""
        if batch_id is not None:
            with self._store.write() as conn:
                underway.forget(conn, batch_id)
            underway.clear(self._store.path.parent, batch_id)

    def _mark(self, path: Path, options: Options, source: Source[T]) -> Underway:
        where = replace(options, channel=options.channel or source.where)  # which may be another by then
        in_rows = source.rejected is not None and source.total > 0
        return Underway(self._store.path.parent, path, where, source.holds, source.total, in_rows=in_rows)

    def _tidy(self, done: Imported, stop: Event) -> None:
        underway.sweep(self._store.read, self._store.path.parent)
        if done.new >= _TIDY_THRESHOLD and not done.dry_run:
            self._intake.tidy(stop.is_set)

    def _back_up(self, path: Path) -> None:
        """Before much comes in, the file is backed up: an import can be taken back, but a disk may fail in it."""
        size = sum(one.stat().st_size for one in (path.rglob("*") if path.is_dir() else [path]) if one.is_file())
        if size >= LARGE:
            from app.safety import daily  # noqa: PLC0415  most imports are small

            daily.before_import(self._store)

    def _bring_in(
        self,
        ledger: Ledger,
        source: Source[T],
        progress: Progress,
        stop: Event,
        passed: int = 0,
        *,
        dry_run: bool = False,
    ) -> Imported:
        """Feed the rows of a source to its sink; an earlier run came as far as `passed` of them."""
        left: Counter[str] = Counter()
        try:
            source.begin()
            sink, total = source.sink(self._intake, ledger), source.total
            with source.rejected or nullcontext():
                for number, row in enumerate(source.rows(), 1):
                    if stop.is_set():
                        break
                    if ledger.mark is not None:
                        ledger.mark.reach(number, row.done)
                    if row.item is None:
                        left.update([row.left_out] if row.left_out else [])
                    elif number > passed or not sink.passes(row.item):
                        sink.add(row.item)
                    if number % _PROGRESS_ROWS == 0:
                        progress(row.done, total)
                sink.flush()
            stopped, rejected = stop.is_set(), source.rejected
            count, path = (rejected.count, rejected.path) if rejected else (0, None)
            left_out_by_reason = left_out.ordered(left)
            self._finish(ledger, count, left_out_by_reason, stopped=stopped)
        finally:
            if ledger.mark is not None:
                ledger.mark.free(ledger.batch)
        progress(total, total)
        return Imported(
            ledger.batch, source.holds, sink.new, sink.known - ledger.repeated, count, sink.changed, path,
            stopped=stopped, dry_run=dry_run, left_out=left_out_by_reason, doubles=sink.doubles,
            remarks=(*source.notes.sentences(), *sink.remarks), changes=tuple(sink.changes), names=source.notes.names,
            refused=tuple(rejected.first) if rejected else (),
        )  # fmt: skip

    def _finish(self, ledger: Ledger, rejected: int, left: Mapping[str, int], *, stopped: bool) -> None:
        if ledger.batch is not None and (rejected or left or not stopped):
            with self._store.write() as conn:
                batches.keep(conn, ledger.batch, left)
                if rejected:
                    ledger.count(conn, 0, 0, rejected)
                if not stopped:
                    ledger.finish(conn)
        if ledger.action is not None:
            self._store.last_action = ledger.action
            self._store.record_action(ledger.action)

    def listed(self, count: int = LISTED) -> list[Batch]:
        """The latest imports with what came of them, newest first; those that were undone, too."""
        return batches.listed(self._store.read, count)

    def outcome_of(self, conn: Connection, batch_id: int) -> str:
        """What came of an import, in sentences; "" if there is none of that number."""
        found = batches.get(conn, batch_id)
        return "" if found is None else found.sentence

    def leads_to(self, batch_id: int | None) -> tuple[str, int] | None:
        """What an import brought in, to be shown: the kind, and an id; None where nothing new came.

        ("members", the first member), ("gifts", the first gift), ("messages", the conversation of the latest message).
        """
        return None if batch_id is None else batches.leads_to(self._store.read, batch_id)

    def undo_batch(self, batch_id: int) -> int:
        """Undo a whole import, restoring the rows it changed; returns the number of messages removed.

        Raises UserError if it was undone already, or added nothing.
        """
        row = self._store.read.execute(
            "SELECT id FROM action WHERE batch_id = ? AND undone_at IS NULL", (batch_id,)
        ).fetchone()
        if row is None:
            msg = tr("That import has already been undone, or it contained nothing new.")
            raise UserError(msg)
        with self._store.write() as conn:
            removed = self.remove_batch(batch_id)
            self._store.undo_action(row["id"], undo.fills(conn, row["id"]))
        return removed.messages

    def remove_batch(self, batch_id: int) -> Removed:
        """Remove the batch's messages and what came only with them; a part of `undo_batch`."""
        with self._store.write() as conn:
            removed = removal.remove(conn, batch_id)
            removal.close_places(conn, batch_id)
            underway.forget(conn, batch_id)
        underway.clear(self._store.path.parent, batch_id)
        return removed

    def plan_removal(self, conn: Connection, batch_id: int) -> Removed:
        """Return what `remove_batch` would do, without changing the file; needs an open write transaction."""
        planned = removal.plan(conn, batch_id)
        removal.drop_temp_tables(conn)
        return planned


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn a failure of the disk, or a damaged archive, into a sentence."""
    try:
        yield
    except OSError as why:
        msg = tr(
            "{name} can't be read to its end: it's damaged, or its disk is. What was imported before that stays; "
            "importing it again adds only what's missing."
        ).format(name=path.name)
        raise UserError(msg) from why


def _ignore(_done: int, _total: int) -> None:
    """No-op progress callback."""
