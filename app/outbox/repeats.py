"""What is not said twice: the same text in one conversation at once, or to two in public who asked much the same."""

from __future__ import annotations

from app.base.errors import UserError
from app.base.words import tr
from app.outbox.composing import Way, receivers_of
from app.outbox.entry import HELD, QUEUED, SENDING, entries
from app.stacks import refuse_same
from app.store.sqlite import Connection


def refuse_repeat(conn: Connection, conversation_id: int, text: str, goes: Way, now: int) -> None:
    """Raise UserError for a second press of Send, or the public reply that another got who asked much the same.

    A second press: the same text to the same people is pending. `now` in Unix seconds.
    """
    on_the_way = entries(conn, (HELD, QUEUED, SENDING), conversation_id)
    same = (text, goes.identity_id, receivers_of(goes))
    if any((one.text, one.identity_id, one.receivers) == same for one in on_the_way if not one.is_change):
        msg = tr("This exact text is already on its way to this conversation.")
        raise UserError(msg)
    refuse_same(conn, conversation_id, text, now)
