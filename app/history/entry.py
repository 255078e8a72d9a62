"""One entry of a member's history."""

from __future__ import annotations

from typing import NamedTuple

from app.base.words import N_

KIND_NAMES = {
    "message": N_("Their messages"), "reply": N_("Ours"), "met": N_("In person"), "gift": N_("Gifts"),
    "handoff": N_("Hand-offs"), "promise": N_("Promises"), "moderation": N_("Moderation"), "note": N_("Notes"),
    "help": N_("Help among members"), "introduction": N_("Introductions"), "quarrel": N_("Quarrels"),
    "work": N_("Works"), "merge": N_("Merges"),
}  # fmt: skip
"""What a history is made of, as it is filtered."""
KINDS = tuple(KIND_NAMES)
IDS_A_MINUTE = 32
"""Message ids carry their time: so many belong to a minute (app/intake/numbers.py)."""


class Entry(NamedTuple):
    """One entry. `kind` is one of KINDS, `id` a row of the table that it comes from, `at` Unix seconds.

    `stage` is what happened then: of a promise made, kept or dropped; a row may be in it several times, once for each.
    `title` and `words` are what it is about and how it begins, `who` is another member or a teammate. `channel` is the
    kind of the account, `account` its name; both "" for what happened on none. `conversation_id` and `message_id` are
    where it can be read.
    """

    kind: str
    stage: str
    id: int
    at: int
    title: str
    words: str = ""
    who: str = ""
    channel: str = ""
    account: str = ""
    conversation_id: int | None = None
    message_id: int | None = None
    detail: str = ""

    @property
    def position(self) -> int:
        """Where it stands in time, in the measure of message ids; a message's own id."""
        if self.message_id is not None and self.kind in ("message", "reply", "met"):
            return self.message_id
        return self.at // 60 * IDS_A_MINUTE + IDS_A_MINUTE - 1

    @property
    def key(self) -> tuple[int, str, str, int]:
        """By which entries are sorted, and pages go on."""
        return self.position, self.kind, self.stage, self.id
