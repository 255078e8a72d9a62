"""What files that go out belong to: a draft, a new message being written, a row of the outbox, or a template."""

from __future__ import annotations

from typing import NamedTuple

REPLY, LETTER, OUTBOX, TEMPLATE = "conversation_id", "letter_draft_id", "outbox_id", "template_id"


class Whose(NamedTuple):
    """What files go with: a row of the table that `column` of outgoing_file refers to."""

    column: str
    id: int


def of_reply(conversation_id: int) -> Whose:
    """The draft in a conversation."""
    return Whose(REPLY, conversation_id)


def of_letter(letter_draft_id: int) -> Whose:
    """A new message that is being written."""
    return Whose(LETTER, letter_draft_id)


def of_outbox(outbox_id: int) -> Whose:
    """A message in the outbox."""
    return Whose(OUTBOX, outbox_id)


def of_template(template_id: int) -> Whose:
    """A template: copies go with each draft that begins with it."""
    return Whose(TEMPLATE, template_id)
