"""How a post of our own is published on Mastodon: its audiences.

By https://docs.joinmastodon.org/entities/Status/#visibility.
"""

from __future__ import annotations

from app.base.words import N_
from app.channels.channel import Posting

POSTING = Posting(
    audience=N_("On your profile, and to your followers. Who can see it: {venue}."),
    venues=(
        ("public", N_("Everyone (public)")),
        ("unlisted", N_("Everyone, but not in public timelines (unlisted)")),
        ("private", N_("Followers only")),
    ),
    venue_word=N_("Audience"),
)
