"""Write answers to standard output, and errors, notes and progress to standard error.

Either may be closed, a broken pipe or a full device; none of these may end in a traceback.
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
from app.cli.output import plain


class ReaderGoneError(Exception):
    """Standard output is a pipe whose reader has closed it (EPIPE)."""


def say(text: str) -> None:
    """Write to standard output and flush. Raises ReaderGoneError, or DiskError if it is closed or full."""
    if not text and sys.stdout is None:
        return
    with _standard_output() as stream:
        stream.write(text)
        stream.flush()


class Binary:
    """A binary file object for standard output; raises what `say` raises."""

    def __init__(self) -> None:
        """Write nothing yet."""
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def write(self, data: bytes) -> int:
        """Write bytes; how many were written."""
        with _standard_output() as stream:
            buffer = getattr(stream, "buffer", None)
            if buffer is None:  # a test or embedding program may have put a text stream there
                stream.write(self._decoder.decode(data))
                return len(data)
            return int(buffer.write(data))

    def flush(self) -> None:
        """Flush the stream."""
        with _standard_output() as stream:
            stream.flush()


def is_watched() -> bool:
    """Whether standard output is a terminal, where somebody reads it."""
    stream: TextIO | None = sys.stdout
    return stream is not None and stream.isatty()


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    stream: TextIO | None = sys.stdout  # None if the shell closed it
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
            reason=(why.strerror or tr("the device refused it")).lower()
        )
        raise DiskError(msg) from why


def _hush(stream: TextIO) -> None:
    """Point a stream at os.devnull, so that Python does not try to flush its buffer again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError):  # a captured stream has no file descriptor
        return
    finally:
        os.close(nowhere)


def tell(sentence: str) -> None:
    """Print a sentence on standard error; if it cannot be written, only the exit status tells."""
    _aside(f"{plain(sentence)}\n")


def progress(sentence: str) -> None:
    """Show progress on one line that is overwritten; does nothing unless standard error is a terminal."""
    if _watched():
        _aside(f"\r\x1b[K{plain(sentence)}")


def progress_ends() -> None:
    """Clear the progress line."""
    if _watched():
        _aside("\r\x1b[K")


def _watched() -> bool:
    stream: TextIO | None = sys.stderr
    return stream is not None and stream.isatty()


def _aside(text: str) -> None:
    stream: TextIO | None = sys.stderr
    if stream is None:
        return
    with suppress(ValueError):  # the stream was closed
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            _hush(stream)
