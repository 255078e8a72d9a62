"""Turns errors of SQLite and the operating system into one plain sentence.

They are recognized by code, not by message: https://www.sqlite.org/rescode.html; the low byte is the primary code.
"""

from __future__ import annotations

import errno
from pathlib import Path

from app.base.errors import ClosedFileError, DamagedFileError, DiskError, UserError
from app.base.words import tr
from app.store import obstacles
from app.store.sqlite import DatabaseError
from app.store.wayback import saving

_DAMAGED = frozenset((11, 26))  # CORRUPT, NOTADB
_FULL = frozenset((13,))
_BUSY = frozenset((5, 6, 15, 22))  # BUSY, LOCKED, PROTOCOL, NOLFS
_FORBIDDEN = frozenset((3, 8, 14))  # PERM, READONLY, CANTOPEN
_BROKEN = frozenset((10,))  # IOERR
_INTERRUPTED = frozenset((9,))  # which only closing the file does
_REFUSALS = _DAMAGED | _FULL | _BUSY | _FORBIDDEN | _BROKEN | _INTERRUPTED
_FORBIDDEN_SYSTEM = frozenset(
    (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENOENT)
)


def _code(why: Exception) -> int:
    """SQLite's primary result code; 26 (NOTADB) for the binding's own error, which has no code; 0 if unknown."""
    code = getattr(why, "sqlite_errorcode", None)
    if code is None:
        return 26 if "not a database" in str(why) else 0
    return int(code) & 0xFF


def is_busy(why: BaseException) -> bool:
    """Whether another connection or program is writing, so that it may work a moment later."""
    return isinstance(why, DatabaseError) and _code(why) in _BUSY


def is_unwritable(why: DatabaseError) -> bool:
    """Whether nothing can be written, which says nothing about what there is."""
    return _code(why) in _FULL | _BUSY | _FORBIDDEN


def is_refusal(why: DatabaseError) -> bool:
    """Whether the disk or the file is at fault, or the file was closed meanwhile, rather than our SQL."""
    return _code(why) in _REFUSALS


def as_sentence(why: BaseException, path: Path) -> UserError | None:
    """The error to show if `is_refusal`, for the file at `path`; None for a bug of ours."""
    return sentence(why, path) if isinstance(why, DatabaseError) and is_refusal(why) else None


def sentence(why: Exception, path: Path) -> UserError:
    """The error to show for what SQLite or the system reported about this file."""
    if isinstance(why, OSError):
        return _system_error(why, path)
    code = _code(why)
    if code in _DAMAGED or isinstance(why, UnicodeDecodeError):
        return DamagedFileError(
            tr("{path} can't be read as a Rapport file. {advice}").format(path=path, advice=saving(path))
        )
    if code in _FULL:
        return DiskError(obstacles.full(path).sentence)
    if code in _BUSY:
        return DiskError(
            tr("Another program is writing to {path}. Close it and try again; nothing was lost.").format(path=path)
        )
    if code in _INTERRUPTED:
        return closed()
    found = obstacles.of_drive(path, closely=True)  # SQLite reports a full disk as broken where it maps memory
    if found is None and code in _FORBIDDEN:
        found = obstacles.of_folder(path)
    return DiskError(found.sentence) if found is not None else _broken(path)


def closed() -> ClosedFileError:
    """The error for whoever comes too late, or was too slow."""
    return ClosedFileError(tr("The file has been closed."))


def _system_error(why: OSError, path: Path) -> UserError:
    if why.errno in obstacles.FULL_ERRORS:
        return DiskError(obstacles.full(path).sentence)
    if why.errno in _FORBIDDEN_SYSTEM:
        return DiskError(obstacles.of_folder(path, why).sentence)
    return _broken(path)


def _broken(path: Path) -> DiskError:
    return DiskError(tr("Writing to {path} failed. Check the disk and try again.").format(path=path))
