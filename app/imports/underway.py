"""Imports that were begun and have not come to their end: how far each got, and what it takes to read the rest.

With its first chunk a run leaves a mark among the settings, `import_underway_7` for batch 7, and each later chunk moves
it on in its own transaction; the last one takes it away. The mark of a run that is over is what a kill, a full disk or
a closed window left of it. A run holds a lock on a file in the folder, so one that still goes on is told from it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from app.base.errors import NotFoundError, UserError
from app.base.locks import FileLock, is_taken
from app.base.words import counted, forms, tr
from app.imports.shapes import Options
from app.settings import UNDERWAY, delete_value, store_value
from app.store.sqlite import Connection, Row

_CAME = {
    "messages": forms("{count:,} new message is in.", "{count:,} new messages are in."),
    "members": forms("{count:,} new member is in.", "{count:,} new members are in."),
    "gifts": forms("{count:,} new gift is in.", "{count:,} new gifts are in."),
}
_SELECT = (
    "SELECT b.id, b.file, b.at, b.new, s.value FROM import_batch b JOIN setting s ON s.key = ?1 || b.id"
    " WHERE b.finished_at IS NULL AND b.undone_at IS NULL"
)
_OVER = "SELECT 1 FROM import_batch WHERE id = ? AND (finished_at IS NOT NULL OR undone_at IS NOT NULL)"


class BrokenOff(NamedTuple):
    """An import that is over and did not come to its end.

    `file` is the name and `path` where it was read from, `at` when it began (Unix seconds), `new` how many messages,
    members or gifts it brought. It read `done` of `total` rows if `in_rows`, else of bytes or files; `total` is 0 where
    that isn't known. `passed` are the rows that need not be read again, `seen` is what told the file from others.
    """

    batch: int
    file: str
    path: Path
    at: int
    new: int
    holds: str
    done: int
    total: int
    in_rows: bool
    passed: int
    seen: tuple[int, ...]
    options: Options

    def title(self, name: str = "") -> str:
        """What happened, in a sentence; `name` is the file's as it is to be shown."""
        return tr("{file} was only partly imported.").format(file=name or self.file)

    def line(self, when: str) -> str:
        """How far it got, in a sentence or two; `when` is its beginning as it is shown."""
        if self.in_rows:
            words = counted(
                self.total,
                "{when}: the import was cut short after {done:,} of {count:,} row.",
                "{when}: the import was cut short after {done:,} of {count:,} rows.",
                done=self.done,
                when=when,
            )
        elif self.total:
            share = min(99, self.done * 100 // self.total)
            words = tr("{when}: the import was cut short after about {share}% of the file.").format(
                when=when, share=share
            )
        else:
            words = tr("{when}: the import was cut short before the end of the file.").format(when=when)
        return f"{words} {self.came}"

    @property
    def came(self) -> str:
        """What it brought: "2,000 new messages are in."."""
        return counted(self.new, *_CAME[self.holds]) if self.new else tr("Nothing new is in.")


class Underway:
    """The mark of one run, and its lock."""

    def __init__(self, folder: Path, path: Path, options: Options, holds: str, total: int, *, in_rows: bool) -> None:
        """Nothing is written before `write`; `folder` is the profile's. Raises OSError if the file can't be seen."""
        self._folder = folder
        self._lock: FileLock | None = None
        self._path = path.absolute()
        self._fixed = {
            "path": str(self._path), "seen": seen(path), "holds": holds, "total": total, "in_rows": in_rows,
            "options": _packed(options),
        }  # fmt: skip
        self.passed = self.done = 0

    def reach(self, number: int, done: int) -> None:
        """The run has come to this row, which is `done` of the total."""
        self.passed, self.done = max(self.passed, number), max(self.done, done)

    def write(self, conn: Connection, batch: int) -> None:
        """Note in the open transaction how far it has come."""
        if self._lock is None:
            self.take(batch)
        value = self._fixed | {"passed": self.passed, "done": self.done}
        store_value(conn, f"{UNDERWAY}{batch}", json.dumps(value, ensure_ascii=False))

    def take(self, batch: int) -> None:
        """Take the lock. Raises UserError if the import is running already."""
        lock = FileLock(lock_file(self._folder, batch))
        if not lock.take():
            raise _running(self._path.name)
        self._lock = lock

    def end(self, conn: Connection, batch: int) -> None:
        """The file was read to its end: take away the mark, and those of earlier runs that broke off in it."""
        forget(conn, batch)
        for row in conn.execute(f"{_SELECT} AND b.id <> ?2", (UNDERWAY, batch)).fetchall():
            if json.loads(row["value"])["path"] == self._fixed["path"]:
                forget(conn, row["id"])

    def free(self, batch: int | None) -> None:
        """Free the lock; no-op if it was never taken."""
        if self._lock is not None and batch is not None:
            self._lock.free()
            self._lock = None
            clear(self._folder, batch)


def lock_file(folder: Path, batch: int) -> Path:
    """The file on which a run of that batch holds its lock."""
    return folder / f"import-{batch}.lock"


def clear(folder: Path, batch: int) -> None:
    """Remove the lock's file; a run that was killed leaves it behind."""
    with suppress(OSError):
        lock_file(folder, batch).unlink()


def sweep(conn: Connection, folder: Path) -> None:
    """Remove the locks' files of imports that are over: one that is killed after its last chunk leaves its own."""
    for file in folder.glob("import-*.lock"):
        number = file.stem.removeprefix("import-")
        over = number.isascii() and number.isdigit() and conn.execute(_OVER, (int(number),)).fetchone()
        if over and not is_taken(file):
            clear(folder, int(number))


def forget(conn: Connection, batch: int) -> None:
    """Take away the mark of a batch in the open transaction; no-op if it has none."""
    delete_value(conn, f"{UNDERWAY}{batch}")


def broken_off(conn: Connection, folder: Path) -> list[BrokenOff]:
    """The imports that did not come to their end and don't go on any more, newest first."""
    rows = conn.execute(f"{_SELECT} ORDER BY b.id DESC", (UNDERWAY,)).fetchall()
    return [_broken_off(row) for row in rows if not is_taken(lock_file(folder, row["id"]))]


def find(conn: Connection, folder: Path, batch: int) -> BrokenOff:
    """The import with that number. Raises NotFoundError if it didn't break off, UserError if it runs just now."""
    row = conn.execute(f"{_SELECT} AND b.id = ?2", (UNDERWAY, batch)).fetchone()
    if row is None:
        msg = tr("Import {number} wasn't cut short. `imports` lists those that were.").format(number=batch)
        raise NotFoundError(msg)
    if is_taken(lock_file(folder, batch)):
        raise _running(row["file"])
    return _broken_off(row)


def unchanged(found: BrokenOff) -> Path:
    """The path of its file. Raises UserError if that is gone, or is another than the one that was read."""
    try:
        now = seen(found.path)
    except OSError:
        msg = tr("{file} isn't in {folder} any more. Put it back there, then go on.")
        raise UserError(msg.format(file=found.file, folder=found.path.parent)) from None
    if now != found.seen:
        other = tr("{file} has changed since. Import it as it is now: what's already in isn't added twice.")
        raise UserError(other.format(file=found.file))
    return found.path


def seen(path: Path) -> tuple[int, ...]:
    """What tells a file from another at its place: size and time; of a folder of all files in it. Raises OSError."""
    if not path.is_dir():
        found = path.stat()
        return found.st_size, found.st_mtime_ns
    sizes = latest = count = 0
    for root, _, names in os.walk(path):
        for name in names:
            found = os.lstat(os.path.join(root, name))  # noqa: PTH118  a Path for each of 100,000 files is slow
            sizes, latest, count = sizes + found.st_size, max(latest, found.st_mtime_ns), count + 1
    return sizes, latest, count


def _running(name: str) -> UserError:
    return UserError(tr("{file} is being imported right now.").format(file=name))


def _packed(options: Options) -> dict[str, Any]:
    return {
        "kind": options.kind, "channel": options.channel, "own": list(options.own), "mapping": dict(options.mapping),
        "encoding": options.encoding, "separator": options.separator, "dates": options.dates, "at": options.at,
        "over": sorted(options.over),
    }  # fmt: skip


def _unpacked(value: Mapping[str, Any]) -> Options:
    return Options(**{**value, "own": tuple(value["own"]), "over": frozenset(value["over"])})


def _broken_off(row: Row) -> BrokenOff:
    value = json.loads(row["value"])
    return BrokenOff(
        row["id"], row["file"], Path(value["path"]), row["at"], row["new"], value["holds"], value["done"],
        value["total"], value["in_rows"], value["passed"], tuple(value["seen"]), _unpacked(value["options"]),
    )  # fmt: skip
