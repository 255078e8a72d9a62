"""Connections that look whom they have reached before a byte is sent, and remember whether any was."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection


class PrivateAddressError(OSError):
    """The name leads into a private network, where only the person may send us."""


class Wire:
    """What is known of one request's connection: its sockets, whether anything was sent, whether it may be private."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.private = True
        self.sent = False
        self._open: list[socket.socket] = []

    def reached(self, peer: socket.socket) -> None:
        """Look at the other end; PrivateAddressError where it must not be there."""
        if not self.private and is_private(str(peer.getpeername()[0])):
            peer.close()
            raise PrivateAddressError
        self._open.append(peer)

    def cut(self) -> None:
        """End it, from another thread: what waits for an answer gets an error at once."""
        for peer in self._open:
            try:
                peer.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def begin(self, *, private: bool) -> None:
        """Before a request; `private`: whether it may lead into a private network."""
        self.private, self.sent = private, False
        self._open = [peer for peer in self._open if peer.fileno() >= 0]


def is_private(address: str) -> bool:
    """Whether an IP address is none that the whole internet reaches: this machine, a home's or a firm's network."""
    number = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(number, "ipv4_mapped", None) or number
    return not mapped.is_global or mapped.is_multicast


def adapter(wire: Wire) -> HTTPAdapter:
    """An adapter for requests whose connections tell `wire`; it never tries anything twice by itself."""

    class _Told(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            wire.reached(made)
            return made

        def request(self, *args: Any, **named: Any) -> None:  # noqa: ANN401  handed on
            # urllib3 connects within `request`: until the handshake is over nothing of ours has left
            if self.sock is None:
                self.connect()
            wire.sent = True
            super().request(*args, **named)

    class _ToldTls(_Told, HTTPSConnection):
        """The same over TLS: `connect` is HTTPSConnection's, which opens its socket by `_new_conn` above."""

    class _Pool(HTTPConnectionPool):
        ConnectionCls = _Told

    class _TlsPool(HTTPSConnectionPool):
        ConnectionCls = _ToldTls

    class _Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **named: Any) -> None:  # noqa: ANN401, ARG002  as requests calls it
            manager = PoolManager(num_pools=args[0], maxsize=args[1])
            manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
            self.poolmanager = manager

    return _Adapter(max_retries=0)
