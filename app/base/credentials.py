"""Secrets, kept in the system's keyring; the only module that opens it.

Terms: a *place* names one secret (an account's token and the field's key). Where there is no keyring that keeps
secrets safely, a secret is held in memory for this run alone, and whoever gave it is told so. Nothing is ever written
to a plain file: backends that do so are refused.
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
"""Seconds that the keyring may take; its own window may be asking the person to unlock it."""
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
    """The keyring is there and did not do what was asked; the sentence says why."""


class NoKeyringError(KeyringError):
    """There is none: nothing can ever have been put away."""


class Credentials:
    """Puts secrets away and gives them back. Any thread may ask; each call takes at most LIMIT seconds."""

    def __init__(self, limit: float = LIMIT) -> None:
        """Nothing is loaded before the first call."""
        self._limit = limit
        self._held: dict[str, str] = {}
        self._lock = threading.Lock()

    def keep(self, place: str, secret: str) -> str:
        """Put a secret away. "" when the keyring has it, else the sentence that tells where it is instead."""
        try:
            self._ask(lambda backend: backend.set_password(SERVICE, place, secret))
        except KeyringError as why:
            with self._lock:
                self._held[place] = secret
            return f"{why} {tr(_ONLY_NOW)}"
        with self._lock:
            self._held.pop(place, None)
        return ""

    def get(self, place: str) -> str | None:
        """The secret, or None where none was put away. KeyringError where the keyring does not tell."""
        with self._lock:
            if place in self._held:
                return self._held[place]
        found: str | None = self._ask(lambda backend: backend.get_password(SERVICE, place))
        return found

    def missing(self) -> str:
        """The sentence for a machine without a keyring that keeps secrets safely; nothing ("") where there is one."""
        try:
            self._ask(lambda _backend: None)
        except KeyringError as why:
            return f"{why} {tr(_ONLY_THEN)}"
        return ""

    def forget(self, place: str) -> None:
        """Remove a secret; a keyring that does not answer keeps its own, which nothing refers to any more."""
        with self._lock:
            self._held.pop(place, None)
        try:
            self._ask(lambda backend: _delete(backend, place))
        except KeyringError:
            return

    def _ask(self, question: Callable[[KeyringBackend], Any]) -> Any:  # noqa: ANN401  what the question answers
        """Ask on a thread of its own, because a keyring may wait for the person for ever."""
        answers: queue.SimpleQueue[tuple[Any, Exception | None]] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put((question(_backend()), None))
            except Exception as error:  # noqa: BLE001  keyring's backends raise what their systems raise
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
            raise KeyringError(_sentence(error)) from None  # the error's own words may hold the secret
        return answer


def _delete(backend: KeyringBackend, place: str) -> None:
    if backend.get_password(SERVICE, place) is not None:
        backend.delete_password(SERVICE, place)


def _backend() -> KeyringBackend:
    """The first backend that keeps secrets in the system's own store; KeyringError where there is none."""
    import keyring  # noqa: PLC0415  slow to load, and most runs need no secret

    chosen = keyring.get_keyring()
    backends: list[KeyringBackend] = getattr(chosen, "backends", None) or [chosen]
    for backend in backends:
        kind = f"{type(backend).__module__}.{type(backend).__name__}"
        if kind.startswith(_SAFE):
            return backend
    raise NoKeyringError(tr(_NONE))


def _sentence(error: Exception) -> str:
    name = type(error).__name__
    if "Locked" in name or "Dismissed" in name:
        return tr("This computer's keyring is locked. Unlock it and try again.")
    if "Init" in name or "NoKeyring" in name or "NotAvailable" in name:
        return tr(_NONE)
    return tr("This computer's keyring refused the request. Unlock it and try again.")
