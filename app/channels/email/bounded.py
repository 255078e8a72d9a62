"""A connection to an IMAP server that takes no more of an answer than a page of mails can have.

imaplib reads whatever length a server announces: one literal of 100 GB, or a million small ones, would fill the memory.
"""

from __future__ import annotations

import imaplib
from typing import Any

from app.channels.email.failures import context
from app.channels.email.providers import TLS, Server

MAILS_MAX = 64_000_000
"""Bytes of mails in one answer: twice what is read whole, for some servers tell sizes that are too small."""
WORDS_MAX = 4_000_000
"""Bytes of all the rest of it; a slice of a folder has 100,000."""


class Bounded(imaplib.IMAP4):
    """Hangs up on a server that says more than that in answer to one command."""

    _mails = _words = 0

    def send(self, data: Any) -> None:  # noqa: ANN401  any buffer
        """A command begins: what comes is its answer."""
        self._mails = self._words = 0
        super().send(data)

    def read(self, size: int) -> bytes:
        """A literal of that size; `abort` where there would be too much of it."""
        self._mails += size
        self._hang_up_over(self._mails, MAILS_MAX)
        return super().read(size)

    def readline(self) -> bytes:
        """A line; `abort` where there are too many."""
        line = super().readline()
        self._words += len(line)
        self._hang_up_over(self._words, WORDS_MAX)
        return line

    def _hang_up_over(self, come: int, most: int) -> None:
        if come > most:
            self.shutdown()
            msg = "unexpected amount of data"
            raise self.abort(msg)


class BoundedTLS(Bounded, imaplib.IMAP4_SSL):
    """The same, encrypted from the first byte."""


def dial(server: Server, timeout: float) -> Bounded:
    """A connection to that server, not logged in; `timeout` is in seconds, for each read."""
    if server.security == TLS:
        return BoundedTLS(server.host, server.port, ssl_context=context(server), timeout=timeout)
    return Bounded(server.host, server.port, timeout=timeout)
