"""The maximum length of an Isso comment."""

from __future__ import annotations

LIMIT = 65_535
"""Maximum characters of a comment as stored; the minimum is three (`API.verify` in Isso's source)."""
