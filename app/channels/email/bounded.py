"""An IMAP connection that limits the size of a response to what a page of mails can need.

imaplib reads whatever length a server announces: one literal of 100 GB, or a million small ones, would exhaust memory.
"""

from __future__ import annotations

import imaplib
import socket
from collections.abc import Callable
from typing import Any

from app.channels.email.failures import context
from app.channels.email.providers import TLS, Server

MAILS_MAX = 64_000_000
"""Maximum bytes of literals in one response: twice the largest mail read whole, as some servers understate sizes."""
_CLOSED = "the server closed the connection"
_CHUNK = 262_144  # bytes asked of the connection at once
WORDS_MAX = 4_000_000
"""Maximum bytes of lines in one response; listing a slice of a folder takes about 100,000."""


class Bounded(imaplib.IMAP4):
    """An IMAP4 that closes the connection if a response to one command exceeds the limits."""

    _mails = _words = 0

    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401  imaplib's
        """Connect, as imaplib does."""
        self._ahead = bytearray()  # received, and not read: imaplib's own buffer cannot say whether it is empty
        self._from: socket.socket | None = None
        super().__init__(*args, **named)

    def _drop_unencrypted(self) -> None:
        """After STARTTLS, forget what came before it: somebody on the way may have added that."""
        if self.sock is not self._from:
            self._ahead.clear()
            self._from = self.sock

    def _receive(self) -> bool:
        """Wait for more bytes; False if the connection was closed."""
        more = self.sock.recv(_CHUNK)
        self._ahead += more
        return bool(more)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._ahead[:size])
        del self._ahead[:size]
        return taken

    def send(self, data: Any) -> None:  # noqa: ANN401  any buffer
        """Send a part of a command, and reset the counters for its response."""
        self._mails = self._words = 0
        super().send(data)

    def read(self, size: int) -> bytes:
        """Read a literal of that size; raises `abort` if there are too many bytes."""
        self._mails += size
        self._abort_over(self._mails, MAILS_MAX)
        self._drop_unencrypted()
        while len(self._ahead) < size and self._receive():
            pass
        return self._take(size)

    def readline(self) -> bytes:
        """Read a line, b"" if the connection was closed; raises `abort` if there are too many bytes."""
        self._drop_unencrypted()
        begin = 0
        while (end := self._ahead.find(b"\n", begin)) < 0:
            begin = len(self._ahead)
            self._abort_over(self._words + begin, WORDS_MAX)
            if not self._receive():
                end = begin - 1
                break
        line = self._take(end + 1)
        self._words += len(line)
        self._abort_over(self._words, WORDS_MAX)
        return line

    def idle_until(self, wait: Callable[[socket.socket], bool]) -> bool:
        """IDLE (RFC 2177) in the selected folder until the server says something, or `wait` returns False.

        `wait` blocks until the socket can be read; False ends the waiting. Returns whether the server said anything.
        The standard library has this from Python 3.14.
        """
        self.send(b"WAIT IDLE\r\n")
        heard = self._expect(b"+")
        while not heard and (self.has_unread() or wait(self.sock)):
            line = self.readline()
            if not line or line.upper().startswith(b"* BYE"):
                raise self.abort(_CLOSED)
            heard = _is_news(line)
        self.send(b"DONE\r\n")
        return self._expect(b"WAIT") or heard

    def _expect(self, begin: bytes) -> bool:
        """Read until the line that begins so; returns whether there was news before it.

        Raises `error` if the server refuses, `abort` if it has closed.
        """
        heard = False
        while True:
            line = self.readline()
            if not line:
                raise self.abort(_CLOSED)
            if line.upper().startswith((b"WAIT NO", b"WAIT BAD")):
                raise self.error(line.decode("ascii", "replace"))
            if line.startswith(begin):
                return heard
            heard = heard or _is_news(line)

    def has_unread(self) -> bool:
        """Whether something that was sent has been received, and not read yet."""
        return bool(self._ahead) or bool(getattr(self.sock, "pending", int)())

    def _abort_over(self, come: int, most: int) -> None:
        if come > most:
            self.shutdown()
            msg = "unexpected amount of data"
            raise self.abort(msg)


def _is_news(line: bytes) -> bool:
    """Whether an untagged line says that something changed; "OK still here" does not."""
    return line.startswith(b"* ") and not line.upper().startswith((b"* OK", b"* NO"))


class BoundedTLS(Bounded, imaplib.IMAP4_SSL):
    """The same over implicit TLS."""


def dial(server: Server, timeout: float) -> Bounded:
    """Connect to a server without logging in; `timeout` is in seconds per read."""
    if server.security == TLS:
        return BoundedTLS(server.host, server.port, ssl_context=context(server), timeout=timeout)
    return Bounded(server.host, server.port, timeout=timeout)
