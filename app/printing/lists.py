"""A list for paper: a table of the rows that a page shows, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app import gifts, handoffs
from app.base import clock, dates, money
from app.base.errors import NotFoundError
from app.base.words import N_, tr
from app.channels.registry import channel
from app.gifts import Gifts
from app.handoffs import Handoffs
from app.inbox import Inbox
from app.members import Members
from app.outbox import STATES_IN_WORDS, Outbox
from app.outbox.unfinished import Unsent
from app.printing.talk import STATES
from app.store.store import Store
from app.templates import Templates
from app.voice import LEVEL_NAMES, Voice

Cells = tuple[str, ...]
_NO_LIMIT = 1 << 62


def _day(at: int | None) -> str:
    return dates.short(clock.local(at).date()) if at else ""


def _conversations(store: Store, numbers: Sequence[int]) -> Iterator[Cells]:
    for row in Inbox(store).rows(numbers):
        yield row.member, row.title or row.preview, row.account, tr(STATES.get(row.state, "")), _day(row.last_at)


def _members(store: Store, numbers: Sequence[int]) -> Iterator[Cells]:
    for row in Members(store).rows(numbers):
        kinds = ", ".join(tr(channel(kind).title) for kind in row.kinds)
        yield row.name, row.city, kinds, str(row.conversations), _day(row.last_at)


def _gifts(store: Store, numbers: Sequence[int]) -> Iterator[Cells]:
    known = {gift.id: gift for gift in Gifts(store).listed("all", _NO_LIMIT)}
    for gift in (known[number] for number in numbers if number in known):
        cost = money.display(gift.cost, gift.currency)
        yield gift.member, gift.item, gift.why, tr(gifts.STATE_NAMES[gift.state]), cost


def _handoffs(store: Store, numbers: Sequence[int]) -> Iterator[Cells]:
    known, today = {one.id: one for one in Handoffs(store).listed("all")}, clock.local(clock.now()).date()
    for one in (known[number] for number in numbers if number in known):
        status = tr(handoffs.STATE_NAMES[handoffs.state(one, today)])
        yield one.teammate or tr("Nobody yet"), one.member, one.ask, status, dates.written(one.needed_by)


def _templates(store: Store, numbers: Sequence[int]) -> Iterator[Cells]:
    desk = Templates(store)
    known = {one.id: one for one in (*desk.all(), *desk.all(archived=True))}
    for one in (known[number] for number in numbers if number in known):
        yield one.name, one.key, one.use, ", ".join(one.languages), str(one.uses)


def _rules(store: Store, numbers: Sequence[int]) -> Iterator[Cells]:
    known = {rule.id: rule for rule in Voice(store).rules()}
    for rule in (known[number] for number in numbers if number in known):
        yield rule.named, tr(LEVEL_NAMES[rule.level]), rule.language, rule.why, rule.instead


def _outbox(store: Store, numbers: Sequence[int]) -> Iterator[Cells]:
    desk = Outbox(store)
    for number in numbers:
        try:
            entry = desk.get(number)
        except NotFoundError:
            continue
        when = dates.moment(entry.held_until) if entry.later else ""
        yield entry.to_whom, entry.account, tr(STATES_IN_WORDS[entry.state]), when, entry.text


def _drafts(store: Store, numbers: Sequence[int]) -> Iterator[Cells]:
    for draft in Unsent(store).numbered(numbers):
        yield draft.to or tr("Nobody yet"), draft.account, draft.title, _day(draft.at), draft.text


_Read = Callable[[Store, Sequence[int]], Iterator[Cells]]
TABLES: dict[str, tuple[Cells, _Read]] = {
    "conversations": (
        (N_("Member"), N_("Conversation"), N_("Channel"), N_("Status"), N_("Last message")), _conversations,
    ),
    "members": ((N_("Member"), N_("City"), N_("Channels"), N_("Conversations"), N_("Last contact")), _members),
    "gifts": ((N_("Member"), N_("Gift"), N_("Reason"), N_("Stage"), N_("Cost")), _gifts),
    "handoffs": ((N_("Teammate"), N_("Member"), N_("Request"), N_("Status"), N_("Needed by")), _handoffs),
    "templates": ((N_("Template"), N_("Shortcut"), N_("Usage"), N_("Languages"), N_("Uses")), _templates),
    "rules": ((N_("Words"), N_("Action"), N_("Language"), N_("Reason"), N_("Say instead")), _rules),
    "outbox": ((N_("To"), N_("Channel"), N_("Status"), N_("When"), N_("Text")), _outbox),
    "drafts": ((N_("To"), N_("Channel"), N_("Subject"), N_("Last written"), N_("Text")), _drafts),
}  # fmt: skip
"""By kind: the header, and what reads the rows with these ids, in their order."""
