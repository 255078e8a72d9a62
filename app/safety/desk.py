"""The desk of backups: those that are there, the one of the day, and what is to be said about them."""

from __future__ import annotations

from pathlib import Path

from app.base.errors import UserError
from app.base.paths import Profile
from app.base.words import tr
from app.safety import backup, daily, encryption
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

    def is_encrypted(self) -> bool:
        """Whether copies in the second place are encrypted from now on."""
        return encryption.key_of(self._store.read) is not None

    def how_encrypted(self) -> str:
        """Whether copies in the second place are encrypted, and what that means, in a sentence."""
        if self.is_encrypted():
            return tr("Copies there are encrypted. Nobody opens them without the passphrase, which is kept nowhere.")
        return tr("Copies there aren't encrypted: whoever has them can read everything.")

    def refuse_encrypting(self) -> None:
        """Raise UserError where there is nothing to encrypt for: no second place, or not the package that does it."""
        encryption.refuse_unavailable()
        if not self.second().folder:
            msg = tr("Choose a second place for backups first: only copies there are encrypted.")
            raise UserError(msg)

    def encrypt_with(self, passphrase: str) -> None:
        """Encrypt the copies in the second place with a passphrase from the next one on; "" ends that.

        Those that are there already are encrypted with the next one too; they stay so when it ends, and what was
        encrypted with another passphrase goes on to need that one. Takes about a second. Raises UserError if it is too
        short, or the package that encrypts is missing.
        """
        key = encryption.new_key(passphrase) if passphrase else None
        with self._store.write() as conn:
            encryption.keep_key(conn, key)

    def files(self) -> list[Path]:
        """The backups in the profile's folder, newest first; not checked."""
        return wayback.listed(self._profile.backups)
