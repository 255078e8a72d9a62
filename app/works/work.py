"""One work of a member, and where its permission stands on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from app.base import clock
from app.base.words import N_

KIND_NAMES = {
    "photo": N_("Photo"), "recipe": N_("Recipe"), "drawing": N_("Drawing"), "text": N_("Text"), "other": N_("Other"),
}  # fmt: skip
KINDS = tuple(KIND_NAMES)
OF_WORDS = ("recipe", "text")
"""Kinds of which the words of the message are the work."""
STATE_NAMES = {
    "noted": N_("not asked yet"), "asked": N_("asked"), "granted": N_("permission given"), "refused": N_("refused"),
    "withdrawn": N_("withdrawn"), "expired": N_("permission has ended"),
}  # fmt: skip
STATES = tuple(STATE_NAMES)
SOON_DAYS = 30
"""A permission that ends within so many days is said in Today."""


class Work(NamedTuple):
    """What a member made. Times are Unix seconds, `until_on` is a local date (YYYY-MM-DD), "" for no end.

    `state` is as it was said (noted, asked, granted, refused, withdrawn); `standing` knows the day. `message_id` and
    `attachment_id` are where it is, `excerpt` its words, `url` its page, `sha256` (in hex) its file; each may be
    missing. `asked_outbox_id` is our reply that asked, `said_message_id` the member's that answered. `conversation_id`
    is the message's.
    """

    id: int
    member_id: int
    member: str
    kind: str
    title: str
    state: str
    message_id: int | None = None
    conversation_id: int | None = None
    attachment_id: int | None = None
    excerpt: str = ""
    url: str = ""
    sha256: str = ""
    created_at: int = 0
    asked_at: int | None = None
    asked_outbox_id: int | None = None
    said_at: int | None = None
    said_message_id: int | None = None
    for_what: str = ""
    credit: str = ""
    until_on: str = ""
    note: str = ""

    @property
    def days_left(self) -> int | None:
        """Days until its permission ends, 0 on the last one, negative after; None if it has no end, or isn't given."""
        if self.state != "granted" or not self.until_on:
            return None
        return (date.fromisoformat(self.until_on) - today()).days


SELECT = """
SELECT w.id, w.member_id, coalesce(nullif(p.name, ''), '') AS member, w.kind, w.title, w.state, w.message_id,
  m.conversation_id, w.attachment_id, w.excerpt, w.url, w.sha256, w.created_at, w.asked_at, w.asked_outbox_id,
  w.said_at, w.said_message_id, w.for_what, w.credit, w.until_on, w.note
FROM work w JOIN member p ON p.id = w.member_id LEFT JOIN message m ON m.id = w.message_id
"""


def today() -> date:
    """The local day."""
    return clock.local(clock.now()).date()


def soon() -> str:
    """The last local day (YYYY-MM-DD) that counts as soon."""
    return (today() + timedelta(days=SOON_DAYS)).isoformat()


def standing(work: Work) -> str:
    """Where the permission stands today: one of STATES. The last day of a permission still counts."""
    left = work.days_left
    return "expired" if left is not None and left < 0 else work.state
