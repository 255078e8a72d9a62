"""What channels are called where one chooses among them, and the words for what a field offers."""

from __future__ import annotations

from app.base.words import N_
from app.channels.base import Channel, Field
from ui.look.text import tr

_CHOICES = {
    ("smtp_security", ""): N_("Same as the incoming server"),
    ("", ""): N_("Default"),
    ("", "tls"): N_("TLS"),
    ("", "starttls"): N_("STARTTLS"),
    ("", "none"): N_("None (this machine only)"),
    ("", "yes"): N_("Yes"),
    ("", "no"): N_("No"),
}


def line(channel: Channel) -> str:
    """In a few words what a channel is: as it says itself, else who hears an answer there."""
    return tr(channel.line or channel.audience)


def choice(field: Field, value: str) -> str:
    """The words for one of a field's choices; the value itself where nobody has better ones."""
    return tr(_CHOICES.get((field.key, value)) or _CHOICES.get(("", value)) or value)
