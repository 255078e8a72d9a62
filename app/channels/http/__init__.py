"""The HTTP client of all channels: bounded in time and size, exact about what was accepted, careful with secrets."""

from __future__ import annotations

from app.channels.http.answer import Answer
from app.channels.http.client import DEADLINE, SIZE_MAX, Http

__all__ = ["DEADLINE", "SIZE_MAX", "Answer", "Http"]
