"""Answers that are JSON but not of the documented shape: a sentence, and never a mistake of ours in the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.base.words import tr
from app.channels.base import TryLater, UnknownOutcome

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)
"""What is raised where an answer lacks something, or has something else in its place."""


@contextmanager
def readable(host: str, *, sending: bool = False) -> Iterator[None]:
    """Around the reading of an answer: TryLater where it cannot be read; UnknownOutcome if it told of a sending."""
    try:
        yield
    except UNREADABLE:
        if sending:
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=host)
            raise UnknownOutcome(msg) from None
        raise unreadable(host) from None


def unreadable(host: str) -> TryLater:
    """The error for an answer that cannot be read."""
    return TryLater(tr("{host} sent an unexpected response.").format(host=host))
