"""Working blocks: when the person works, and until when each conversation is to be answered, in working time."""

from __future__ import annotations

from app.blocks.desk import Blocks, Planned, Targets

__all__ = ["Blocks", "Planned", "Targets"]
