"""How long a status may be, as the server counts it: by app/validators/status_length_validator.rb of Mastodon 4.5."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.base.words import tr
from app.channels.base import Refused

ROOM = 32
"""Characters reserved for the @mention that every reply begins with."""
_ADDRESS = re.compile(r"https?://\S+")
_ADDRESS_CHARS = 23
_SERVER_OF_NAME = re.compile(r"(?<![\w@/])(@[\w.-]{1,64})@[\w.-]{1,253}\w(?::\d{1,5})?")


def counted(text: str) -> int:
    """How many characters a text counts: an address is 23, somebody's name is without its server."""
    return len(_SERVER_OF_NAME.sub(r"\1", _ADDRESS.sub("x" * _ADDRESS_CHARS, text)))


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
