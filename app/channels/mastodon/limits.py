"""The part of a status that a reply cannot use."""

from __future__ import annotations

ROOM = 32
"""Characters reserved for the @mention that every reply begins with."""
