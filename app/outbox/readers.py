"""Who is going to read a draft, and which files go along: what the check before sending asks besides its words."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from app.accounts import channel
from app.accounts.senders import signature
from app.base.addresses import address_key
from app.base.errors import UserError
from app.base.message import Addressee
from app.inbox.addressing import Addressing
from app.outbox import posts, reach
from app.outbox.composing import way
from app.outbox.entry import Entry
from app.outbox.letter_drafts import LetterDraft
from app.outbox.whose import Whose, of_letter, of_outbox, of_reply
from app.store.sqlite import Connection
from app.voice import ANYONE, RECEIVER, TEAM, Draft


def reply(
    conn: Connection, draft: Draft, conversation_id: int, answers: int | None = None, chosen: Addressing | None = None
) -> Draft:
    """The draft of a reply, with whom it is to, who reads it, and what is attached to the conversation's draft.

    One that cannot be sent as it is counts as read by anybody.
    """
    files = (*draft.files, *_digests(conn, of_reply(conversation_id)))
    known = replace(draft, files=files, conversation_id=conversation_id)
    try:
        goes = way(conn, conversation_id, answers, chosen)
    except UserError:
        return known
    public = conn.execute("SELECT public FROM conversation WHERE id = ?", (conversation_id,)).fetchone()["public"]
    known = replace(known, channel=goes.kind)
    if goes.boxes and channel(goes.kind).by_address:
        ending = signature(conn, goes.account_id, goes.sender, draft.language)
        known = replace(known, letter=True, ending=ending)
    to = None if goes.to is None else goes.to.member_id
    if public or goes.to_list:
        return replace(known, to=to, public=True)
    if not goes.boxes:
        return replace(known, to=to, read_by=RECEIVER if to is not None else ANYONE)
    return _by_boxes(conn, known, goes.kind, goes.boxes, to)


def letter(conn: Connection, draft: Draft, written: LetterDraft) -> Draft:
    """The same for a new message or a post."""
    files = _digests(conn, of_letter(written.id)) if written.id else ()
    row = conn.execute("SELECT kind FROM account WHERE id = ?", (written.account_id,)).fetchone()
    kind = row["kind"] if row is not None else ""
    known = replace(draft, files=(*draft.files, *files), channel=kind)
    if posts.is_post(written):
        return replace(known, public=True)
    if kind and channel(kind).by_address and written.account_id is not None:
        ending = signature(conn, written.account_id, written.sender, draft.language)
        known = replace(known, letter=True, ending=ending)
    if row is None or not written.receivers:
        return replace(known, to=written.member_id)
    return _by_boxes(conn, known, row["kind"], written.receivers, written.member_id)


def outgoing(conn: Connection, sent: Entry) -> Draft:
    """The words of a row of the outbox, with who reads them and what goes along, for the check when it leaves."""
    files = _digests(conn, of_outbox(sent.id))
    known = Draft(sent.text, sent.language, sent.template_id, sent.variant, to=sent.member_id, files=files)
    if sent.public or sent.to_list or sent.venue is not None:
        return replace(known, public=True)
    if not sent.boxes:
        return replace(known, read_by=RECEIVER if sent.member_id is not None else ANYONE)
    return _by_boxes(conn, known, sent.kind, sent.boxes, sent.member_id)


def _by_boxes(conn: Connection, draft: Draft, kind: str, boxes: Iterable[Addressee], to: int | None) -> Draft:
    """Whoever is named reads it: one member alone, by whatever names, only teammates, or others."""
    boxes = tuple(boxes)
    if channel(kind).by_address and _are_teammates(conn, boxes):
        return replace(draft, to=to, read_by=TEAM)
    named: set[int | None] = set()
    for box in boxes:
        found = None
        with suppress(UserError):  # a handle that several have: nobody is guessed
            found = reach.identity_at(conn, kind, box.address).member_id
        named.add(found)
    alone = next(iter(named)) if len(named) == 1 else None
    return replace(draft, to=to if alone is None else alone, read_by=ANYONE if alone is None else RECEIVER)


def _are_teammates(conn: Connection, boxes: Iterable[Addressee]) -> bool:
    ours = {address_key(row["email"]) for row in conn.execute("SELECT email FROM teammate WHERE email <> ''")}
    return bool(ours) and all(address_key(box.address) in ours for box in boxes)


def _digests(conn: Connection, whose: Whose) -> tuple[str, ...]:
    rows = conn.execute(f"SELECT sha256 FROM outgoing_file WHERE {whose.column} = ?", (whose.id,))
    return tuple(row["sha256"] for row in rows)
