"""What two of a member's figures count, wherever they are shown."""

TOOK_PART = "Conversations they wrote in, or that are with them"
ANSWERED = "Conversations in which we wrote after they did"
"""What two of a member's figures count, wherever they are shown."""
