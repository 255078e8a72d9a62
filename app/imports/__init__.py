"""Bringing in files: mail folders and tables, recognised by content, previewed, taken in in chunks, undone whole."""

from __future__ import annotations

from app.imports.desk import Imports
from app.imports.shapes import Imported, Options, Preview

__all__ = ["Imported", "Imports", "Options", "Preview"]
