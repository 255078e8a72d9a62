"""File imports: mail, tables, cards, feeds and exports, recognised by content, previewed, stored, undone as one.

The desk (`app.imports.desk`) loads every reader there is; what only speaks of imports does without it.
"""

from __future__ import annotations

from app.imports.shapes import Imported, Options, Preview

__all__ = ["Imported", "Options", "Preview"]
