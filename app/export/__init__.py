"""Exports: conversations, messages, members, hand-offs, gifts and more as CSV that survives a spreadsheet, or .xlsx."""

from __future__ import annotations

from app.export.desk import FILED, KINDS, LISTED, Export, Exported, Options

__all__ = ["FILED", "KINDS", "LISTED", "Export", "Exported", "Options"]
