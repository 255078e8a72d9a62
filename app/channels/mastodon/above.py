"""The status that a conversation stands under, with its first picture."""

from __future__ import annotations

from app.channels.base import Above, PostAbove
from app.channels.http.parts import dicts
from app.channels.http.picture import own_picture
from app.channels.mastodon.reading import text_of
from app.channels.mastodon.server import Server
from app.channels.mastodon.threads import post_fields

_GONE = (404, 410)


def post_above(server: Server, above: Above) -> PostAbove | None:
    """Fetch the status that a thread began with; None if it is not there."""
    status, answer = server.status(above.thread)
    if answer.status in _GONE:
        return None
    answer.raise_for_status(writing=False)
    pictures = [one for one in dicts(status.get("media_attachments"), "type") if one["type"] == "image"]
    picture, why = own_picture(str(pictures[0].get("preview_url") or "") if pictures else "", above.hosts)
    fields = post_fields(status)
    return PostAbove(fields["post_title"], text_of(status, set()), fields["post_url"] or above.url, picture, why)
