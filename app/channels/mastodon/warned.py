"""Whether a reply fits with the content warning that it takes over, which counts as its own words do."""

from __future__ import annotations

from collections.abc import Mapping

from app.base.words import tr
from app.channels.base import Refused
from app.channels.mastodon.limits import ROOM, counted


def check_length(status: Mapping[str, object], limit: str, host: str) -> None:
    """Raise Refused for a status that is too long with the content warning that it takes over; `limit` is our fact."""
    warning = str(status.get("spoiler_text") or "")
    if not warning or not limit.isdecimal():
        return
    most, own = int(limit) + ROOM, counted(str(status["status"]))
    if own + len(warning) > most:
        msg = tr(
            "The content warning that a reply takes over counts too: {warning} characters. With it, {host} takes "
            "{room} characters of yours, and these are {own}."
        ).format(warning=len(warning), host=host, room=max(most - len(warning), 0), own=own)
        raise Refused(msg)
