"""The HTTP client of all channels: bounded in time and size, exact about what was accepted, careful with secrets."""

from __future__ import annotations

from app.channels.http.client import DEADLINE, SIZE_MAX, Http
from app.channels.http.response import Response

__all__ = ["DEADLINE", "SIZE_MAX", "Http", "Response"]
