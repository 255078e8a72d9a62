"""The demo's channel: accepts any reply at once and sends nothing anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.base.words import N_
from app.channels.channel import Can, Channel, Posting

if TYPE_CHECKING:
    from app.channels.base import Session

CHANNEL = Channel(
    kind="demo",
    title=N_("Demo"),
    can=Can(
        private=True,
        begin=True,
        post=Posting(
            N_("Visible to everyone in {venue}. This is the demo: nothing leaves this computer."),
            venue_word=N_("Channel"),
            titles=True,
        ),
    ),
    icon="flask-conical",
    live=False,
    handles=False,
)


def open(fields: Mapping[str, str], secrets: Mapping[str, str]) -> Session:  # noqa: A001  the name that every channel uses
    """Return a session; fields and secrets are ignored."""
    from app.channels.demo.session import DemoSession  # noqa: PLC0415  as in the others

    del fields, secrets
    return DemoSession()
