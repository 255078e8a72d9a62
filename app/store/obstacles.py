"""What keeps a community's file from being written to. Decided here alone; window and shell ask."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from app.base.words import tr
from app.store.networks import network_of

FULL, READ_ONLY, FORBIDDEN, NETWORK = "full", "read_only", "forbidden", "network"
LENT, HANDED_BACK = "lent", "handed_back"
REPLACED, GONE = "replaced", "gone"
LOST = frozenset((REPLACED, GONE))
"""The file that is open is no longer the one in its place."""
_LEAST_BYTES = 65_536  # SQLite's shared memory (32 KiB), and the few pages of a small write
FULL_ERRORS = frozenset((errno.ENOSPC, errno.EDQUOT))


class Obstacle(NamedTuple):
    """Why nothing can be written: its kind, the sentence that says so with what to do, and a title for it."""

    kind: str
    sentence: str

    @property
    def title(self) -> str:
        """A few words to stand above the sentence."""
        titles = {
            FULL: tr("The disk is full"),
            READ_ONLY: tr("This folder can only be read"),
            FORBIDDEN: tr("This folder can only be read"),
            NETWORK: tr("Your file is on a network drive"),
            LENT: tr("The desk is lent"),
            HANDED_BACK: tr("This copy was handed back"),
            REPLACED: tr("Another program replaced your file"),
            GONE: tr("Your file was moved or deleted"),
        }
        return titles[self.kind]


def of_network(path: Path) -> Obstacle | None:
    """Whether the community's file at `path`, there or still to be made, is on a network drive; None if it isn't."""
    kind = network_of(path.parent)
    if not kind:
        return None
    words = tr(
        "{folder} is on a network drive ({kind}). Two computers that write there at once would damage the file, so "
        "Rapport only reads it. Copy the folder to this computer's own disk, and open it there."
    )
    return Obstacle(NETWORK, words.format(folder=path.parent, kind=kind))


def of_drive(path: Path, *, closely: bool = False) -> Obstacle | None:
    """What keeps any file at `path`, there or still to be made, from being written to; None if nothing is known to.

    Asks the system, which takes microseconds; `closely` also tries to write a small file beside it, by which a quota is
    noticed. Raises nothing.
    """
    return _known(path) or (_tried(path) if closely else None)


def of_folder(path: Path, why: OSError | None = None) -> Obstacle:
    """Nobody may write in the file's folder, for whatever reason the system gave; a read-only drive is told apart."""
    if (why is not None and why.errno == errno.EROFS) or _is_read_only(path):
        return read_only(path)
    return Obstacle(
        FORBIDDEN,
        tr("Rapport isn't allowed to write to {folder}. Choose another folder or change its permissions.").format(
            folder=path.parent
        ),
    )


def full(path: Path) -> Obstacle:
    """The disk is full."""
    return Obstacle(
        FULL,
        tr("The disk with {folder} is full. Free up some space and try again; nothing was lost.").format(
            folder=path.parent
        ),
    )


def read_only(path: Path) -> Obstacle:
    """The drive can only be read."""
    words = tr(
        "The drive with {folder} can only be read: nothing can be kept or sent. Make it writable, or copy the folder "
        "to another drive and open it there."
    )
    return Obstacle(READ_ONLY, words.format(folder=path.parent))


def _known(path: Path) -> Obstacle | None:
    if _is_read_only(path):
        return read_only(path)
    if path.parent.exists() and not os.access(path.parent, os.W_OK):
        return of_folder(path)
    if path.exists() and not os.access(path, os.W_OK):
        words = tr("Rapport may read {path} but not change it. Change its permissions, or copy it to another folder.")
        return Obstacle(FORBIDDEN, words.format(path=path))
    return full(path) if _is_full(path) else None


def _volume(path: Path) -> os.statvfs_result | None:
    """The figures of the file system; None where the system has none, such as Windows."""
    with suppress(OSError, AttributeError):
        return os.statvfs(path.parent)
    return None


def _is_read_only(path: Path) -> bool:
    volume = _volume(path)
    return volume is not None and bool(volume.f_flag & os.ST_RDONLY)


def _is_full(path: Path) -> bool:
    """Whether there is no room for a small write. Some file systems tell no figures: then it is not known to be."""
    volume = _volume(path)
    if volume is None or not volume.f_blocks:
        return False
    free = volume.f_bfree if os.geteuid() == 0 else volume.f_bavail  # the rest is reserved for root
    return free * volume.f_frsize < _LEAST_BYTES


def _tried(path: Path) -> Obstacle | None:
    import tempfile  # noqa: PLC0415  only after an error

    try:
        with tempfile.TemporaryFile(dir=path.parent, prefix=".rapport-") as file:
            file.write(bytes(_LEAST_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as why:
        if why.errno in FULL_ERRORS:
            return full(path)
        return of_folder(path, why) if why.errno in (errno.EROFS, errno.EACCES, errno.EPERM) else None
    return None
