"""What two of a member's figures count, wherever they are shown."""

TOOK_PART = "Conversations that they spoke in, or that are with them"
ANSWERED = "Conversations in which we wrote after they had spoken"
"""What two of a member's figures count, wherever they are shown."""
