"""The first week: start line, working blocks, reply targets, teammates, templates and traits, offered and never pushed.

Terms: the *start line* is a time before which conversations are closed at once; a *proposal* is what the last replies
or letters suggest, to be taken or left; a *step* is one of the six, done, left out, or open.
"""

from app.first_week.desk import Desks, FirstWeek, Overview, today
from app.first_week.steps import (
    BLOCKS,
    DONE,
    LEFT,
    LINE,
    NOTHING,
    OPEN,
    STEPS,
    TARGETS,
    TEAMMATES,
    TEMPLATES,
    TRAITS,
    Step,
)  # fmt: skip
from app.inbox.start_line import Offer

__all__ = [
    "BLOCKS", "DONE", "LEFT", "LINE", "NOTHING", "OPEN", "STEPS", "TARGETS", "TEAMMATES", "TEMPLATES", "TRAITS",
    "Desks", "FirstWeek", "Offer", "Overview", "Step", "today",
]  # fmt: skip
