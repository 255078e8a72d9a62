"""Texts of the connect form: a channel's description and the titles of a field's choices."""

from __future__ import annotations

from app.base.words import N_
from app.channels.base import Channel, Field
from ui.look.text import tr

_CHOICES = {
    ("smtp_security", ""): N_("Same as the incoming server"),
    ("sign_in", ""): N_("With a password"),
    ("sign_in", "google"): N_("Sign in with Google"),
    ("sign_in", "microsoft"): N_("Sign in with Microsoft"),
    ("", ""): N_("Default"),
    ("", "tls"): N_("TLS"),
    ("", "starttls"): N_("STARTTLS"),
    ("", "none"): N_("None (this machine only)"),
    ("", "yes"): N_("Yes"),
    ("", "no"): N_("No"),
}


def line(channel: Channel) -> str:
    """A channel's one-line description, or else its audience."""
    return tr(channel.line or channel.audience)


def choice(field: Field, value: str) -> str:
    """The title of one of a field's choices; the value itself if it has none."""
    return tr(_CHOICES.get((field.key, value)) or _CHOICES.get(("", value)) or value)
