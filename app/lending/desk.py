"""The desk that is lent: who has the pen, the copy that goes out, and what comes back with it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from app import rewriting, settings, tombstones
from app.actions import Work
from app.base import clock
from app.base.errors import FieldError, UserError
from app.base.paths import Profile
from app.base.words import tr
from app.forgetting import Forgetting
from app.forgetting.desk import carry_over
from app.lending import adding, coming, people, undoing
from app.lending.coming import Coming
from app.lending.copies import opened
from app.safety import daily, standstill
from app.safety.differing import Rows
from app.store import backup, pen, twin, undo
from app.store.connection import open_connection
from app.store.manifest import manifest
from app.store.pen import Loan
from app.store.sqlite import Connection, Row, scalar
from app.store.store import Store

_STAY = ("backup_folder", "second_place", "second_place_key", "file_trouble", pen.AT_HOME)
"""Settings that mean this computer, or this file."""
_UNDER_WAY = """
SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending') OR EXISTS (SELECT 1 FROM moderation WHERE state = 'doing')
"""
Doubt = Callable[[Connection, int], int]
Forgotten = tuple[dict[bytes, int], list[tuple[int, int, str]]]


class Lending:
    """Lends the desk, takes it back, and adds what another copy of the file has."""

    def __init__(self, store: Store, forgetting: Callable[[], Forgetting], doubt: Doubt) -> None:
        """`doubt` has what waits to be sent looked for at its channel before it is sent, as after a restore."""
        self._store, self._forgetting, self._doubt = store, forgetting, doubt

    def lent(self) -> Loan | None:
        """The loan on which the pen is away; None if it is here."""
        return pen.lent(self._store.read)

    def on_loan(self) -> Loan | None:
        """The loan of which this file is the copy; None if it is none."""
        return pen.on_loan(self._store.read)

    # --- at home: the desk goes out

    def lend(self, folder: Path, to: str) -> Profile:
        """Write a copy of the file into a folder, without passwords, and give it the pen; returns the copy's profile.

        From then on this file can only be read, until `take_back` or `take_back_alone`. Raises FieldError without a
        name, UserError if the folder holds a community, something is just being sent, or the disk fails: then the pen
        stays here.
        """
        there = Profile(folder.expanduser().absolute())
        loan = self._loan(there, to.strip())
        with self._store.write(durable=True) as conn:
            _refuse_under_way(conn)
            settings.store_value(conn, pen.AT_HOME, loan.packed())
        try:
            backup.copy(self._store.read, there.file, partial(_make_loan, loan))
        except BaseException:
            with self._store.write(durable=True, without_pen=True) as conn:
                settings.delete_value(conn, pen.AT_HOME)
            raise
        manifest(there.file).unlink(missing_ok=True)  # it is going to be written to
        self._store.undone.clear()
        return there

    def _loan(self, there: Profile, to: str) -> Loan:
        if not to:
            raise FieldError(tr("To whom is the desk lent? Type a name, or which computer it is for."), "to")
        if there.file.exists() or there.backups.exists():
            msg = tr("{folder} is in use by a community. Choose an empty one.").format(folder=there.folder)
            raise FieldError(msg, "folder")
        return Loan(secrets.token_hex(8), to, clock.now())

    # --- in the copy: it is handed back

    def hand_back(self) -> Loan:
        """Give the pen back: from now on this copy can only be read. Returns the loan.

        Raises UserError if this file is no copy that was lent, or something is just being sent.
        """
        loan = self.on_loan()
        if loan is None:
            raise UserError(tr("This file wasn't lent by another one, so there's nothing to hand back."))
        if loan.back_at is not None:
            raise UserError(tr("It has been handed back already."))
        loan = loan._replace(back_at=clock.now())
        with self._store.write(durable=True) as conn:
            _refuse_under_way(conn)
            settings.store_value(conn, pen.ON_LOAN, loan.packed())
        self._store.undone.clear()
        self._store.empty_log()  # so that the file alone is all of it
        return loan

    # --- at home again

    def look(self, file: Path) -> Coming:
        """What comes back with a copy that was handed back; changes nothing.

        Raises UserError if it isn't the one that was lent, wasn't handed back yet, or can't be read.
        """
        with opened(file) as copy, self._both(copy) as conn:
            return coming.look(conn, self._returning(conn, file))

    def take_back(self, file: Path) -> Coming:
        """Take in what was done in the copy that was lent, as one action, and the pen with it; returns what came.

        A backup is made before. Raises UserError as `look` does, with nothing changed.
        """
        with opened(file) as copy:
            with self._both(copy) as conn:
                came = coming.look(conn, self._returning(conn, file))
                marks = _tombstones(conn)
            daily.before_import(self._store)
            self._forget_too(*marks)
            title = tr("Took the desk back from {name}").format(name=came.loan.to)
            with self._store.beside(copy), self._store.write(title, durable=True, without_pen=True) as conn:
                self._returning(conn, file)  # another window may have taken it back meanwhile
                settings.delete_value(conn, pen.AT_HOME)
                touched = people.touched(conn)
                twin.take_over(conn, self._store.hooks.copies)
                people.reindex(conn, touched)
                standstill.read_first(conn)
                twin.note(conn, undo.COPY, [(1,)])
        return came

    def take_back_alone(self) -> int:
        """Take the pen back without the copy's work, which can no longer come back as one; how many replies waited.

        Each account is read before anything is sent, and what waited is looked for at its channel: it may have been
        sent from the copy. Raises UserError if the desk isn't lent.
        """
        with self._store.write(durable=True, without_pen=True) as conn:
            if pen.lent(conn) is None:
                raise _not_lent()
            settings.delete_value(conn, pen.AT_HOME)
            standstill.read_first(conn)
            return self._doubt(conn, clock.now())

    def _returning(self, conn: Connection, file: Path) -> Loan:
        """The loan that a copy, attached to the connection, ends. Raises UserError if it can't."""
        mine = pen.lent(conn)
        if mine is None:
            raise _not_lent()
        row = conn.execute(f"SELECT value FROM {twin.OTHER}.setting WHERE key = ?", (pen.ON_LOAN,)).fetchone()
        theirs = None if row is None else Loan(**json.loads(row["value"]))
        if theirs is None or theirs.number != mine.number:
            other = tr("{file} isn't the copy that was lent to {name}; nothing was changed.")
            raise UserError(other.format(file=file, name=mine.to))
        if theirs.back_at is None:
            msg = tr(
                "{file} hasn't been handed back yet, so more may be done in it. Choose “Hand the desk back” there "
                "first (in the shell: desk hand-back)."
            )
            raise UserError(msg.format(file=file))
        return mine

    def _forget_too(self, digests: dict[bytes, int], kept: list[tuple[int, int, str]]) -> None:
        """Forget here, for good, whoever was forgotten in the copy, in the file and in its backups."""
        new = digests.keys() - tombstones.everything(self._store.read).keys()
        if not new:
            return
        for file in self._forgetting().copies()[0]:
            list(rewriting.rewrite([file], lambda conn: carry_over(conn, digests, kept), ()))
        with self._store.write(durable=True, without_pen=True) as conn:
            carry_over(conn, digests, kept)

    @contextmanager
    def _both(self, copy: Path) -> Iterator[Connection]:
        with closing(open_connection(self._store.path, writable=False)) as conn:
            conn.row_factory = Row
            with twin.beside(conn, copy):
                yield conn

    # --- any other copy

    def add(self, file: Path) -> Rows:
        """Bring in what only another copy of the file has, as one action; returns how many rows of each kind came.

        Nothing that is here is changed by it but what follows, and nothing is sent: what waited there comes as drafts.
        What was forgotten in either of the two stays so. A backup is made before. Raises UserError if the copy can't be
        read, or the disk fails.
        """
        with opened(file) as copy:
            with self._both(copy) as conn:
                marks = _tombstones(conn)
            _forget_in(copy, tombstones.everything(self._store.read))
            daily.before_import(self._store)
            self._forget_too(*marks)
            title = tr("Added what only {file} had").format(file=file.name)
            with self._store.beside(copy), self._store.write(title, durable=True) as conn:
                came = adding.add(conn, self._store.hooks.copies)
                if came:
                    twin.note(conn, undo.COPY, [(1,)])
        return came

    # --- undo

    def work_of(self, conn: Connection, action: int) -> Work:
        """What an undo of an action that came from a copy takes back, and what it keeps; for the list of actions."""
        return undoing.work(conn, action)

    def undo(self, action: int) -> str:
        """Undo such an action in one transaction; returns what is to be said besides. Raises UserError if refused."""
        with self._store.write() as conn:
            work = undoing.work(conn, action)
            hooks = undoing.without_outbox(self._store.hooks)
            said = self._store.undo_action(action, work.steps, hooks, undoing.TOGETHER)
        return f"{undoing.remark(work)} {said}".strip()


def _make_loan(loan: Loan, conn: Connection) -> None:
    """Make a copy of the file the one that is lent."""
    for key in _STAY:
        settings.delete_value(conn, key)
    settings.store_value(conn, pen.ON_LOAN, loan.packed())


def _refuse_under_way(conn: Connection) -> None:
    if scalar(conn, _UNDER_WAY):
        raise UserError(tr("Something is just being sent. Try again in a minute, when it is known to have arrived."))


def _not_lent() -> UserError:
    return UserError(
        tr("The desk isn't lent. To bring in what only another copy has, restore it with “Add what only it has”.")
    )


def _tombstones(conn: Connection) -> Forgotten:
    """Who was forgotten in the copy that is attached, as digests and receipts."""
    other = twin.OTHER
    digests = {row["digest"]: int(row["at"]) for row in conn.execute(f"SELECT digest, at FROM {other}.tombstone")}
    kept = conn.execute(f"SELECT at, member_id, receipt FROM {other}.forgotten ORDER BY id").fetchall()
    return digests, [(int(row["at"]), int(row["member_id"]), str(row["receipt"])) for row in kept]


def _forget_in(copy: Path, digests: Mapping[bytes, int]) -> None:
    """Forget in a private copy whoever was forgotten here, so that nothing of them comes in."""
    if digests:
        with closing(Store(copy, private=True)) as store, store.write() as conn:
            carry_over(conn, digests, [])
