"""Asking a member where to send a gift: by a template, in their language, as a draft that the person sends."""

from __future__ import annotations

from typing import NamedTuple

from app.base import resources
from app.base.errors import UserError
from app.base.words import tr
from app.gifts import Gift, lacks_address
from app.gifts.asking_address import ASK_KEY
from app.inbox import drafts
from app.inbox.receivers import meant_for, speakers
from app.store.sqlite import Connection
from app.store.store import Store
from app.templates import Templates, read

_ENGLISH = "en"
_LATEST = """
SELECT c.id FROM identity i JOIN conversation c ON c.identity_id = i.id JOIN account a ON a.id = c.account_id
WHERE i.member_id = ? AND c.joined_into IS NULL ORDER BY a.state <> 'on', c.public, c.last_at DESC, c.id DESC LIMIT 1
"""


class Asked(NamedTuple):
    """Where the draft that asks is, their message that it answers (None for none), and whether others can read it."""

    conversation_id: int
    answers: int | None
    public: bool


def template(store: Store, templates: Templates) -> int:
    """The id of the template that asks; ours is brought in if it is not there yet."""
    found = next((one.id for one in templates.all() if one.key == ASK_KEY), None)
    if found is not None:
        return found
    ours = read(resources.ROOT.joinpath("starter", "address.toml").read_text("utf-8"))
    with store.write():
        templates.bring_in(ours)
    return templates.get(ASK_KEY).id


def begin(store: Store, templates: Templates, gift: Gift) -> Asked:
    """Keep the words that ask as the draft of the gift's conversation, else of the latest private one, else of any.

    Raises UserError if the gift needs no address, there is no conversation, or another draft is there.
    """
    if gift.state not in ("approved", "asked") or not lacks_address(gift):
        msg = tr("{item} for {name} is not waiting for an address. Approve it first, or see where it goes.")
        raise UserError(msg.format(item=gift.item, name=gift.member))
    conversation = gift.conversation_id or _latest(store.read, gift)
    number = template(store, templates)
    known = drafts.get(store.read, conversation)
    if known is not None and known.text.strip() and known.template_id != number:
        msg = tr("There's a draft to {name} already. Send or discard it first.")
        raise UserError(msg.format(name=gift.member))
    choice = meant_for(speakers(store.read, conversation), gift.member_id)
    answers = None if choice is None or choice.to is None else choice.to.message_id
    more = {"gift": gift.item}
    picked = templates.pick(number, conversation, "", answers, more)
    picked = picked or templates.pick(number, conversation, _ENGLISH, answers, more)
    if picked is None:
        raise UserError(tr("The template “Ask for an address” has no text. Write one first."))
    with store.write() as conn:
        drafts.save(conn, drafts.Draft(conversation, picked.filled.text, picked.text.language, answers, number))
    row = store.read.execute("SELECT public FROM conversation WHERE id = ?", (conversation,)).fetchone()
    return Asked(conversation, answers, bool(row["public"]))


def _latest(conn: Connection, gift: Gift) -> int:
    row = conn.execute(_LATEST, (gift.member_id,)).fetchone()
    if row is None:
        msg = tr("There's no conversation with {name} where you could ask.")
        raise UserError(msg.format(name=gift.member))
    return int(row["id"])
