"""Names of the kinds of channels."""

from __future__ import annotations

from app.channels.registry import channel
from ui.look.text import tr


def short(kind: str) -> str:
    """The short title of a kind of channel: "Forum", "E-mail"."""
    return tr(channel(kind).short_title)
