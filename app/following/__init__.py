"""Following hand-offs up: the helper named to the member, the answer passed on, and what is done when none comes."""

from __future__ import annotations

from app.following.desk import ANSWER, HOLDING, INTRODUCTION, STILL_ON_IT, Following, HandedOff, Offered, Reminder
from app.following.thanking import helped

__all__ = [
    "ANSWER", "HOLDING", "INTRODUCTION", "STILL_ON_IT", "Following", "HandedOff", "Offered", "Reminder", "helped",
]  # fmt: skip
