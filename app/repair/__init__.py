"""Repairs a file that is damaged, and says what was done."""

from __future__ import annotations

from app.repair.repairing import repair
from app.repair.telling import READ, RESTORED, SOUND, Repaired

__all__ = ["READ", "RESTORED", "SOUND", "Repaired", "repair"]
