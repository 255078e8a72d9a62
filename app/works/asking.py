"""Asking for permission: by a template, in the member's language, as a draft that the person sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.base import resources
from app.base.errors import UserError
from app.base.words import tr
from app.inbox import drafts
from app.inbox.receivers import meant_for, speakers
from app.store.sqlite import Connection
from app.templates import Templates, read
from app.voice import RECEIVER, Draft
from app.works.following import ASK_KEY

if TYPE_CHECKING:
    from app.store.store import Store
    from app.works.work import Work

_ENGLISH = "en"
_THEIR_LAST = """
SELECT c.id FROM identity i JOIN conversation c ON c.identity_id = i.id JOIN account a ON a.id = c.account_id
WHERE i.member_id = ? AND c.joined_into IS NULL ORDER BY a.state <> 'on', c.last_at DESC, c.id DESC LIMIT 1
"""


class Asked(NamedTuple):
    """Where the draft that asks is: a conversation, and their message there that it answers; and the draft."""

    conversation_id: int
    answers: int | None
    draft: Draft


def template(store: Store, templates: Templates) -> int:
    """The id of the template that asks; ours is brought in if it is not there yet."""
    found = next((one.id for one in templates.all() if one.key == ASK_KEY), None)
    if found is None:
        ours = read(resources.ROOT.joinpath("starter", "permission.toml").read_text("utf-8"))
        with store.write():
            templates.bring_in(ours)
        found = templates.get(ASK_KEY).id
    return found


def where(conn: Connection, work: Work) -> int:
    """The conversation in which they are asked: where the work came, else their latest one. Raises UserError."""
    if work.conversation_id is not None:
        return work.conversation_id
    row = conn.execute(_THEIR_LAST, (work.member_id,)).fetchone()
    if row is None:
        msg = tr("{name} has no conversation to ask in. Write to them, then note the work as asked.")
        raise UserError(msg.format(name=work.member))
    return int(row["id"])


def words(store: Store, templates: Templates, work: Work, conversation_id: int, language: str = "") -> Draft:
    """The words that ask for a work there, in the member's language or `language`; what it is for may be open."""
    answers = _answers(store.read, conversation_id, work.member_id)
    number = template(store, templates)
    more = {blank: value for blank, value in (("work", work.title), ("for_what", work.for_what)) if value}
    picked = templates.pick(number, conversation_id, language, answers, more)
    if picked is None:
        picked = templates.pick(number, conversation_id, _ENGLISH, answers, more)
    if picked is None:  # English is always there: the template is ours, and a text of it was deleted
        raise UserError(tr("The template “Ask for permission” has no text. Write one first."))
    return Draft(
        picked.filled.text, picked.text.language, picked.template.id, picked.text.variant, work.member_id, RECEIVER
    )


def begin(store: Store, templates: Templates, work: Work, language: str = "") -> Asked:
    """Keep the words that ask as the draft of a conversation. Raises UserError if another draft is there."""
    conversation = where(store.read, work)
    known = drafts.get(store.read, conversation)
    if known is not None and known.text.strip() and known.template_id != template(store, templates):
        msg = tr("There's a draft to {name} already. Send or discard it first.")
        raise UserError(msg.format(name=work.member))
    draft = words(store, templates, work, conversation, language)
    answers = _answers(store.read, conversation, work.member_id)
    with store.write() as conn:
        kept = drafts.Draft(conversation, draft.text, draft.language, answers, draft.template_id)
        drafts.save(conn, kept)
    return Asked(conversation, answers, draft)


def _answers(conn: Connection, conversation_id: int, member_id: int) -> int | None:
    """Their message there that the question answers; None where they have written none."""
    choice = meant_for(speakers(conn, conversation_id), member_id)
    return None if choice is None or choice.to is None else choice.to.message_id
