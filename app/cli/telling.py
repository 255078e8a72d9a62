"""What is said beside the answer, on standard error: sentences, and how far a long command is."""

from __future__ import annotations

import sys

from app.cli.answers import plain


def tell(said: str) -> None:
    """A sentence to the person."""
    sys.stderr.write(f"{plain(said)}\n")
    sys.stderr.flush()


def progress(said: str) -> None:
    """How far a long command is, on one line that is written over; nothing where nobody looks."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{plain(said)}")
        sys.stderr.flush()


def progress_ends() -> None:
    """Clear that line."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
