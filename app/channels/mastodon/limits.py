"""How much of a status is kept free."""

from __future__ import annotations

ROOM = 32
"""Characters of a status kept free for the @mention of whom it answers, which every answer begins with."""
