"""Export everything that can be read in a table: a folder with one file for each kind."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from app.accounts import Account
from app.base.errors import DiskError, UserError
from app.base.words import tr
from app.csvfile import ExistsError
from app.export.desk import KINDS, Export, Options
from app.export.lists import write_moderation, write_register
from app.moderation import Deed

Progress = Callable[[int, int], object]
"""Called with the number of files written and of all files."""


class StoppedError(UserError):
    """The person has stopped it; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Everything:
    """The folder, the number of rows by kind, and how its files' names end."""

    folder: Path
    rows: dict[str, int]
    ending: str = ".csv"

    def name(self, kind: str) -> str:
        """The name of the file of a kind."""
        return f"{kind}{self.ending}"


def write(
    export: Export, accounts: Iterable[Account], deeds: Iterable[Deed], folder: Path, how: Options | None = None,
    progress: Progress = lambda _done, _of: None, stop: threading.Event | None = None,
) -> Everything:  # fmt: skip
    """Write all KINDS, the register of accounts and the moderation log into a new folder; marks nothing.

    The folder appears when it is whole, readable by its owner alone. Raises ExistsError if there is one of that name,
    DiskError, or StoppedError once `stop` is set.
    """
    if folder.exists() or folder.is_symlink():
        msg = tr("{folder} already exists. Choose another name.").format(folder=folder)
        raise ExistsError(msg)
    options = replace(how or Options(), out=None)
    try:
        making = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", suffix=".part", dir=folder.parent))
    except OSError as why:
        raise _refused(folder, why) from why
    try:
        rows = _fill(export, accounts, deeds, making, options, progress, stop or threading.Event())
        making.rename(folder)
    except OSError as why:
        raise _refused(folder, why) from why
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Everything(folder, rows, _ending(options))


def _fill(
    export: Export, accounts: Iterable[Account], deeds: Iterable[Deed], folder: Path, how: Options,
    progress: Progress, stop: threading.Event,
) -> dict[str, int]:  # fmt: skip
    rows: dict[str, int] = {}
    wanted = (*KINDS, "accounts", "moderation")
    for done, kind in enumerate(wanted):
        progress(done, len(wanted))
        if stop.is_set():
            msg = tr("The export was stopped. Nothing was kept.")
            raise StoppedError(msg)
        path = folder / f"{kind}{_ending(how)}"
        if kind == "accounts":
            rows[kind] = write_register(path, accounts, how).rows
        elif kind == "moderation":
            rows[kind] = write_moderation(path, deeds, how).rows
        else:
            rows[kind] = export.write(kind, path, how).rows
    progress(len(wanted), len(wanted))
    return rows


def _ending(how: Options) -> str:
    return ".xlsx" if how.xlsx else ".csv"


def free_folder(parent: Path, name: str) -> Path:
    """Return a folder of that name in `parent` that does not exist yet; a number is added where it does."""
    folder, count = parent / name, 1
    while folder.exists() or folder.is_symlink():
        count += 1
        folder = parent / f"{name} {count}"
    return folder


def _refused(folder: Path, why: OSError) -> DiskError:
    msg = tr("{folder} can't be written: {reason}.").format(folder=folder, reason=why.strerror or why)
    return DiskError(msg)
