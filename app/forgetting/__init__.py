"""Forgetting a member for good: what is erased and what is out of reach, in the file, its log and its backups.

What a rule of `app.retention` erases goes the same way.
"""

from app.forgetting.desk import Chosen, Done, Forgetting
from app.forgetting.erasing import Counts
from app.forgetting.plan import Plan
from app.forgetting.receipts import Receipt

__all__ = ["Chosen", "Counts", "Done", "Forgetting", "Plan", "Receipt"]
