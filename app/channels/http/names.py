"""Where a host's name leads."""

from __future__ import annotations

import socket

from app.channels.http.wire import is_private


def leads_home(host: str) -> bool:
    """Whether a name leads into a private network; an unknown one does not."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(is_private(str(one[4][0])) for one in found)
