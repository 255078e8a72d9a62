"""The outbox: what is to be sent goes out once, or is visibly undecided.

held (can be taken back) -> queued -> sending -> sent | failed (surely not taken) | undecided (nobody knows yet);
discarded by the person. A row is `sending` on the disk before the first byte leaves, so that a kill at any instant
leaves a trace; nothing that may have been taken is sent again by itself, unless the channel is sure that it was not.
"""

from __future__ import annotations

from app.outbox.courier import SETTLE
from app.outbox.desk import GRACE, Outbox
from app.outbox.entry import (
    DISCARDED,
    FAILED,
    HELD,
    OPEN,
    QUEUED,
    SENDING,
    SENT,
    STATES_IN_WORDS,
    UNDECIDED,
    Entry,
    make_key,
    patience,
)
from app.outbox.meeting import before_undo, hold_again, meet

__all__ = [
    "DISCARDED", "FAILED", "GRACE", "HELD", "OPEN", "QUEUED", "SENDING", "SENT", "SETTLE", "STATES_IN_WORDS",
    "UNDECIDED", "Entry", "Outbox", "before_undo", "hold_again", "make_key", "meet", "patience",
]  # fmt: skip
