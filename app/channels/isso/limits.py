"""How much Isso stores."""

from __future__ import annotations

LIMIT = 65_535
"""Characters of a comment as it is stored; three at least: `API.verify`."""
