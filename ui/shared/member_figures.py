"""A member's figures: the line under their name, and tooltips that say what the others count."""

from __future__ import annotations

from app.base.words import N_
from app.members.figures import Figures, line
from ui.look import text

TOOK_PART = N_("Conversations they wrote in, or that are with them")
ANSWERED = N_("Conversations in which we wrote after they did")


def figures_line(figures: Figures, now: int) -> str:
    """The line of figures, which breaks between them only. `now` is Unix UTC."""
    parts = line(figures, now).split(" · ")
    return text.sentence(" · ".join(part.replace(" ", "\u00a0") for part in parts))
