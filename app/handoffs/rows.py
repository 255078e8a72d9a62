"""The data types of hand-offs, and their state, which follows from the row and the date alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from app.base import clock
from app.base.text import fold
from app.base.words import N_

KIND_NAMES = {
    "problem": N_("Problem"),
    "question": N_("Question"),
    "feedback": N_("Feedback"),
    "legal": N_("Legal"),
    "press": N_("Press"),
    "product": N_("Product"),
}
KINDS = tuple(KIND_NAMES)
PRIORITY_NAMES = {"low": N_("Low"), "normal": N_("Normal"), "high": N_("High")}
PRIORITIES = tuple(PRIORITY_NAMES)
STATUSES = ("sent", "seen", "in_work", "solved", "declined")
"""The status set by the teammate; these are the values in the exported file that comes back."""
ANSWERED = ("solved", "declined")
NOT_HEARD: Mapping[str, object] = MappingProxyType({
    "told_at": None, "told_message_id": None, "telling_outbox_id": None, "closed_at": None, "closed_why": "",
})  # fmt: skip
"""The columns of one that is open and whose member has not heard the answer: of any that comes, or is to come."""
STATES = ("late", "came_back", "tell_member", "sent", "seen", "in_work", "closed")
"""The state for the person, most pressing first."""
NEEDS_ME = STATES[:3]
STATE_NAMES = {
    "sent": N_("Sent"),
    "seen": N_("Seen"),
    "in_work": N_("In progress"),
    "came_back": N_("Came back"),
    "tell_member": N_("Tell member"),
    "late": N_("Late"),
    "closed": N_("Closed"),
    "solved": N_("Solved"),
    "declined": N_("Declined"),
}
"""The display names of all states and statuses."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """A hand-off; `needed_by` and `answered_on` are local dates (YYYY-MM-DD) or "", other times Unix seconds.

    `title` is the conversation's, `member` and `teammate` are names, "" for none. `message_ids` are the messages that
    go along, () for the last three; `private_words` whether addresses and phone numbers do. `translation` is what was
    said, in a language that the teammate knows. The reply `introduced_outbox_id` names the teammate to the member, the
    reply `telling_outbox_id` tells the member the answer, which the message `answer_message_id` brought.
    """

    id: int
    rev: int
    conversation_id: int | None
    title: str
    member_id: int | None
    member: str
    message_id: int | None
    teammate_id: int | None
    teammate: str
    team: str
    kind: str
    priority: str
    ask: str
    context: str
    opened_at: int
    needed_by: str
    owner: str
    status: str
    answer: str
    answered_on: str
    ticket: str
    told_at: int | None
    closed_at: int | None
    closed_why: str
    exported_at: int | None
    updated_at: int
    gift_id: int | None = None
    message_ids: tuple[int, ...] = ()
    private_words: bool = False
    translation: str = ""
    introduced_outbox_id: int | None = None
    answer_message_id: int | None = None
    telling_outbox_id: int | None = None
    told_message_id: int | None = None


def given_context(handoff: Handoff) -> str:
    """What goes along with the request: the messages, and below them what they say in a language of the teammate's."""
    return "\n".join(filter(None, (handoff.context, handoff.translation)))


@dataclass(frozen=True, slots=True)
class Group:
    """A teammate's hand-offs, most pressing first; the id is None for those without a teammate."""

    teammate_id: int | None
    teammate: str
    team: str
    handoffs: tuple[Handoff, ...]


def state(handoff: Handoff, today: date) -> str:
    """Return the state on that local date, one of STATES.

    An answered one is "came_back" on the day of the answer and the next, then "tell_member" if the member was not told
    yet; without a member to tell it stays "came_back" until closed. "late": needed before today, not answered.
    """
    if handoff.closed_at is not None:
        return "closed"
    if handoff.status in ANSWERED:
        owed = handoff.member_id is not None and handoff.told_at is None
        fresh = _answered_on(handoff) >= (today - timedelta(days=1)).isoformat()
        return "tell_member" if owed and not fresh else "came_back"
    if handoff.needed_by and handoff.needed_by < today.isoformat():
        return "late"
    return handoff.status


def _answered_on(handoff: Handoff) -> str:
    return handoff.answered_on or clock.local(handoff.updated_at).date().isoformat()


def corrects(before: tuple[str, str], after: Mapping[str, object]) -> bool:
    """Whether these columns give other words to an answer: `before` are the status and the answer until now.

    A member whom a reply on its way tells the former answer has not heard this one.
    """
    status, answer = after.get("status", before[0]), str(after.get("answer", before[1])).strip()
    return {before[0], status} <= set(ANSWERED) and (status, answer) != (before[0], before[1].strip())


def may_close(handoff: Handoff) -> bool:
    """Whether it can be closed without a reason: it is answered, and the member, if there is one, was told."""
    return handoff.status in ANSWERED and (handoff.member_id is None or handoff.told_at is not None)


def pressing(handoff: Handoff, today: date) -> tuple[int, int]:
    """Return the sort key within a group: by state, then oldest first."""
    return STATES.index(state(handoff, today)), handoff.opened_at


def grouped(handoffs: Iterable[Handoff], today: date) -> list[Group]:
    """Group by teammate: those with the most pressing hand-offs first, then by name."""
    by_teammate: dict[int | None, list[Handoff]] = {}
    for handoff in sorted(handoffs, key=lambda handoff: pressing(handoff, today)):
        by_teammate.setdefault(handoff.teammate_id, []).append(handoff)
    groups = [Group(key, theirs[0].teammate, theirs[0].team, tuple(theirs)) for key, theirs in by_teammate.items()]
    return sorted(groups, key=lambda group: (pressing(group.handoffs[0], today)[0], fold(group.teammate)))
