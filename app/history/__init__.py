"""History: all that was ever between a member and us, in one line of time over all channels, in pages."""

from app.history.desk import Asked, Cursor, Histories, Page
from app.history.entry import KIND_NAMES, KINDS, Entry

__all__ = ["KINDS", "KIND_NAMES", "Asked", "Cursor", "Entry", "Histories", "Page"]
