"""A keyring for tests: it keeps in memory what a real one would keep, and can be locked."""

from __future__ import annotations

import pytest


class MemoryKeyring:
    """Holds secrets by their place; `full_after` is how many it takes before it refuses."""

    def __init__(self) -> None:
        """Start empty and unlocked."""
        self.kept: dict[str, str] = {}
        self.full_after: int | None = None

    def get_password(self, _service: str, entry: str) -> str | None:
        """Return a secret, or None."""
        return self.kept.get(entry)

    def set_password(self, _service: str, entry: str, secret: str) -> None:
        """Keep a secret. Raises OSError when it is full."""
        if self.full_after is not None and len(self.kept) >= self.full_after:
            raise OSError(secret)
        self.kept[entry] = secret

    def delete_password(self, _service: str, entry: str) -> None:
        """Forget a secret."""
        del self.kept[entry]


def install(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """Make it the system's keyring for this test, and return it."""
    made = MemoryKeyring()
    monkeypatch.setattr("app.base.credentials._backend", lambda: made)
    return made
