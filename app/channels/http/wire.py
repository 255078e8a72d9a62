"""Connections that check the peer's address before sending anything, and record whether anything was sent."""

from __future__ import annotations

import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from app.channels.http import addresses


class PrivateAddressError(OSError):
    """The connection went to a private network, which only the person may allow."""


class Wire:
    """The state of a request's connection: open sockets, whether anything was sent, whether it may be private."""

    def __init__(self) -> None:
        """Start with no sockets; private addresses are allowed."""
        self.private = True
        self.sent = False
        self._open: list[socket.socket] = []

    def refuse(self, host: str) -> None:
        """Raise PrivateAddressError, before anything is connected, if a host's address is not allowed."""
        if not self.private and addresses.leads_home(host):
            raise PrivateAddressError

    def reached(self, peer: socket.socket) -> None:
        """Register a connected socket; raises PrivateAddressError if its peer is not allowed.

        A name may have led elsewhere a moment before, when it was asked for.
        """
        if not self.private and addresses.is_private(str(peer.getpeername()[0])):
            peer.close()
            raise PrivateAddressError
        self._open.append(peer)

    def cut(self) -> None:
        """Shut all sockets down, from another thread: a blocked read fails at once."""
        for peer in self._open:
            try:
                peer.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def begin(self, *, private: bool) -> None:
        """Reset for a new request; `private`: whether it may go to a private network."""
        self.private, self.sent = private, False
        self._open = [peer for peer in self._open if peer.fileno() >= 0]


def adapter(wire: Wire) -> HTTPAdapter:
    """Return an adapter for requests whose connections report to `wire`; it never retries."""

    class _ReportingConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            wire.refuse(self.host)
            made = super()._new_conn()
            wire.reached(made)
            return made

        def request(self, *args: Any, **named: Any) -> None:  # noqa: ANN401  passed on
            # urllib3 connects within `request`: until the handshake is done, none of the request has been sent
            if self.sock is None:
                self.connect()
            wire.sent = True
            super().request(*args, **named)

    class _ReportingTlsConnection(_ReportingConnection, HTTPSConnection):
        """The same over TLS: HTTPSConnection's `connect` opens its socket with `_new_conn` above."""

    class _Pool(HTTPConnectionPool):
        ConnectionCls = _ReportingConnection

    class _TlsPool(HTTPSConnectionPool):
        ConnectionCls = _ReportingTlsConnection

    class _Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **named: Any) -> None:  # noqa: ANN401, ARG002  as requests calls it
            manager = PoolManager(num_pools=args[0], maxsize=args[1])
            manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
            self.poolmanager = manager

    return _Adapter(max_retries=0)
