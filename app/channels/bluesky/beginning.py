"""What a post of our own begins on Bluesky: a thread, which is known by its first post."""

from __future__ import annotations

from dataclasses import replace

from app.base.message import Reply
from app.channels.base import Sent


def begun(reply: Reply, sent: Sent) -> Sent:
    """What was sent, with the thread that it begins where it answers nothing."""
    return sent if reply.parent else replace(sent, thread=sent.remote_id)
