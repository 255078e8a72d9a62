"""What becomes of a file in whose place another program has put another one, or none, while it was open.

What was open is kept as a backup at once. Whoever opens the file that is there then finds that backup, and holds
everything back until the person says so: of what waits to be sent there, some may have been sent from the other.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import UserError
from app.base.paths import KEPT_WHEN_REPLACED, Profile
from app.base.words import tr
from app.safety import standstill
from app.settings import store_value
from app.store import backup
from app.store.manifest import manifest, sha256, write_manifest

if TYPE_CHECKING:
    from app.store.sqlite import Connection
    from app.store.store import Store

_KNOWN = "replaced_known"
"""The setting that names those of which is known."""


class Replaced:
    """Keeps what is open in a store that has lost its place."""

    def __init__(self, store: Store, profile: Profile) -> None:
        """Nothing is kept before it is asked for."""
        self._store, self._profile = store, profile
        self._lock = threading.Lock()
        self.kept: Path | None = None
        self.trouble = ""

    def is_so(self) -> bool:
        """Whether another file, or none, is where the open one was."""
        return self._store.place.lost() is not None

    def keep(self) -> Path | None:
        """Keep what is open as a backup, once, with which the store goes on; None if that failed: see `trouble`."""
        with self._lock:
            try:
                self.kept = self._store.keep_open_file(self._copy)
            except UserError as why:
                self.trouble = tr("What you see here couldn't be kept as a backup. {why}").format(why=why)
                return None
            self.trouble = ""
        return self.kept

    def _copy(self, conn: Connection) -> Path:
        target = backup.dated(self._profile.backups, clock.local(clock.now()), KEPT_WHEN_REPLACED)
        backup.copy(conn, target, standstill.mark)
        manifest(target).unlink(missing_ok=True)  # it may still be written to
        return target

    def let_go(self) -> None:
        """Make an ordinary backup of what was kept, once the file is back in its place and the store went on with it.

        By its name the next start would take the file for another one, and hold everything back.
        """
        with self._lock:
            if self.kept is not None and not self.is_so() and self._store.kept is None:
                target = backup.dated(self._profile.backups, clock.local(clock.now()))
                with suppress(OSError):
                    self.kept.rename(target)
                    write_manifest(target, sha256(target))
                self.kept = None

    def finish(self) -> None:
        """Write the checksum of what was kept, once the store is closed; without one all of its pages are checked."""
        if self.kept is not None:
            with suppress(OSError):
                write_manifest(self.kept, sha256(self.kept))

    def line(self) -> str:
        """What has become of what was open, and what becomes of what is being typed, in a sentence or two."""
        if self.kept is not None:
            return tr(
                "It is kept as the backup {name}. You can read on. What you are typing is kept in that backup too when "
                "you open the file again."
            ).format(name=self.kept.name)
        if self.trouble:
            return tr("{trouble} Rapport tries again. Copy what you are typing before you close the window.").format(
                trouble=self.trouble
            )
        return tr("It is being kept as a backup.")


def take_note(store: Store, profile: Profile) -> bool:
    """Put the file on hold if a backup of a replaced one is there of which it doesn't know yet; whether there was one.

    Raises DiskError where nothing can be written; then nothing can be sent either.
    """
    found = {file.name for file in profile.replaced}
    row = store.read.execute("SELECT value FROM setting WHERE key = ?", (_KNOWN,)).fetchone()
    known = frozenset(json.loads(row["value"])) if row is not None else frozenset[str]()
    if found <= known:
        return False
    with store.write(durable=True) as conn:
        store_value(conn, _KNOWN, json.dumps(sorted(found)))
        if not standstill.is_on_hold(conn):
            standstill.mark(conn, standstill.REPLACED)
    return True
