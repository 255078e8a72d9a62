"""File imports: mail, tables, cards, feeds and exports, recognised by content, previewed, stored, undone as one."""

from __future__ import annotations

from app.contacts.person import FieldChange
from app.imports.desk import Imports
from app.imports.shapes import Imported, Options, Preview

__all__ = ["FieldChange", "Imported", "Imports", "Options", "Preview"]
