"""Give-aways: one entry a person, a list whose hash is published first, and a draw that anybody can repeat."""

from app.giveaways.desk import Closed, Counts, Entered, Giveaways, hand_over
from app.giveaways.entering import NewEntry
from app.giveaways.rows import STATE_NAMES, STRUCK, STRUCK_NAMES, Entry, Giveaway, Plan, code_of, line_of
from app.giveaways.saying import early, few, parted, twice

__all__ = [
    "STATE_NAMES", "STRUCK", "STRUCK_NAMES", "Closed", "Counts", "Entered", "Entry", "Giveaway", "Giveaways",
    "NewEntry", "Plan", "code_of", "early", "few", "hand_over", "line_of", "parted", "twice",
]  # fmt: skip
