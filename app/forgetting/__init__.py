"""Forgetting a member for good: what is erased and what is out of reach, in the file, its log and its backups."""

from app.forgetting.desk import Forgetting
from app.forgetting.erasing import Counts
from app.forgetting.plan import Plan
from app.forgetting.receipts import Receipt

__all__ = ["Counts", "Forgetting", "Plan", "Receipt"]
