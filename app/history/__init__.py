"""History: all that was ever between a member and us, in one line of time over all channels, and its figures."""

from app.history.desk import Asked, Cursor, Histories, Page
from app.history.entry import KIND_NAMES, KINDS, Entry
from app.history.figures import Figures, line

__all__ = ["KINDS", "KIND_NAMES", "Asked", "Cursor", "Entry", "Figures", "Histories", "Page", "line"]
