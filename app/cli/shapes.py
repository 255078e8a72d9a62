"""The JSON shapes of nouns; a noun has the same shape in every command's answer."""

from __future__ import annotations

from collections.abc import Iterable

from app.base import clock, ids, money
from app.base.message import Addressee
from app.channels.windows import closes_at
from app.cli.output import iso
from app.inbox import UNTIL_REPLY, AttachedFile, ConversationRow, Line, Opened
from app.mail.quotes import own_words_in
from app.members import Card, Member, MemberRow
from app.members.figures import line
from app.members.own import Note
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


def receiver(role: str, name: str, address: str, member_json: int | None, *, public: bool) -> Shape:
    """A recipient of a reply."""
    return {"role": role, "name": name, "address": address, "member": named("P", member_json), "public": public}


def venue_json(box: Addressee | None) -> Shape | None:
    """Where a post of ours is published; its key is null while none that there is has been chosen. None for None."""
    return None if box is None else {"key": box.address or None, "name": box.name}


def boxes_json(boxes: Iterable[Addressee]) -> list[Shape]:
    """Those whom a letter names, with the addresses as they are written there."""
    return [{"name": box.name, "address": box.address} for box in boxes]


def worth(amount: int | None, currency: str) -> Shape | None:
    """An amount (minor units) as exact decimal text with its currency; None for None."""
    return None if amount is None else {"amount": money.plain(amount, currency), "currency": currency}


def until(at: int | None) -> str | None:
    """When a snooze ends: an ISO 8601 time or "reply"; None for None."""
    return "reply" if at == UNTIL_REPLY else iso(at)


def conversation_json(row: ConversationRow) -> Shape:
    """A conversation in a list."""
    return {
        "id": ids.display("C", row.id), "title": row.title, "state": spoken(row.state), "channel": row.account,
        "kind": row.kind, "public": row.public, "member": person(row.member_id, row.member), "language": row.language,
        "messages": row.messages, "preview": row.preview, "last_from": "us" if row.last_out else "them",
        "last_at": iso(row.last_at), "waiting_since": iso(row.waiting_since), "snoozed_until": until(row.snoozed_until),
        "unread": row.unread, "unhappy": row.unhappy, "hard": row.hard, "handoffs": row.handoffs, "gifts": row.gifts,
        "labels": [name for name, _colour in row.labels], "draft": row.draft or None, "note": row.note or None,
        "flagged": row.flagged, "reported": row.reported, "solved": row.solved, "closed_there": row.locked,
        "waiting_for": row.waits_for or None, "closed_by_itself": row.closed_itself, "asked": row.asked,
        "promises": row.promises, "promised_on": row.promised_on or None,
        "reply_scheduled_for": iso(row.due), "reply_to_post_or_send": row.queued,
        "closes_at": iso(closes_at(row, clock.now())), "passed_on_by": row.passed_on or None,
    }  # fmt: skip


_LINE_IDS = {"handoff": "H", "gift": "G", "outbox": "O", "promise": "", "work": "W"}


def file_json(number: int, file: AttachedFile) -> Shape:
    """A file of a message, by its place among them: the number by which it is saved."""
    return {"number": number, "name": file.name, "bytes": file.size, "type": file.type, "here": file.is_here}


def _bar_json(line: Line) -> Shape | None:
    """Whether the author is muted or banned there, and until when; None if neither."""
    return {"how": line.bar.verb, "until": iso(line.bar.until)} if line.bar is not None else None


def line_json(line: Line) -> Shape:
    """A message of a conversation, or a hand-off, gift, promise or reply shown between them."""
    letter = _LINE_IDS.get(line.kind, "M")
    shape: Shape = {
        "kind": line.kind,
        "id": ids.display(letter, line.id) if letter else line.id,
        "at": iso(line.at),
        "text": line.text,
    }
    if line.kind in _LINE_IDS:
        return shape | {"state": spoken(line.state), "with": line.author or None, "more": line.extra or None}
    return shape | {
        "direction": "out" if line.out else "in", "author": line.author, "member": named("P", line.member_id),
        "to": boxes_json(line.letter.to), "cc": boxes_json(line.letter.cc), "bcc": boxes_json(line.letter.bcc),
        "alias": line.letter.alias or None, "list": line.letter.mailing_list or None, "answers": line.to or None,
        "subject": line.subject or None, "edited": line.edited, "gone": line.gone,
        "quiet": line.quiet or None,
        "reactions": [
            {
                "reaction": one.what, "there": one.is_there, "outbox": ids.display("O", one.id),
                "state": spoken(one.state),
            }
            for one in line.reactions
        ],
        "own_words": own_words_in(line.text, line.pieces),
        "pieces": [
            {"kind": piece.kind, "first_line": piece.start + 1, "last_line": piece.end} for piece in line.pieces
        ],
        "something_left_out": line.left_out,
        "withdrawn": line.withdrawn, "there": line.upstream or None, "solution": line.solution,
        "author_barred": _bar_json(line),
        "earlier_words": [{"text": text, "until": iso(until)} for text, until in line.versions],
        "date_guessed": line.undated, "charset_guessed": line.charset or None,
        "elsewhere": [{"what": words, "at": iso(at or None)} for words, at in line.mailbox],
        "not_delivered": line.failed.replace("\n", ": ").strip(": ") or None,
        "protection": line.protection or None, "pictures_not_fetched": line.remote,
        "attached": [file_json(number, file) for number, file in enumerate(line.files, 1)],
    }  # fmt: skip


def _post_json(opened: Opened) -> Shape:
    """The post that a conversation stands under, as it came with its comments; `fetched` has it whole, if asked for."""
    words = opened.post_text or None
    return {"title": opened.post_title, "url": opened.post_url, "words": words, "fetched": None}


def opened_json(opened: Opened) -> Shape:
    """A conversation with its lines, oldest first."""
    return conversation_json(opened.row) | {
        "post": _post_json(opened) if opened.post_title or opened.post_url else None,
        "url": opened.url or None,
        "labels": list(opened.labels),
        "also_in": list(opened.also_in),
        "passed_on_note": opened.passed.note or None if opened.passed is not None else None,
        "draft": opened.draft or None,
        "earlier": opened.earlier,
        "speakers": [
            receiver(who.role, who.name, who.address, who.member_id, public=who.public)
            | {"message": named("M", who.message_id), "waits": who.waits}
            for who in opened.speakers
        ],
        "joined": [ids.display("C", number) for number in opened.joined],
        "links": [
            {
                "id": ids.display("C", link.conversation_id),
                "title": link.title,
                "channel": link.account,
                "why": link.why,
            }
            for link in opened.links
        ],
        "names": [
            {
                "message": named("M", asked.message_id),
                "name": asked.name,
                "known_as": asked.known_as,
                "address": asked.address,
            }
            for asked in opened.names
        ],
        "lines": [line_json(line) for line in opened.lines],
    }


def hit_json(hit: Hit) -> Shape:
    """A search result."""
    return {
        "id": ids.display("M", hit.message_id),
        "conversation": ids.display("C", hit.conversation_id),
        "title": hit.title,
        "at": iso(hit.at),
        "direction": "out" if hit.out else "in",
        "text": hit.text,
        "channel": hit.account,
        "kind": hit.kind,
        "state": spoken(hit.state),
        "member": person(hit.member_id, hit.member),
    }


def member_row_json(row: MemberRow) -> Shape:
    """A member in a list."""
    return {
        "id": ids.display("P", row.id),
        "name": row.name,
        "channels": list(row.kinds),
        "conversations": row.conversations,
        "last_at": iso(row.last_at),
        "language": row.language,
        "kind": row.kind,
        "fits": row.fits,
        "city": row.city,
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
    "consent_on",
    "consent_how",
    "form_of_address",
    "pronouns",
    "time_zone",
    "birthday",
    "name_day",
    "interests",
    "met_how",
    "met_on",
    "met_through",
    "do_not_contact",
    "do_not_gift",
    "do_not_why",
    "minor",
    "public_servant",
    "sort_name",
    "rhythm_days",
    "pinned",
    "name_forms",
)


def member_json(member: Member) -> Shape:
    """A member with all details and identities."""
    known = {key: getattr(member, key) for key in _KNOWN}
    names = [
        {
            "channel": name.kind,
            "handle": name.handle,
            "name": name.name,
            "url": name.url or None,
            "first_at": iso(name.first_at),
        }
        for name in member.identities
    ]
    through = member.met_through_id
    return {
        "id": ids.display("P", member.id),
        "name": member.name,
        **known,
        "languages": [code for code in member.languages.split(",") if code],
        "met_through_id": ids.display("P", through) if through is not None else None,
        "by_hand": [column for column in member.by_hand.split(",") if column],
        "address": {key: getattr(member, key) for key in ADDRESS},
        "first_at": iso(member.first_at),
        "last_at": iso(member.last_at),
        "names": names,
    }


def note_json(note: Note) -> Shape:
    """A dated note on a member."""
    return {"number": note.id, "at": iso(note.at), "text": note.text}


def card_json(card: Card) -> Shape:
    """A member with figures, promises, gifts and history across all channels."""
    return member_json(card.member) | {
        "conversations": card.conversations, "answered": card.answered, "typical_reply_seconds": card.typical_reply,
        "heard": card.heard,
        "labels": list(card.labels), "fields": dict(card.fields),
        "notes": [note_json(note) for note in card.notes],
        "name_day_this_year": card.name_day.day.isoformat() if card.name_day else None,
        "barred": [{"channel": bar.account, "how": bar.verb, "until": iso(bar.until)} for bar in card.bars],
        "unhappy": card.unhappy, "gifts_this_year": [worth(amount, currency) for currency, amount in card.gift_year],
        "figures": card.figures._asdict() | {
            "first_at": iso(card.figures.first_at), "last_at": iso(card.figures.last_at),
            "gifts": [{"item": item, "quantity": many, "year": year} for item, many, year in card.figures.gifts],
            "line": line(card.figures, clock.now()),
        },
        "promises_in_time": {"in_time": card.in_time.in_time, "of": card.in_time.over},
        "promises": [
            {
                "id": promise.id, "what": promise.what, "at": iso(promise.at), "due_on": promise.due_on or None,
                "kept_at": iso(promise.kept_at),
                "dropped_why": promise.dropped_why or None, "conversation": named("C", promise.conversation_id),
            }
            for promise in card.promises
        ],
        "gifts": [
            {
                "id": ids.display("G", gift.id), "item": gift.item, "why": gift.why, "state": spoken(gift.state),
                "worth": worth(gift.worth, gift.currency), "at": iso(gift.at),
            }
            for gift in card.gifts
        ],
        "history": [
            {
                "id": ids.display("C", past.conversation_id), "title": past.title, "channel": past.account,
                "kind": past.kind,
                "state": spoken(past.state), "last_at": iso(past.last_at), "preview": past.preview,
            }
            for past in card.history
        ],
    }  # fmt: skip
