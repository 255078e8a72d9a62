"""What two of a member's figures count, wherever they are shown."""

from app.base.words import N_

TOOK_PART = N_("Conversations they wrote in, or that are with them")
ANSWERED = N_("Conversations in which we wrote after they did")
"""What two of a member's figures count, wherever they are shown."""
