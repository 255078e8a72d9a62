"""Tooltips of a member's figures: what they count."""

from app.base.words import N_

TOOK_PART = N_("Conversations they wrote in, or that are with them")
ANSWERED = N_("Conversations in which we wrote after they did")
