"""Standard output, which carries the answer alone, and standard error, which carries what is said beside it.

Either may be closed, or a pipe that nobody reads any more, or a device that is full: none of that is a mistake of ours.
"""

from __future__ import annotations

import os
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from app.base.errors import DiskError
from app.base.words import tr
from app.cli.answers import plain


class ReaderGoneError(Exception):
    """Whoever read the answer has closed the pipe and wants no more of it."""


def say(text: str) -> None:
    """Write to standard output at once. ReaderGoneError, DiskError where it is closed or takes no more."""
    if not text and sys.stdout is None:
        return
    with _standard_output() as stream:
        stream.write(text)
        stream.flush()


class Binary:
    """Standard output for bytes, as a file to write to; it raises what `say` raises."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def write(self, data: bytes) -> int:
        """Write some bytes; how many that was."""
        with _standard_output() as stream:
            buffer = getattr(stream, "buffer", None)
            if buffer is None:  # who called us in their own process may have put a stream of texts there
                stream.write(self._decoder.decode(data))
                return len(data)
            return int(buffer.write(data))

    def flush(self) -> None:
        """Hand on what was written."""
        with _standard_output() as stream:
            stream.flush()


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    stream: TextIO | None = sys.stdout  # None where the shell has closed it
    if stream is None:
        msg = tr("The output couldn't be written: standard output is closed.")
        raise DiskError(msg)
    try:
        yield stream
    except BrokenPipeError as why:
        _hush(stream)
        raise ReaderGoneError from why
    except OSError as why:
        _hush(stream)
        msg = tr("The output couldn't be written: {reason}.").format(
            reason=(why.strerror or "the device refused it").lower()
        )
        raise DiskError(msg) from why


def _hush(stream: TextIO) -> None:
    """Point a stream elsewhere, so that what it still holds is not tried again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError):  # a captured stream has no number
        return
    finally:
        os.close(nowhere)


def tell(said: str) -> None:
    """A sentence to the person; where standard error takes none, the exit status has to do."""
    _aside(f"{plain(said)}\n")


def progress(said: str) -> None:
    """How far a long command is, on one line that is written over; nothing where nobody looks."""
    if _watched():
        _aside(f"\r\x1b[K{plain(said)}")


def progress_ends() -> None:
    """Clear that line."""
    if _watched():
        _aside("\r\x1b[K")


def _watched() -> bool:
    stream: TextIO | None = sys.stderr
    return stream is not None and stream.isatty()


def _aside(text: str) -> None:
    stream: TextIO | None = sys.stderr
    if stream is None:
        return
    with suppress(ValueError):  # closed by whoever called us
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            _hush(stream)
