"""The outbox: a reply is sent once; if it is uncertain whether it was, it is visibly undecided.

States: held (can be undone) -> queued -> sending -> sent | failed (certainly not accepted) | undecided (unknown);
`discarded` by the person. A row is committed as `sending` before the first byte leaves, so that a crash at any point
leaves a trace. A reply that may have been accepted is not resent automatically, unless the channel is sure that it was
not.
"""

from __future__ import annotations

from app.outbox.changing import Changeable
from app.outbox.courier import SETTLE
from app.outbox.desk import GRACE, Outbox
from app.outbox.destination import Destination
from app.outbox.entry import (
    CORRECT,
    DISCARDED,
    FAILED,
    HELD,
    OPEN,
    QUEUED,
    REACT,
    SENDING,
    SENT,
    STATES_IN_WORDS,
    TROUBLE,
    UNDECIDED,
    UNREACT,
    WITHDRAW,
    Entry,
    make_key,
    patience,
)
from app.outbox.files import OutgoingFile, OutgoingFiles, of_letter, of_outbox, of_reply, of_template
from app.outbox.letter_drafts import LetterDraft
from app.outbox.letters import Letters, aimed
from app.outbox.meeting import before_undo, hold_again, meet
from app.outbox.offers import offer
from app.outbox.posts import is_post, typed, why_not_a_post
from app.outbox.reach import Reach, why_likeliest
from app.outbox.standing import move_conversation
from app.outbox.venues import Venue, matching

__all__ = [
    "CORRECT", "DISCARDED", "FAILED", "GRACE", "HELD", "OPEN", "QUEUED", "REACT", "SENDING", "SENT", "SETTLE",
    "STATES_IN_WORDS", "TROUBLE", "UNDECIDED", "UNREACT", "WITHDRAW", "Changeable", "Destination", "Entry",
    "LetterDraft", "Letters", "Outbox", "OutgoingFile", "OutgoingFiles", "Reach", "Venue", "aimed", "before_undo",
    "hold_again", "is_post", "make_key", "matching", "meet", "move_conversation", "of_letter", "of_outbox", "of_reply",
    "of_template", "offer", "patience", "typed", "why_likeliest", "why_not_a_post",
]  # fmt: skip
