"""The log of our own mistakes: when, which program, which lines of code. It holds no text of members and no secret.

That is why it keeps the kind of an error and the places it passed through, and never the error's own words: those
may quote what somebody wrote.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from app.store.private import create_private

_LARGEST = 1_000_000  # bytes; beyond it the older half goes


def mistake(file: Path, error: BaseException, during: str = "") -> bool:
    """Add a mistake to the log at `file` (0600); whether it could be written. Never raises."""
    try:
        create_private(file)
        _shorten(file)
        with file.open("a", encoding="utf-8") as log:
            log.write(entry(error, during))
    except OSError:
        return False
    return True


def entry(error: BaseException, during: str = "") -> str:
    """What the log says of an error, its causes first."""
    python = ".".join(map(str, sys.version_info[:3]))
    head = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} python {python} {sys.platform} {during}".rstrip()
    return "\n".join([head, *_told(error, set()), "", ""])


def _told(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [] if earlier is None or id(earlier) in seen else [*_told(earlier, seen), "  and then"]
    lines.append(f"  {type(error).__module__}.{type(error).__qualname__}")
    frames = traceback.extract_tb(error.__traceback__)
    return lines + [f"    {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]


def _place(filename: str) -> str:
    """The end of a path: enough to find the file, without the name of whose computer this is."""
    return "/".join(Path(filename).parts[-3:])


def _shorten(file: Path) -> None:
    if file.stat().st_size > _LARGEST:
        kept = file.read_bytes()[-_LARGEST // 2 :]
        file.write_bytes(kept[kept.find(b"\n") + 1 :])


class _Keeper(logging.Handler):
    """Writes what is logged as an error into the file, by kind and place."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.ERROR)
        self._file = file

    def emit(self, record: logging.LogRecord) -> None:
        """One entry; a record without an error says only where it was written."""
        error = record.exc_info[1] if record.exc_info else None
        where = f"{_place(record.pathname)}:{record.lineno}"
        mistake(self._file, error or RuntimeError(), f"logged at {where}")


def attend(file: Path) -> logging.Handler:
    """From now on errors that are logged anywhere in the program go to the log at `file`; the handler that does it."""
    keeper = _Keeper(file)
    root = logging.getLogger()
    for earlier in [one for one in root.handlers if isinstance(one, _Keeper)]:
        root.removeHandler(earlier)
    root.addHandler(keeper)
    return keeper
