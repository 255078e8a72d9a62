"""Moderation: what is done at a channel to a message, its conversation or its author, and the log of it.

`verbs` decides what is available and by what it is undone, `undoing` whether that is so now; `desk` logs it, carries it
out and undoes it.
"""

from app.moderation.deed import Deed
from app.moderation.verbs import UPSTREAM, VERBS, Standing, offered, undoable

__all__ = [
    "UPSTREAM",
    "VERBS",
    "Deed",
    "Standing",
    "offered",
    "undoable",
]
