"""Works: what members made (a photo, a recipe, a drawing), and their permission to use it.

They say for what, with which credit line, until when. A text of ours that uses one without is stopped.
"""

from app.works.desk import Works, hand_over
from app.works.following import asked_with, sent_with, taken_back
from app.works.work import KIND_NAMES, KINDS, STATE_NAMES, STATES, Work, standing

__all__ = [
    "KINDS", "KIND_NAMES", "STATES", "STATE_NAMES", "Work", "Works", "asked_with", "hand_over", "sent_with", "standing",
    "taken_back",
]  # fmt: skip
