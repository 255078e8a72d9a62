"""The log of our own errors: time, Python version, platform, stack trace. It contains no member's text and no secret.

That is why only the type of an exception and the lines of code are logged, never its message, which may quote what
somebody wrote.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from app.store.private import create_private

_MAX_BYTES = 1_000_000  # then the older half is dropped


def write_error(file: Path, error: BaseException, during: str = "") -> bool:
    """Append an error to the log at `file` (mode 0600). Never raises; returns whether it was written."""
    try:
        create_private(file)
        _truncate(file)
        with file.open("a", encoding="utf-8") as log:
            log.write(entry(error, during))
    except OSError:
        return False
    return True


def entry(error: BaseException, during: str = "") -> str:
    """Format an error for the log, root cause first."""
    python = ".".join(map(str, sys.version_info[:3]))
    head = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} python {python} {sys.platform} {during}".rstrip()
    return "\n".join([head, *_trace(error, set()), "", ""])


def _trace(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [] if earlier is None or id(earlier) in seen else [*_trace(earlier, seen), "  and then"]
    lines.append(f"  {type(error).__module__}.{type(error).__qualname__}")
    frames = traceback.extract_tb(error.__traceback__)
    return lines + [f"    {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]


def _place(filename: str) -> str:
    """The last three parts of a path, without the user's name."""
    return "/".join(Path(filename).parts[-3:])


def _truncate(file: Path) -> None:
    if file.stat().st_size > _MAX_BYTES:
        kept = file.read_bytes()[-_MAX_BYTES // 2 :]
        file.write_bytes(kept[kept.find(b"\n") + 1 :])


class _FileHandler(logging.Handler):
    """Writes errors that are logged anywhere into the file, by type and location."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.ERROR)
        self._file = file

    def emit(self, record: logging.LogRecord) -> None:
        """Write one entry; for a record without an exception, only where it was logged."""
        error = record.exc_info[1] if record.exc_info else None
        where = f"{_place(record.pathname)}:{record.lineno}"
        write_error(self._file, error or RuntimeError(), f"logged at {where}")


def install_handler(file: Path) -> logging.Handler:
    """Install a root handler that writes logged errors to `file`, replacing an earlier one; returns it."""
    keeper = _FileHandler(file)
    root = logging.getLogger()
    for earlier in [handler for handler in root.handlers if isinstance(handler, _FileHandler)]:
        root.removeHandler(earlier)
    root.addHandler(keeper)
    return keeper
