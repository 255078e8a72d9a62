"""HTTP as every channel speaks it: bounded in time and size, honest about what was taken, sparing with secrets."""

from __future__ import annotations

from app.channels.http.answer import Answer
from app.channels.http.client import DEADLINE, SIZE_MAX, Http

__all__ = ["DEADLINE", "SIZE_MAX", "Answer", "Http"]
