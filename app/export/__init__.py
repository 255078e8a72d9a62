"""Exports: conversations, messages, members, hand-offs and gifts as CSV that survives a spreadsheet, or as .xlsx."""

from __future__ import annotations

from app.export.desk import FILED, KINDS, Export, Exported, Options

__all__ = ["FILED", "KINDS", "Export", "Exported", "Options"]
