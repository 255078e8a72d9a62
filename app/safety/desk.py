"""The desk of backups: those that are there, the one of the day, and what is to be said about them."""

from __future__ import annotations

from pathlib import Path

from app.base.errors import UserError
from app.base.paths import Profile
from app.base.words import tr
from app.safety import backup, daily
from app.settings import Settings
from app.store import wayback
from app.store.store import Store

_AGAIN_SECONDS = 3600
"""After a failure the backup of the day is not tried again for so long."""


class Backups:
    """The backups of one profile."""

    def __init__(self, store: Store, profile: Profile, settings: Settings) -> None:
        """Nothing is read before it is asked for."""
        self._store, self._profile, self._settings = store, profile, settings
        self._trouble, self._tried_at = "", 0

    def make(self) -> backup.Copy:
        """Make one now, which stays until the person deletes it. Raises UserError if that fails."""
        return backup.make(self._store, self._profile)

    def see_to(self, now: int) -> daily.Made | None:
        """Make the backup of the day if it is due at `now` (Unix seconds); None if none was made.

        A failure is kept for `warning`, and the next try is an hour later.
        """
        if not daily.is_due(self._profile, now) or (self._trouble and now - self._tried_at < _AGAIN_SECONDS):
            return None
        self._tried_at = now
        try:
            made = daily.run(self._store, self._profile, self._settings)
        except UserError as why:
            self._trouble = tr("Today's backup couldn't be made. {why}").format(why=why)
            return None
        self._trouble = ""
        return made

    def warning(self) -> str:
        """What is wrong with the backups, in a sentence; "" if nothing is."""
        return self._trouble or self.second().missed

    def second(self) -> daily.Second:
        """The second place, and how it stands."""
        return daily.second(self._settings, self._store)

    def files(self) -> list[Path]:
        """The backups in the profile's folder, newest first; not checked."""
        return wayback.listed(self._profile.backups)
