"""Everything that is held about a member, in one zip: pages to read, every row as JSON, and the files they sent."""

from app.about.gathering import Theirs, condition, held, theirs
from app.about.packing import About, write

__all__ = ["About", "Theirs", "condition", "held", "theirs", "write"]
