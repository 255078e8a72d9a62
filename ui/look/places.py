"""Kinds of channels in words, for whoever is known on them."""

from __future__ import annotations

from app.channels.registry import channel
from ui.look.text import tr


def words(kind: str) -> str:
    """The kind as people call it: "Forum", "E-mail"."""
    return tr(channel(kind).short_title)
