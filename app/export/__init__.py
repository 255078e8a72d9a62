"""Files out: conversations, messages, members, hand-offs and gifts to ship, as CSV that survives a spreadsheet."""

from __future__ import annotations

from app.export.desk import FILED, KINDS, Export, Exported, Options

__all__ = ["FILED", "KINDS", "Export", "Exported", "Options"]
