"""A table that is in memory, for what reads tables out of files."""

from __future__ import annotations

import io
from typing import IO, cast


class InMemory:
    """The bytes of a file; as much of a Path as this package needs."""

    def __init__(self, name: str, content: bytes) -> None:
        """`name` is what sentences call it."""
        self.name, self._content = name, content

    def __str__(self) -> str:
        """Its name."""
        return self.name

    def open(
        self, mode: str = "r", *, encoding: str | None = None, errors: str | None = None, newline: str | None = None
    ) -> IO[str] | IO[bytes]:
        """Open it for reading; as UTF-8 unless `encoding` says otherwise."""
        stream = io.BytesIO(self._content)
        if "b" in mode:
            return cast("IO[bytes]", stream)
        return io.TextIOWrapper(stream, encoding or "utf-8", errors, newline)
