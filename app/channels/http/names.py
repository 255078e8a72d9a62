"""DNS resolution of a host name."""

from __future__ import annotations

import socket

from app.channels.http.wire import is_private


def leads_home(host: str) -> bool:
    """Whether a host name resolves to an address on a private network; False if it does not resolve."""
    try:
        addresses = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(is_private(str(address)) for *_, (address, *_) in addresses)
