"""Decides whether an entry of the moderation log can be undone now, and by what.

An Undo never makes public what was not, never reverses what was decided later, and never says that nothing happened
where nobody knows that. Runs in the transaction of the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.channel import BAN
from app.inbox.moderated import AUTHOR, CONVERSATION, MESSAGE, SOLUTION, Bar, aspect, bar_of, bars
from app.moderation.verbs import SILENTLY, STOP, publishes, undo_of
from app.moderation.words import words
from app.store.sqlite import Connection

if TYPE_CHECKING:
    from app.moderation.deed import Deed

_UNDONE = N_("That has already been undone.")
_WAITS = N_("This message is already being moderated.")
_DOING = N_("This is being done right now. Wait a moment, then undo it.")
_FOR_GOOD = N_("This has been done, and the channel can't undo it.")
_IN_DOUBT = N_(
    "The channel has already been asked for this, so it may have happened, and it can't be undone there. Look there to"
    " see how it stands."
)
_AWAITED = N_("It was waiting for approval, and undoing this would make it public. Approve it, or leave it as it is.")
_UNSEEN = N_(
    "It couldn't be seen before this either, and undoing this would make it public. Show it, or leave it as it is."
)
_LATER = N_("Since then, this was decided: “{action}”. Undo or change that instead.")
_OVER = N_("There's nothing left to undo: this is no longer in force.")
_SAME = {
    MESSAGE: "d.message_id = :message",
    SOLUTION: "d.conversation_id = :conversation",
    CONVERSATION: "d.conversation_id = :conversation",
    AUTHOR: "d.account_id = :account AND d.message_id IN (SELECT o.id FROM message o WHERE o.identity_id ="
            " (SELECT m.identity_id FROM message m WHERE m.id = :message))",
}  # fmt: skip
"""Aspect -> the entries about the same."""
_UNDER_WAY = "d.state IN ('held', 'queued', 'doing')"
_DONE_LATER = (
    "(d.state = 'done' AND d.undoes_id IS NULL AND (CASE WHEN :done_at IS NULL THEN d.id > :id"
    " ELSE (d.done_at, d.id) > (:done_at, :id) END))"
)
"""Done after this entry; what only took something back leaves all as it stood before that."""


def reversing(conn: Connection, deed: Deed) -> str:
    """The verb to ask the channel for so that the entry is undone.

    SILENTLY if it is enough to cancel it here, STOP if all that can be done is to ask for it no more.

    Raises UserError, saying why, if the entry cannot be undone now.
    """
    verb = undo_of(deed.kind, deed)
    if verb is None:
        raise UserError(tr(_why_not(deed)))
    if verb not in (SILENTLY, STOP):
        _refuse_if_overtaken(conn, deed)
    return verb


def is_pending(conn: Connection, message_id: int, besides: int = 0) -> bool:
    """Whether a moderation of the message waits or is under way; `besides` is an entry that does not count."""
    row = conn.execute(
        f"SELECT 1 FROM moderation d WHERE d.message_id = ? AND d.id <> ? AND {_UNDER_WAY}", (message_id, besides)
    ).fetchone()
    return row is not None


def _why_not(deed: Deed) -> str:
    if deed.state in ("undone", "doing"):
        return {"undone": _UNDONE, "doing": _DOING}[deed.state]
    if deed.undoes_id is None and publishes(deed.verb, deed.before):
        return _AWAITED if deed.before == "held" else _UNSEEN
    return _FOR_GOOD if deed.state == "done" else _IN_DOUBT


def _refuse_if_overtaken(conn: Connection, deed: Deed) -> None:
    """Raise UserError if something was decided later about the same, or if a mute or ban is over."""
    if deed.message_id is not None and is_pending(conn, deed.message_id, besides=deed.id):
        raise UserError(tr(_WAITS))
    later = _later(conn, deed)
    if later is None and aspect(deed.verb) == AUTHOR:
        bar = _bar(conn, deed)
        if bar is None and deed.state == "done":
            raise UserError(tr(_OVER))
        later = bar.verb if bar is not None and _outdoes(bar, deed) else None
    if later is not None:
        raise UserError(tr(_LATER).format(action=tr(words(later, kind=deed.kind).title)))


def _outdoes(bar: Bar, deed: Deed) -> bool:
    """Whether what keeps the author from writing is another entry than this, which undoing this would lift too."""
    return bar.deed != deed.id and (deed.state == "done" or bar.verb == BAN)


def _later(conn: Connection, deed: Deed) -> str | None:
    """The verb of the latest other decision about the same; None if this one is the latest.

    Of mutes and bans only what is still to be done counts here: what is in force is told by `bars`.
    """
    about = aspect(deed.verb)
    in_doubt = deed.state != "done"
    counts = f"({_UNDER_WAY} OR {_DONE_LATER})" if about != AUTHOR or in_doubt else _UNDER_WAY
    rows = conn.execute(
        f"SELECT d.verb FROM moderation d WHERE d.id <> :id AND {_SAME[about]} AND {counts}"
        " ORDER BY d.id DESC",
        {
            "id": deed.id, "message": deed.message_id, "conversation": deed.conversation_id,
            "account": deed.account_id, "done_at": deed.done_at,
        },
    )  # fmt: skip
    return next((row["verb"] for row in rows if aspect(row["verb"]) == about), None)


def _bar(conn: Connection, deed: Deed) -> Bar | None:
    """What keeps the author of the entry's message from writing there now."""
    row = conn.execute("SELECT identity_id FROM message WHERE id = ?", (deed.message_id,)).fetchone()
    if row is None or row["identity_id"] is None:
        return None
    found = bars(conn, clock.now(), [row["identity_id"]])
    return bar_of(found, deed.account_id, row["identity_id"], deed.conversation_id)
