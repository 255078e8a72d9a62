"""Who can see what we send to Mastodon, and whether a status of ours went to those.

By https://docs.joinmastodon.org/methods/statuses/#create and /entities/Status/#visibility.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.message import Reply
from app.base.words import N_, tr
from app.channels.base import Refused
from app.channels.mastodon.posting import POSTING

_NOBODY_KNOWS = N_("Rapport doesn't know which Mastodon post this belongs below, or who may see it. Reply on Mastodon.")
_AUDIENCES = frozenset(key for key, _ in POSTING.venues)


def visibility(reply: Reply, above: Mapping[str, Any]) -> str:
    """The visibility of what is sent: a post's venue, else that of what it answers; a private one's is "direct".

    Raises Refused for a post to an audience that there is none of, and where nothing says whom it is for: what goes on
    below a post to our followers must never reach everybody.
    """
    if not reply.public:
        return "direct"  # "private" would show it to our followers, whom the people in this conversation do not know
    if above.get("visibility"):
        return str(above["visibility"])
    if above or not reply.venue:
        raise Refused(tr(_NOBODY_KNOWS))
    if reply.venue not in _AUDIENCES:
        msg = tr("Mastodon has no audience “{venue}”. Choose another one.").format(venue=reply.venue)
        raise Refused(msg)
    return reply.venue


def has_audience(status: Mapping[str, Any], reply: Reply) -> bool:
    """Whether a status of ours went to those whom a post is for; True of what is no post, and where it isn't said."""
    return not reply.venue or status.get("visibility") in (None, reply.venue)
