"""What is private in a text: addresses, numbers of phones, accounts, cards and people, streets, orders. Pure.

The one place that tells it: lists for teammates leave it out (`redacted`), and the guard asks before it is made public
(`private_in`). What is expected to be ours is left to whoever asks.
"""

from __future__ import annotations

from app.private.redacting import redacted
from app.private.sighting import KINDS, Private, private_in

__all__ = ["KINDS", "Private", "private_in", "redacted"]
