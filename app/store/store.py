"""The open file of one community: reading connections, a single writer, and change notices."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import DiskError, UserError
from app.base.words import tr
from app.store import changes, header, holding, migrations, pen, seals, undo
from app.store.changes import EVERYTHING, Changes
from app.store.connection import (
    fold_log,
    give_number,
    has_long_log,
    open_connection,
    open_reader,
    open_unshared,
    sign_log,
    wait_briefly,
    wait_long,
    write_anew,
)
from app.store.failures import closed, is_busy, is_refusal, sentence
from app.store.obstacles import Obstacle, of_drive, of_network
from app.store.place import Place
from app.store.readers import Reader, Readers
from app.store.sqlite import Connection, DatabaseError, scalar
from app.store.turns import Turn

if TYPE_CHECKING:
    from app.store import apart, redo

Listener = Callable[[Changes], None]
_CHECKPOINT_SECONDS = 5.0  # to wait at `close` for a checkpoint under way


class Store:
    """The open file. Thread-safe; writes are serialized."""

    def __init__(self, path: Path, hooks: undo.Hooks = undo.NO_HOOKS, *, private: bool = False) -> None:
        """Open the file at `path`, creating or migrating it. Raises UserError if that fails.

        `hooks` is what an undo does besides restoring rows: `app.hooks.HOOKS` for a community's file. A `private` copy,
        which nobody else uses, is written to whoever has the pen of a desk that is lent.
        """
        self.path = path
        self._private = private
        self.hooks = hooks
        self.last_action: int | None = None
        self.own: list[tuple[int, int]] = []
        self.undone: list[redo.Undone] = []
        self._listeners: list[Listener] = []
        self._readers = Readers(self._open_reader)
        self._lock = threading.RLock()
        self._writer: Connection | None = None
        self._checkpointing: threading.Thread | None = None
        self._depth = 0
        self._title = ""
        self._watched = self._signed = self._wrote = self._closed = False
        self._version: int | None = None
        self._folder_lock: int | None = None
        self._on_network = of_network(self.path)
        self._unshared: apart.Seen | None = None  # where nothing can be written: how the file was when it was read
        self._in_doubt = False
        self._turn = Turn()
        self.place = Place(path)
        self.kept: Path | None = None  # the copy with which it goes on, if another file is in its place
        self._prepare()

    def _prepare(self) -> None:
        if not header.exists(self.path):
            migrations.refuse_missing(self.path)
            if self._on_network is not None:
                raise DiskError(self._on_network.sentence)
            from app.store import making  # noqa: PLC0415  only needed to create a file

            making.make(self.path)
        migrations.refuse_unopened(self.path)
        if header.has_log(self.path):
            is_alone = holding.is_alone(self.path.parent)
            (migrations.refuse_foreign_log if is_alone else migrations.refuse_replaced)(self.path)
        self._folder_lock = holding.together(self.path.parent)
        try:
            self._open_or_read()
        except BaseException:
            self._release_folder()
            raise

    def _open_or_read(self) -> None:
        """Open it, only to be read where nothing can be written: reading goes on as long as it can."""
        found = self._on_network
        if found is None:
            try:
                self._open()
            except DiskError:
                found = of_drive(self.path, closely=True)
                if found is None:
                    raise
        if found is not None:
            self._only_read(found)

    def _only_read(self, found: Obstacle) -> None:
        """Read the file as it stands. Raises UserError if that is no file that this Rapport reads, or can't be read."""
        from app.store import apart  # noqa: PLC0415  only where nothing can be written

        self._unshared = apart.seen(self.path)
        with closing(open_unshared(self.path, why=DiskError(found.sentence))) as conn:
            migrations.refuse_unfit(conn, self.path)
            if migrations.version(conn) < header.LATEST:
                msg = tr("{reason} Before this Rapport can show it, the file has to be brought up to date.").format(
                    reason=found.sentence
                )
                raise DiskError(msg)

    def _open(self) -> None:
        conn = open_connection(self.path)
        try:
            migrations.refuse_unfit(conn, self.path)
            if migrations.version(conn) < header.LATEST:
                from app.store import backup  # noqa: PLC0415  only needed to migrate

                backup.before_migration(conn, self.path, migrations.version(conn))
                migrations.migrate(conn)
            self._version = scalar(conn, "PRAGMA data_version")
        except DatabaseError as why:
            conn.close()
            raise sentence(why, self.path) from why
        except BaseException:
            conn.close()
            raise
        wait_briefly(conn)
        self._writer = conn
        self.place.note()

    def close(self) -> None:
        """Close all connections, which checkpoints the write-ahead log. Safe, and prompt, whatever other threads do.

        A write that is under way is waited for, and so is whoever reads, for a moment; after that reading fails with
        ClosedFileError.
        """
        with self._lock:
            if folding := self._checkpointing:
                folding.join(_CHECKPOINT_SECONDS)
            self._closed = True
        is_last = self._readers.close()  # without the lock: who reads may be waiting for it, to write
        with self._lock:
            if self._writer is not None:
                with suppress(DatabaseError):
                    self._end_log(self._writer, is_last=is_last)
                    self.place.forget()  # closing deletes the log, which who comes too late mustn't miss
                    self._writer.close()
            self._writer, self._watched = None, False
            self.place.forget()
            self._release_folder()

    def _end_log(self, conn: Connection, *, is_last: bool) -> None:
        """Fold the write-ahead log, and give a file that was written to a new number while nobody else has it open.

        Copies of it that two computers write to differ in their number from then on: a log that one of them leaves is
        not taken for the other's.
        """
        if not is_last:
            fold_log(conn)
        elif self.kept is not None:
            conn.execute("PRAGMA journal_mode = DELETE")  # a single file, as every backup is
        elif self._wrote and self.place.lost() is None and holding.becomes_alone(self._folder_lock):
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            give_number(conn)

    def _release_folder(self) -> None:
        held, self._folder_lock = self._folder_lock, None
        holding.release(held)

    def _open_reader(self) -> Connection:
        if self._unshared is not None:
            return open_unshared(self.path, Reader)
        if self.place.lost() is not None and self.kept is not None:
            return open_reader(self.kept, Reader)
        self.place.refuse_lost()
        return open_reader(self.path, Reader)

    @property
    def read(self) -> Connection:
        """The calling thread's read-only connection, which closes with the thread. Raises ClosedFileError."""
        if self._unshared is not None:
            self._look_again()
        return self._readers.mine()

    def _look_again(self) -> bool:
        """Let all read anew if another program has written to the file that is read without locks; whether it has."""
        from app.store import apart  # noqa: PLC0415  only where nothing can be written

        now = apart.seen(self.path)
        if self._unshared in (None, now):
            return False
        self._unshared = now
        self._readers.renew()
        return True

    def obstacle(self) -> Obstacle | None:
        """What keeps the file from being written to just now; None if nothing is known to. Takes microseconds."""
        return self._disk_obstacle() or self._away()

    def _away(self) -> Obstacle | None:
        """What keeps it from being written to while the desk is lent; None also where that can't be read."""
        with suppress(UserError):
            return pen.known_away(self.read)
        return None

    def _disk_obstacle(self) -> Obstacle | None:
        if self._on_network is not None:
            return self._on_network
        found = self.place.lost() or of_drive(self.path, closely=self._in_doubt)
        self._in_doubt = self._in_doubt and found is not None
        return found

    def share(self) -> None:
        """Open the file for writing if it could only be read until now. Raises DiskError while that is still so."""
        with self._lock:
            if self._unshared is None or self._closed:
                return
            if (found := self._disk_obstacle()) is not None:
                raise DiskError(found.sentence)
            self._open()
            self._unshared = None
            self._readers.renew()

    def hurry_here(self) -> None:
        """Never let a write on the calling thread wait long for another program: it is the window's."""
        self._turn.hurry_here()

    @contextmanager
    def write(
        self, title: str = "", *, durable: bool = False, by_clock: bool = False, without_pen: bool = False
    ) -> Iterator[Connection]:
        """One transaction; a nested `write` on the same thread joins it.

        With a `title` it becomes an undoable action of the person, named by `last_action`; `by_clock` keeps it out of
        `own` and `last_action`, so that only the list of actions undoes it. `durable` fsyncs the commit (for the
        outbox). `without_pen` is for what lends the desk and takes it back. Listeners are called after the commit.
        Raises UserError if the disk or the file fails, another file is in its place, or the desk is lent.
        """
        self.place.refuse_write()  # without the lock, which `keep_open_file` holds for seconds
        with self._lock:
            if self._depth:
                yield self._open_writer()
                return
        try:
            with self._turn.of(self._lock, partial(self._begin, durable=durable)):
                changed = yield from self._transaction(title, by_clock=by_clock, without_pen=without_pen)
                self._checkpoint()
        except DatabaseError as why:
            if not is_refusal(why):
                raise
            self._in_doubt = self._in_doubt or not is_busy(why)
            raise sentence(why, self.path) from why
        if changed.ids:
            self.notify(changed)

    def _begin(self, *, durable: bool) -> None:
        conn = self._open_writer()
        conn.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        conn.execute("BEGIN IMMEDIATE")

    @contextmanager
    def rehearse(self, tables: Sequence[str]) -> Iterator[Connection]:
        """A connection on which these tables are copies: what is written to them is lost, and no other write waits.

        See `app.store.rehearsal`. Raises UserError if the file fails.
        """
        from app.store.rehearsal import rehearsed  # noqa: PLC0415  only for previews

        self.place.refuse_lost()
        with rehearsed(self.path, tables) as conn:
            yield conn

    @contextmanager
    def beside(self, copy: Path) -> Iterator[None]:
        """Have a copy of the file, which nobody else uses, beside it in the calling thread's writes; others wait."""
        from app.store import twin  # noqa: PLC0415  rarely needed

        with self._lock, twin.beside(self._open_writer(), copy):
            yield

    def retitle(self, title: str) -> None:
        """Name the action of the open `write` anew, where what it is called is counted within its transaction."""
        self._title = title

    def keep_open_file(self, copy: Callable[[Connection], Path]) -> Path:
        """Have `copy` make a copy of the open file, which has lost its place, and go on with that; others wait.

        The write-ahead log is emptied and left alone from then on: who opens the file that is there now uses it, too.
        Raises UserError if that fails.
        """
        with self._lock:
            if self.kept is None:
                conn = self._open_writer()
                kept = copy(conn)
                with suppress(DatabaseError):
                    self.empty_log()
                self._writer, self._watched, self._signed = open_connection(kept), False, False
                self.kept = kept
                self._readers.renew()
                conn.close()
            return self.kept

    def _go_back(self, copy: Connection) -> bool:
        """Go on with the file itself, which was put back in its place."""
        with suppress(DatabaseError):
            self._end_log(copy, is_last=True)
            copy.close()
        self._writer, self._watched, self.kept = None, False, None
        self._readers.renew()
        with suppress(UserError):
            self._open()
        return True

    def _checkpoint(self) -> None:
        """Checkpoint a long write-ahead log on a separate thread: with a busy disk it takes 60 ms."""
        if self._checkpointing is None and self._writer is not None and has_long_log(self._writer):
            with suppress(UserError):  # the write is committed; the next one tries again
                self.place.refuse_lost()
                fold = partial(self._run_checkpoint, open_connection(self.path, writable=False))
                self._checkpointing = threading.Thread(target=fold, name="fold", daemon=True)
                self._checkpointing.start()

    def _run_checkpoint(self, conn: Connection) -> None:
        try:
            with suppress(DatabaseError):  # disk full: the log keeps its pages
                fold_log(conn)
                self._signed = False  # the next write may restart the log, so it has to be signed again
        finally:
            conn.close()
            self._checkpointing = None

    def empty_log(self) -> bool:
        """Fold the write-ahead log into the file and empty it; False if a reader still needs it."""
        with self._lock:
            conn = self._open_writer()
            if folding := self._checkpointing:
                folding.join(_CHECKPOINT_SECONDS)
            self._signed = False  # the next write begins a new log
            wait_long(conn)  # for readers, whom nobody else tells to go on
            try:
                (busy, *_) = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                wait_briefly(conn)
            return not busy

    def rebuild(self) -> None:
        """Write the file anew, so that nothing is left between its rows. Others wait; needs as much room again.

        Raises UserError if the disk or the file fails.
        """
        with self._lock:
            self.place.refuse_lost()
            write_anew(self.path)
            self._signed = False

    def _transaction(self, title: str, *, by_clock: bool, without_pen: bool) -> Generator[Connection, None, Changes]:
        conn = self._open_writer()
        self._depth = 1
        try:
            self.place.refuse_write()
            if not (without_pen or self._private):
                pen.refuse_away(conn)
            if not self._signed:
                sign_log(conn)
            if title:
                undo.begin(conn)
            self._title = title
            yield conn
            action = undo.finish_recording(conn, self._title, clock.now()) if title else None
            if by_clock and action is not None:
                undo.note_by_clock(conn, action)
            if self.hooks.figures is not None:
                self.hooks.figures.settle(conn)
            seals.unseal(conn)
            changed = changes.collect(conn)
            conn.execute("COMMIT")
            self._signed = self._wrote = True
            if title and not by_clock:
                self.last_action = action
                if action is not None:
                    self.record_action(action)
        except BaseException:
            with suppress(DatabaseError):
                conn.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0
        return changed

    def _open_writer(self) -> Connection:
        if self._closed:  # a late worker must not create a new, empty file in the old place
            raise closed()
        if self._unshared is not None:
            self.share()
        if self._writer is None:
            self._writer = open_connection(self.path)
            wait_briefly(self._writer)
        if not self._watched:  # only now: creating 140 triggers would delay the first paint
            self._writer.execute("PRAGMA recursive_triggers = ON")  # else REPLACE deletes rows without triggers
            changes.watch(self._writer)
            undo.watch(self._writer)
            if self.hooks.figures is not None:
                self.hooks.figures.watch(self._writer)
            self._watched = True
        return self._writer

    def listen(self, listener: Listener) -> None:
        """Call `listener` with the Changes of every commit, on the thread that wrote."""
        self._listeners.append(listener)

    def notify(self, changed: Changes) -> None:
        """Notify all listeners."""
        for listener in list(self._listeners):
            listener(changed)

    def poll_other_processes(self) -> bool:
        """Check whether another process has written since the last call; if so, notify listeners with EVERYTHING.

        Uses the writing connection, whose own commits do not change data_version. Skipped (False) during a write. Where
        the file could only be read, it is opened for writing as soon as that is possible, which is told likewise.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            changed = not self._closed and self._has_changed()
        finally:
            self._lock.release()
        if changed:
            self.notify(EVERYTHING)
        return changed

    def _has_changed(self) -> bool:
        if self._unshared is not None:
            try:
                self.share()
            except UserError:
                return self._look_again()
            return True
        if self._writer is None:
            return False
        if self.kept is not None and self._writer is not None and self.place.lost() is None:
            return self._go_back(self._writer)
        before, self._version = self._version, scalar(self._writer, "PRAGMA data_version")
        return before != self._version

    def record_action(self, action: int) -> None:
        """Record an action of this process in `own`; clears the redo history."""
        self.own.append((action, clock.now()))
        self.undone.clear()

    def undo_action(
        self,
        action: int,
        steps: Sequence[undo.Step] | None = None,
        hooks: undo.Hooks | None = None,
        together: Sequence[str] = (),
    ) -> str:
        """Undo an action (or only these `steps` of it) and mark it undone, in one transaction; return what to say.

        `hooks` replace those of the file, and rows of the tables `together` stay while they are in use.

        Pushes it on `undone` for redo; if it cannot be redone completely, `undone` is cleared. Raises UserError if
        refused.
        """
        from app.store import redo  # noqa: PLC0415  not needed at startup

        with self.write() as conn:
            undone, said = redo.take_back(conn, self.hooks, action, steps, hooks, together)
        if undone is not None:
            self.undone.append(undone)
        else:
            self.undone.clear()
        return said

    def redo_last(self) -> redo.Undone:
        """Redo and return the last undo of this process, with what is to be said besides.

        Raises UserError if there is none or it cannot be redone.
        """
        if not self.undone:
            msg = tr("Nothing to redo.")
            raise UserError(msg)
        from app.store import redo  # noqa: PLC0415  as above

        last = self.undone.pop()
        with self.write() as conn:
            said = redo.run(conn, last, self.hooks)
        self.own.append((last.action, clock.now()))
        return replace(last, said=said)
