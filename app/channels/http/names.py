"""DNS resolution of a host name."""

from __future__ import annotations

import socket

from app.channels.http.wire import is_private


def leads_home(host: str) -> bool:
    """Whether a host name resolves to an address on a private network; False if it does not resolve."""
    return any(map(is_private, _addresses(host)))


def exists(host: str) -> bool:
    """Whether a host name resolves to an address."""
    return bool(_addresses(host))


def _addresses(host: str) -> list[str]:
    try:
        return [str(address) for *_, (address, *_) in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []
