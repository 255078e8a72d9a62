"""How long a status may be, as the server counts it: by app/validators/status_length_validator.rb of Mastodon 4.5."""

from __future__ import annotations

import re

ROOM = 32
"""Characters reserved for the @mention that every reply begins with."""
_ADDRESS = re.compile(r"https?://\S+")
_ADDRESS_CHARS = 23
_SERVER_OF_NAME = re.compile(r"(?<![\w@/])(@[\w.-]{1,64})@[\w.-]{1,253}\w(?::\d{1,5})?")


def counted(text: str) -> int:
    """How many characters a text counts: an address is 23, somebody's name is without its server."""
    return len(_SERVER_OF_NAME.sub(r"\1", _ADDRESS.sub("x" * _ADDRESS_CHARS, text)))
