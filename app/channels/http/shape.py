"""Responses whose JSON does not have the documented shape: reported to the person, not logged as a bug of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.base.words import tr
from app.channels.base import TryLater, UnknownOutcome

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError)
"""The exceptions raised when a response lacks a field or has one of another type."""


@contextmanager
def readable(host: str, *, sending: bool = False) -> Iterator[None]:
    """Turn errors while parsing a response into TryLater; with `sending`, into UnknownOutcome."""
    try:
        yield
    except UNREADABLE:
        if sending:
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=host)
            raise UnknownOutcome(msg) from None
        raise unreadable(host) from None


def unreadable(host: str) -> TryLater:
    """Return the error for a response that cannot be parsed."""
    return TryLater(tr("{host} sent an unexpected response.").format(host=host))
