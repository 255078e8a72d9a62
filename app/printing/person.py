"""A member for paper: how they are reached, and their conversations; our note, gifts and promises if asked for."""

from __future__ import annotations

from app import gifts
from app.base import clock, dates, ids, money
from app.base.words import counted, tr
from app.channels.registry import channel
from app.members import KIND_NAMES, Card
from app.printing import page
from app.printing.page import Sheet
from app.printing.talk import STATES
from app.promises import Promise


def sheet(card: Card, *, notes: bool) -> Sheet:
    """The member's page; with `notes` also what only we know: the note, gifts and promises."""
    member = card.member
    title = member.name or ids.display(ids.MEMBER, member.id)
    figures = tr("{conversations}, we replied in {answered} of them").format(
        conversations=counted(card.conversations, "{count} conversation", "{count} conversations"),
        answered=card.answered,
    )
    parts = [page.block(title, tag="h1"), page.block(" · ".join((ids.display(ids.MEMBER, member.id), figures)), "meta")]
    parts += [_reached(card), _ours(card) if notes else "", _talks(card)]
    return Sheet(title, "".join(parts))


def _reached(card: Card) -> str:
    member = card.member
    address = ", ".join(
        filter(None, (
            member.recipient, member.address_1, member.address_2, member.address_3, member.postal_code, member.city,
            member.country,
        ))
    )  # fmt: skip
    known = [
        tr("{name} on {channel}").format(name=one.handle or one.name, channel=tr(channel(one.kind).title))
        for one in member.identities
    ]
    return page.pairs((
        (tr("Kind"), tr(KIND_NAMES.get(member.kind, member.kind))),
        (tr("E-mail"), member.email), (tr("Phone"), member.phone),
        (tr("Company"), ", ".join(filter(None, (member.company, member.job_title)))),
        (tr("Website"), member.website), (tr("Address"), address), (tr("Writes as"), "; ".join(known)),
        (tr("First message"), _day(member.first_at)), (tr("Last contact"), _day(member.last_at)),
    ))  # fmt: skip


def _ours(card: Card) -> str:
    made = page.block(tr("Note"), tag="h2") + page.block(card.member.note) if card.member.note.strip() else ""
    if card.promises:
        made += page.block(tr("Promises"), tag="h2")
        made += page.table((tr("Promise"), tr("Due"), tr("Status")), map(_promise, card.promises))
    if card.gifts:
        made += page.block(tr("Gifts"), tag="h2")
        rows = (
            (gift.item, gift.why, tr(gifts.STATE_NAMES[gift.state]), money.display(gift.worth, gift.currency))
            for gift in card.gifts
        )
        made += page.table((tr("Gift"), tr("Reason"), tr("Stage"), tr("Value")), rows)
    return made


def _promise(promise: Promise) -> tuple[str, str, str]:
    status = tr("dropped") if promise.dropped_why else tr("open") if promise.kept_at is None else tr("kept")
    return promise.what, dates.written(promise.due_on), status


def _talks(card: Card) -> str:
    if not card.history:
        return ""
    rows = (
        (past.title or past.preview, past.account, tr(STATES.get(past.state, past.state)), _day(past.last_at))
        for past in card.history
    )
    header = (tr("Conversation"), tr("Channel"), tr("Status"), tr("Last message"))
    return page.block(tr("Conversations"), tag="h2") + page.table(header, rows)


def _day(at: int | None) -> str:
    return dates.short(clock.local(at).date()) if at else ""
