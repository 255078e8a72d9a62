"""How many units of its quota a Google project may spend in a day."""

from __future__ import annotations

from app.base.words import N_
from app.channels.channel import Field

QUOTA = Field(
    "quota",
    N_("Units a day"),
    default="10000",  # what a project is granted unless it asks for more
    required=False,
    help=N_("Only if Google has granted your project more: APIs & Services > YouTube Data API v3 > Quotas."),
)
