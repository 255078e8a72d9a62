"""What somebody needs who takes the community over: a folder of tables, and one page that says it in plain words."""

from __future__ import annotations

from app.handover.changing import Change, changes
from app.handover.pack import Pack, write

__all__ = ["Change", "Pack", "changes", "write"]
