"""File imports: mail folders, tables and feeds, recognised by content, previewed, stored in chunks, undone as one."""

from __future__ import annotations

from app.imports.desk import Imports
from app.imports.shapes import Imported, Options, Preview

__all__ = ["Imported", "Imports", "Options", "Preview"]
