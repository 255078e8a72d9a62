"""What channels are called where one chooses among them, and the words for what a field offers."""

from __future__ import annotations

from app.channels.base import Channel, Field
from ui.look.text import tr

_CHOICES = {
    ("smtp_security", ""): "Same as the incoming server",
    ("", ""): "Default",
    ("", "tls"): "TLS",
    ("", "starttls"): "STARTTLS",
    ("", "none"): "None (this machine only)",
    ("", "yes"): "Yes",
    ("", "no"): "No",
}


def line(channel: Channel) -> str:
    """In a few words what a channel is: as it says itself, else who hears an answer there."""
    return tr(channel.line or channel.audience)


def choice(field: Field, value: str) -> str:
    """The words for one of a field's choices; the value itself where nobody has better ones."""
    return tr(_CHOICES.get((field.key, value)) or _CHOICES.get(("", value)) or value)
