"""What a reply promises and keeps, and which permission it asks for, noted with its row when it is submitted."""

from __future__ import annotations

from app.inbox import drafts
from app.promises import drafted_from, submitted
from app.promises.drafted import followed
from app.store.sqlite import Connection, scalar
from app.voice import Draft
from app.works import asked_with


def note_promised(
    conn: Connection, outbox_id: int, conversation_id: int, member_id: int | None, draft: Draft, now: int, goes_at: int
) -> None:
    """Make what was taken from the draft a promise to that member, by the words as they are submitted at `now`.

    Its days are counted from when it goes: "tomorrow" is the day after `goes_at` (both Unix seconds). Without a
    receiver who is a member it is promised to the one whom the conversation is with.
    """
    taken = drafted_from(drafts.promised(conn, conversation_id))
    if taken.made:
        from app.calendar.typed import Now  # noqa: PLC0415  only with a promise
        from app.promises.recognising import promises_in  # noqa: PLC0415  as above

        taken = followed(taken, promises_in(draft.text, [draft.language], Now(goes_at)))
    if member_id is None:
        member_id = scalar(
            conn,
            "SELECT i.member_id FROM conversation c LEFT JOIN identity i ON i.id = c.identity_id WHERE c.id = ?",
            (conversation_id,),
        )
    submitted(conn, outbox_id, conversation_id, member_id, taken, now)
    asked_with(conn, outbox_id, draft.template_id, draft.text, member_id, goes_at)
