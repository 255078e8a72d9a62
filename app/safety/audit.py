"""Looks through the file in idle time, by itself: quickly after each start, and at all of it once a week.

What was written since is sealed once a day: a letter that changes before that isn't noticed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from app.base.errors import UserError
from app.base.words import tr
from app.settings import delete_value, store_value
from app.store import seals
from app.store.connection import open_reader, open_to_check
from app.store.failures import as_sentence
from app.store.sqlite import Connection, DatabaseError
from app.store.store import Store

_DAY, _WEEK = 86_400, 7 * 86_400  # seconds between two sealings, and between two looks at everything
_AT, _SEALED_AT, _TROUBLE = "audited_at", "sealed_at", "file_trouble"


class Audit:
    """What is known of the state of one file."""

    def __init__(self, store: Store) -> None:
        """Nothing is read before it is asked for."""
        self._store = store
        self._has_looked = False
        self._refused = ""

    def see_to(self, now: int, stop: Callable[[], bool] = lambda: False) -> None:
        """Look quickly at the first call, and at everything where it is due at `now` (Unix seconds): some seconds."""
        if self._store.place.lost() is not None:  # another file is where this one was
            return
        if self._is_due(_AT, now, _WEEK):
            self.look(now, stop)
            return
        first, self._has_looked = not self._has_looked, True
        fault = self._page_fault(quick=True) if first else ""
        try:
            if fault:
                self._note(fault)
            elif self._is_due(_SEALED_AT, now, _DAY):
                seals.take(self._store.path, self._store.write, stop)
                self._store_times(now, _SEALED_AT)
        except UserError as why:
            self._refused = fault or str(why)

    def look(self, now: int, stop: Callable[[], bool] = lambda: False, *, thoroughly: bool = False) -> str:
        """Look at everything: pages, rules, seals, which are taken where there are none. What is wrong, or "".

        `thoroughly`: whether each message is in the search index as well, which takes long in a large file.
        """
        self._has_looked = True
        try:
            self._store.place.refuse_lost()
            fault = (
                self._page_fault(quick=False) or self._rule_fault(stop, thoroughly=thoroughly) or self._seal_fault(stop)
            )
            if not stop():
                self._note(fault)
                self._store_times(now, _AT, _SEALED_AT)
        except UserError as why:  # it can't even be written that something is wrong
            self._refused = fault = str(why)
        return fault

    def _store_times(self, now: int, *keys: str) -> None:
        with self._store.write() as conn:
            for key in keys:
                store_value(conn, key, str(now))

    def trouble(self) -> str:
        """What was wrong at the last look, in a sentence; "" if nothing was."""
        return self._refused or trouble(self._store.read)

    def _is_due(self, key: str, now: int, every: int) -> bool:
        at = _value(self._store.read, key)
        return not at.isdecimal() or not 0 <= now - int(at) < every

    def _note(self, fault: str) -> None:
        self._refused = ""
        if fault != self.trouble():
            with self._store.write() as conn:
                store_value(conn, _TROUBLE, fault)

    def _page_fault(self, *, quick: bool) -> str:
        """What SQLite says of the pages, in a connection of its own."""
        asked = "quick_check" if quick else "integrity_check"
        try:
            with closing(open_reader(self._store.path)) as conn:
                said = [value for (value,) in conn.execute(f"PRAGMA {asked}(1)")]
        except UserError as why:
            return str(why)
        except DatabaseError as why:
            found = as_sentence(why, self._store.path)
            return str(found) if found is not None else ""
        return "" if said == ["ok"] else _sentence(tr("SQLite reports: {error}").format(error=said[0]))

    def _rule_fault(self, stop: Callable[[], bool], *, thoroughly: bool) -> str:
        from app.safety.checkup import row_faults  # noqa: PLC0415  once a week

        if stop():
            return ""
        with closing(open_to_check(self._store.path)) as conn:  # it makes tables in its own memory
            return next((_sentence(fault.what) for fault in row_faults(conn, searching=thoroughly)), "")

    def _seal_fault(self, stop: Callable[[], bool]) -> str:
        from app.safety.checkup import describe  # noqa: PLC0415  as above

        looked = seals.look(self._store.path, self._store.write, stop)
        return _sentence(describe(looked.broken[0])) if looked.broken else ""


def trouble(conn: Connection) -> str:
    """What was wrong with the file at the last look at it, in a sentence; "" if nothing was."""
    return _value(conn, _TROUBLE)


def forget(conn: Connection) -> None:
    """Forget in the open transaction what was found: the file was repaired."""
    for key in (_AT, _SEALED_AT, _TROUBLE):
        delete_value(conn, key)


def _value(conn: Connection, key: str) -> str:
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return "" if row is None else str(row["value"])


def _sentence(what: str) -> str:
    return f"{what[:1].upper()}{what[1:].rstrip('.')}."
