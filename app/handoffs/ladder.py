"""What to do when no answer comes: remind, then ask the second name, then tell the member that we are still on it.

Pure. Each step is only offered, and nothing is sent by itself. Days are working days of those who help: Monday to
Friday but holidays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from app.base import clock
from app.base.words import N_
from app.calendar.working import working_days
from app.handoffs.rows import ANSWERED, Handoff

REMIND, PASS_ON, TELL = "reminded", "passed_on", "member_told"
STEPS = (REMIND, PASS_ON, TELL)
STEP_NAMES = {REMIND: N_("Reminded"), PASS_ON: N_("Passed on"), TELL: N_("Member told that we are on it")}
OFFERS = {REMIND: N_("Remind"), PASS_ON: N_("Pass on"), TELL: N_("Tell the member")}
"""What each step is called while it is only offered."""
LATE_DAYS = 1
"""Working days after the day by which it was needed, until a reminder is offered."""
STEP_DAYS = 2
"""Working days that each step is given, before the next is offered."""
AGAIN_DAYS = 5
"""Working days after the member was told that we are on it, until a reminder is offered once more."""


class Taken(NamedTuple):
    """A step that was taken: its id, when (Unix seconds), and from which teammate to which, as far as that applies.

    `outbox_id` is the message by which it was done, `letter_draft_id` the letter that is being written for it.
    """

    id: int
    handoff_id: int
    step: str
    at: int
    from_teammate_id: int | None = None
    teammate_id: int | None = None
    outbox_id: int | None = None
    letter_draft_id: int | None = None


class Offer(NamedTuple):
    """The step that is offered now, and for how many working days its answer has been missing."""

    step: str
    days: int


def next_step(
    handoff: Handoff,
    taken: Sequence[Taken],
    today: date,
    free: Collection[date] = (),
    *,
    second: bool = True,
    away: bool = False,
) -> Offer | None:
    """Return the step that is due today; None while there is time, or once it is answered or closed.

    `taken` are the steps so far in order, `free` holidays. `second`: there is another name to pass it on to; without,
    that step is left out. So is telling the member where there is none. `away`: who has it is away today, and is not
    reminded while somebody else could help.
    """
    if handoff.closed_at is not None or handoff.status in ANSWERED or not handoff.needed_by:
        return None
    late = working_days(date.fromisoformat(handoff.needed_by), today, free)
    if late < LATE_DAYS:
        return None
    last = taken[-1] if taken else None
    if last is None:
        return Offer(PASS_ON if away and second else REMIND, late)
    since = working_days(clock.local(last.at).date(), today, free)
    if since < (AGAIN_DAYS if last.step == TELL else STEP_DAYS):
        return None
    step = _after(last.step, handoff, second=second)
    return Offer(PASS_ON if step == REMIND and away and second else step, late)


def _after(step: str, handoff: Handoff, *, second: bool) -> str:
    if step == REMIND and second:
        return PASS_ON
    if step in (REMIND, PASS_ON) and handoff.member_id is not None and handoff.conversation_id is not None:
        return TELL
    return REMIND
