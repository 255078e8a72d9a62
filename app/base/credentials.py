"""Secrets, stored in the system's keyring; the only module that opens it.

A *place* is the key of one secret: an account's token and the field's key. If no secure keyring is available, a secret
is held in memory until the process ends, and the person is told so. Nothing is ever written to a plain file: keyring
backends that do so are refused.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.base.errors import UserError
from app.base.words import N_, tr

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Rapport"
LIMIT = 20.0
"""Timeout of a keyring call in seconds; generous, because the keyring may be asking the person to unlock it."""
_SAFE = (
    "keyring.backends.SecretService.",
    "keyring.backends.libsecret.",
    "keyring.backends.kwallet.",
    "keyring.backends.macOS.",
    "keyring.backends.Windows.",
)
_NONE = N_("This computer has no keyring that keeps passwords safely.")
_ONLY_THEN = N_("Rapport will keep what you enter until you close it, then ask for it again.")
_ONLY_NOW = N_("Rapport keeps what you entered until you close it, then asks for it again.")


class KeyringError(UserError):
    """The keyring failed or timed out; the message says why."""


class NoKeyringError(KeyringError):
    """There is no secure keyring, so no secret can ever have been stored."""


class Credentials:
    """Stores and reads secrets. Thread-safe; each call takes at most `limit` seconds."""

    def __init__(self, limit: float = LIMIT) -> None:
        """The keyring library is loaded by the first call."""
        self._limit = limit
        self._held: dict[str, str] = {}
        self._lock = threading.Lock()

    def keep(self, entry: str, secret: str) -> str:
        """Store a secret. Returns "" if it is in the keyring, else a sentence that says it is only held in memory."""
        try:
            self._call(lambda backend: backend.set_password(SERVICE, entry, secret))
        except KeyringError as why:
            with self._lock:
                self._held[entry] = secret
            return f"{why} {tr(_ONLY_NOW)}"
        with self._lock:
            self._held.pop(entry, None)
        return ""

    def get(self, entry: str) -> str | None:
        """The secret, or None if none was stored. Raises KeyringError if the keyring fails or times out."""
        with self._lock:
            if entry in self._held:
                return self._held[entry]
        secret: str | None = self._call(lambda backend: backend.get_password(SERVICE, entry))
        return secret

    def missing(self) -> str:
        """A sentence for the person if the keyring cannot be used, else ""."""
        try:
            self._call(lambda _backend: None)
        except KeyringError as why:
            return f"{why} {tr(_ONLY_THEN)}"
        return ""

    def forget(self, entry: str) -> None:
        """Delete a secret. Errors are ignored: a secret left in the keyring is orphaned, nothing refers to it."""
        with self._lock:
            self._held.pop(entry, None)
        try:
            self._call(lambda backend: _delete(backend, entry))
        except KeyringError:
            return

    def _call(self, question: Callable[[KeyringBackend], Any]) -> Any:  # noqa: ANN401  whatever `question` returns
        """Call `question(backend)` on its own thread with a timeout, as a keyring may wait for the person for ever."""
        answers: queue.SimpleQueue[tuple[Any, Exception | None]] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put((question(_backend()), None))
            except Exception as error:  # noqa: BLE001  keyring backends raise arbitrary exceptions
                answers.put((None, error))

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            answer, error = answers.get(timeout=self._limit)
        except queue.Empty:
            msg = tr("This computer's keyring isn't responding. Unlock it and try again.")
            raise KeyringError(msg) from None
        if isinstance(error, KeyringError):
            raise error
        if error is not None:
            raise KeyringError(_describe(error)) from None  # the original message may contain the secret
        return answer


def _delete(backend: KeyringBackend, entry: str) -> None:
    if backend.get_password(SERVICE, entry) is not None:
        backend.delete_password(SERVICE, entry)


def _backend() -> KeyringBackend:
    """The first backend that uses the system's own secure store. Raises NoKeyringError if there is none."""
    import keyring  # noqa: PLC0415  slow to import, and most runs need no secret

    chosen = keyring.get_keyring()
    backends: list[KeyringBackend] = getattr(chosen, "backends", None) or [chosen]
    for backend in backends:
        kind = f"{type(backend).__module__}.{type(backend).__name__}"
        if kind.startswith(_SAFE):
            return backend
    raise NoKeyringError(tr(_NONE))


def _describe(error: Exception) -> str:
    name = type(error).__name__
    if "Locked" in name or "Dismissed" in name:
        return tr("This computer's keyring is locked. Unlock it and try again.")
    if "Init" in name or "NoKeyring" in name or "NotAvailable" in name:
        return tr(_NONE)
    return tr("This computer's keyring refused the request. Unlock it and try again.")
