"""What a reply or a new message promises and keeps, and what it asks permission for, noted when it is submitted."""

from __future__ import annotations

from app.base import clock
from app.gifts import asking_address
from app.inbox import drafts
from app.outbox.letter_drafts import LetterDraft
from app.promises import Drafted, drafted_from, submitted
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
    taken = _as_submitted(drafted_from(drafts.promised(conn, conversation_id)), draft, goes_at)
    if member_id is None:
        member_id = scalar(
            conn,
            "SELECT i.member_id FROM conversation c LEFT JOIN identity i ON i.id = c.identity_id WHERE c.id = ?",
            (conversation_id,),
        )
    submitted(conn, outbox_id, conversation_id, member_id, taken, now)
    asked_with(conn, outbox_id, draft.template_id, draft.text, member_id, goes_at)
    asking_address.asked_with(conn, outbox_id, draft.template_id, member_id, goes_at)


def note_promised_new(
    conn: Connection, outbox_id: int, conversation_id: int, member_id: int | None, draft: LetterDraft, goes_at: int
) -> None:
    """The same for a new message, by its draft as it is submitted: it keeps only what was promised to that member.

    `goes_at` in Unix seconds. Nothing is promised to somebody whom we do not know.
    """
    taken = _as_submitted(drafted_from(draft.promise), Draft(draft.text, draft.language), goes_at)
    theirs = [
        number
        for number in taken.keeps
        if conn.execute("SELECT 1 FROM promise WHERE id = ? AND member_id = ?", (number, member_id)).fetchone()
    ]
    submitted(conn, outbox_id, conversation_id, member_id, taken._replace(keeps=tuple(theirs)), clock.now())


def _as_submitted(taken: Drafted, draft: Draft, goes_at: int) -> Drafted:
    """What was taken, in the words that are sent, its days counted from when they go."""
    if not taken.made:
        return taken
    from app.calendar.typed import Now  # noqa: PLC0415  only with a promise
    from app.promises.recognising import promises_in  # noqa: PLC0415  as above

    return followed(taken, promises_in(draft.text, [draft.language], Now(goes_at)))
