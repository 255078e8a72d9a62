"""The HTTP client of all channels: bounded in time and size, exact about what was accepted, careful with secrets.

The client is loaded when somebody asks for it: readers of files need only `parts`, and `requests` takes 0.2 s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.channels.http.client import DEADLINE, SIZE_MAX, Http
    from app.channels.http.response import Response

__all__ = ["DEADLINE", "SIZE_MAX", "Http", "Response"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    from app.channels.http import client  # noqa: PLC0415  see above

    return getattr(client, name)
