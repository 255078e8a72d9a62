"""An IMAP connection that limits the size of a response to what a page of mails can need.

imaplib reads whatever length a server announces: one literal of 100 GB, or a million small ones, would exhaust memory.
"""

from __future__ import annotations

import imaplib
from typing import Any

from app.channels.email.failures import context
from app.channels.email.providers import TLS, Server

MAILS_MAX = 64_000_000
"""Maximum bytes of literals in one response: twice the largest mail read whole, as some servers understate sizes."""
WORDS_MAX = 4_000_000
"""Maximum bytes of lines in one response; listing a slice of a folder takes about 100,000."""


class Bounded(imaplib.IMAP4):
    """An IMAP4 that closes the connection if a response to one command exceeds the limits."""

    _mails = _words = 0

    def send(self, data: Any) -> None:  # noqa: ANN401  any buffer
        """Send a part of a command, and reset the counters for its response."""
        self._mails = self._words = 0
        super().send(data)

    def read(self, size: int) -> bytes:
        """Read a literal of that size; raises `abort` if there are too many bytes."""
        self._mails += size
        self._abort_over(self._mails, MAILS_MAX)
        return super().read(size)

    def readline(self) -> bytes:
        """Read a line; raises `abort` if there are too many bytes."""
        line = super().readline()
        self._words += len(line)
        self._abort_over(self._words, WORDS_MAX)
        return line

    def _abort_over(self, come: int, most: int) -> None:
        if come > most:
            self.shutdown()
            msg = "unexpected amount of data"
            raise self.abort(msg)


class BoundedTLS(Bounded, imaplib.IMAP4_SSL):
    """The same over implicit TLS."""


def dial(server: Server, timeout: float) -> Bounded:
    """Connect to a server without logging in; `timeout` is in seconds per read."""
    if server.security == TLS:
        return BoundedTLS(server.host, server.port, ssl_context=context(server), timeout=timeout)
    return Bounded(server.host, server.port, timeout=timeout)
