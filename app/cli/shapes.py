"""The JSON shapes of nouns; a noun has the same shape in every command's answer."""

from __future__ import annotations

from app.base import ids, money
from app.cli.answers import iso
from app.inbox import UNTIL_REPLY, ConversationRow, Line, Opened
from app.members import Card, Member, MemberRow
from app.search import Hit

Shape = dict[str, object]


def spoken(state: str) -> str:
    """A state's key as it is typed in options: `needs-me`."""
    return state.replace("_", "-")


def named(kind: str, number: int | None) -> str | None:
    """The id as displayed (`C-12`); None for None."""
    return None if number is None else ids.display(kind, number)


def person(number: int | None, name: str) -> Shape | None:
    """A member inside another noun; None for None."""
    return None if number is None else {"id": ids.display("P", number), "name": name}


def receiver(role: str, name: str, address: str, member: int | None, *, public: bool) -> Shape:
    """A recipient of a reply."""
    return {"role": role, "name": name, "address": address, "member": named("P", member), "public": public}


def worth(amount: int | None, currency: str) -> Shape | None:
    """An amount (minor units) as exact decimal text with its currency; None for None."""
    return None if amount is None else {"amount": money.plain(amount, currency), "currency": currency}


def until(at: int | None) -> str | None:
    """When a snooze ends: an ISO 8601 time or "reply"; None for None."""
    return "reply" if at == UNTIL_REPLY else iso(at)


def conversation(row: ConversationRow) -> Shape:
    """A conversation in a list."""
    return {
        "id": ids.display("C", row.id), "title": row.title, "state": spoken(row.state), "channel": row.account,
        "kind": row.kind, "public": row.public, "member": person(row.member_id, row.member), "language": row.language,
        "messages": row.messages, "preview": row.preview, "last_from": "us" if row.last_out else "them",
        "last_at": iso(row.last_at), "waiting_since": iso(row.waiting_since), "snoozed_until": until(row.snoozed_until),
        "unread": row.unread, "unhappy": row.unhappy, "hard": row.hard, "handoffs": row.handoffs, "gifts": row.gifts,
    }  # fmt: skip


_LINE_IDS = {"handoff": "H", "gift": "G", "outbox": "O", "promise": ""}


def line(one: Line) -> Shape:
    """A message of a conversation, or a hand-off, gift, promise or reply shown between them."""
    letter = _LINE_IDS.get(one.kind, "M")
    told: Shape = {
        "kind": one.kind,
        "id": ids.display(letter, one.id) if letter else one.id,
        "at": iso(one.at),
        "text": one.text,
    }
    if one.kind in _LINE_IDS:
        return told | {"state": spoken(one.state), "with": one.author or None, "more": one.extra or None}
    return told | {
        "direction": "out" if one.out else "in", "author": one.author, "member": named("P", one.member_id),
        "to": one.to or None, "edited": one.edited, "gone": one.gone, "quiet": one.quiet or None,
        "not_delivered": one.failed.replace("\n", ": ").strip(": ") or None,
        "attached": [{"name": name, "bytes": size} for _, name, size in one.files],
    }  # fmt: skip


def opened(one: Opened) -> Shape:
    """A conversation with its lines, oldest first."""
    return conversation(one.row) | {
        "post": {"title": one.post_title, "url": one.post_url} if one.post_title or one.post_url else None,
        "url": one.url or None,
        "labels": list(one.labels),
        "draft": one.draft or None,
        "earlier": one.earlier,
        "speakers": [
            receiver(who.role, who.name, who.address, who.member_id, public=who.public)
            | {"message": named("M", who.message_id), "waits": who.waits}
            for who in one.speakers
        ],
        "lines": [line(said) for said in one.lines],
    }


def hit(one: Hit) -> Shape:
    """A search result."""
    return {
        "id": ids.display("M", one.message_id),
        "conversation": ids.display("C", one.conversation_id),
        "title": one.title,
        "at": iso(one.at),
        "direction": "out" if one.out else "in",
        "text": one.text,
        "channel": one.account,
        "kind": one.kind,
        "state": spoken(one.state),
        "member": person(one.member_id, one.member),
    }


def member_row(one: MemberRow) -> Shape:
    """A member in a list."""
    return {
        "id": ids.display("P", one.id),
        "name": one.name,
        "channels": list(one.kinds),
        "conversations": one.conversations,
        "last_at": iso(one.last_at),
        "language": one.language,
        "kind": one.kind,
        "fits": one.fits,
        "city": one.city,
    }


ADDRESS = ("recipient", "address_1", "address_2", "address_3", "postal_code", "city", "country")
_KNOWN = (
    "language",
    "kind",
    "greeting",
    "fits",
    "fits_why",
    "note",
    "email",
    "phone",
    "company",
    "job_title",
    "website",
    "consent",
)


def member(one: Member) -> Shape:
    """A member with all details and identities."""
    known = {key: getattr(one, key) for key in _KNOWN}
    names = [
        {
            "channel": name.kind,
            "handle": name.handle,
            "name": name.name,
            "url": name.url or None,
            "first_at": iso(name.first_at),
        }
        for name in one.identities
    ]
    return {
        "id": ids.display("P", one.id),
        "name": one.name,
        **known,
        "address": {key: getattr(one, key) for key in ADDRESS},
        "first_at": iso(one.first_at),
        "last_at": iso(one.last_at),
        "names": names,
    }


def card(one: Card) -> Shape:
    """A member with figures, promises, gifts and history across all channels."""
    return member(one.member) | {
        "conversations": one.conversations, "answered": one.answered, "typical_reply_seconds": one.typical_reply,
        "heard": one.heard,
        "unhappy": one.unhappy, "gifts_this_year": [worth(amount, currency) for currency, amount in one.gift_year],
        "promises": [
            {
                "what": promise.what, "at": iso(promise.at), "due_on": promise.due_on or None,
                "kept_at": iso(promise.kept_at),
                "dropped_why": promise.dropped_why or None, "conversation": named("C", promise.conversation_id),
            }
            for promise in one.promises
        ],
        "gifts": [
            {
                "id": ids.display("G", gift.id), "item": gift.item, "why": gift.why, "state": spoken(gift.state),
                "worth": worth(gift.worth, gift.currency), "at": iso(gift.at),
            }
            for gift in one.gifts
        ],
        "history": [
            {
                "id": ids.display("C", past.conversation_id), "title": past.title, "channel": past.account,
                "kind": past.kind,
                "state": spoken(past.state), "last_at": iso(past.last_at), "preview": past.preview,
            }
            for past in one.history
        ],
    }  # fmt: skip
