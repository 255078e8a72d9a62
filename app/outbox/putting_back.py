"""What was to be sent becomes a draft again."""

from __future__ import annotations

from collections.abc import Sequence

from app import introductions
from app.gifts import asking_address
from app.inbox import drafts
from app.inbox.addressing import packed
from app.inbox.drafts import Draft
from app.inbox.links import links
from app.outbox import files, letter_drafts, reach
from app.outbox.composing import chosen_in
from app.outbox.entry import FORWARD, NEW, Entry
from app.outbox.files import of_letter, of_outbox, of_reply
from app.outbox.letter_drafts import PRIVATE, LetterDraft
from app.promises import drafted_text, taken_back
from app.store.sqlite import Connection
from app.works import taken_back as not_asked


def put_back(conn: Connection, outgoing: Entry, words: str, parts: Sequence[Entry] = ()) -> bool:
    """Make what was to be sent a draft again, with its files; whether that is possible: a newer draft is kept.

    What it was to promise, in any of its `parts`, and what it was to keep, is again what the draft does.
    """
    for part in parts or (outgoing,):
        not_asked(conn, part.id)
        asking_address.not_asked(conn, part.id)
    promised = [drafted_text(taken_back(conn, part.id)) for part in parts or (outgoing,)]
    if outgoing.purpose in (NEW, FORWARD):
        linked = next((link for link in links(conn, outgoing.conversation_id) if link.why == PRIVATE), None)
        number = letter_drafts.put_back(
            conn,
            LetterDraft(
                0, outgoing.account_id, outgoing.boxes or (reach.box_of(conn, outgoing),),
                outgoing.subject, words, outgoing.language, outgoing.template_id, outgoing.sender,
                len(outgoing.boxes) > 1, outgoing.about_id, linked.conversation_id if linked else None,
                outgoing.member_id, promise=next(filter(None, promised), ""),
            ),
        )  # fmt: skip
        files.move(conn, of_outbox(outgoing.id), of_letter(number))
        introductions.written_again(conn, outgoing.id, number)
        return True
    back = drafts.put_back(
        conn,
        Draft(
            outgoing.conversation_id, words, outgoing.language, outgoing.answers_id, outgoing.template_id,
            packed(chosen_in(outgoing)),
        ),
    )  # fmt: skip
    if back:
        files.move(conn, of_outbox(outgoing.id), of_reply(outgoing.conversation_id))
        for promise in filter(None, promised):
            drafts.note_promised(conn, outgoing.conversation_id, promise)
    return back
