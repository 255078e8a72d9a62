"""Kinds of channels in words, for whoever is known on them."""

from __future__ import annotations

from ui.look.text import tr

_WORDS = {
    "email": "E-mail", "wordpress": "Blog", "ghost": "Blog", "isso": "Blog", "discourse": "Forum",
    "facebook": "Facebook",
    "instagram": "Instagram", "mastodon": "Mastodon", "bluesky": "Bluesky", "discord": "Chat", "matrix": "Chat",
    "in_person": "In person", "file": "File", "demo": "Demo",
}  # fmt: skip


def words(kind: str) -> str:
    """The kind as people call it: "Forum", "E-mail"."""
    return tr(_WORDS.get(kind, kind.replace("_", " ").capitalize()))
