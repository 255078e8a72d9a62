"""Quarrels between members: found while they heat up, one case with both sides. See `heat` and `desk`."""

from app.quarrels.desk import Quarrel, Quarrels, arrived, move_conversation

__all__ = ["Quarrel", "Quarrels", "arrived", "move_conversation"]
