"""What is kept of a letter that is being written: whether there is anything in it, and both when two write on it.

When another window or program has written other words meanwhile, neither is lost: whoever saves later gets a draft of
its own, with the same files.
"""

from __future__ import annotations

from contextlib import suppress

from app.base.errors import NotFoundError, UserError
from app.inbox.beside import unseen
from app.mail.forwarding import forwarded_subject
from app.outbox import beginning, files, letter_drafts, posts
from app.outbox.files import of_letter
from app.outbox.letter_drafts import LetterDraft
from app.store.sqlite import Connection


def is_blank(conn: Connection, draft: LetterDraft, begun: LetterDraft) -> bool:
    """Whether the person has written and chosen nothing in it, apart from its files.

    What it had when it was begun is no choice of theirs: the subject of a forward, and the receiver of a message to a
    member.
    """
    if draft.linked_id is not None or draft.text.strip():
        return False
    if posts.is_post(draft):  # where a post goes is no word of it
        return not draft.subject.strip()
    boxes = {box.address.lower() for box in draft.receivers}
    if boxes and boxes != {box.address.lower() for box in begun.receivers}:
        return False
    subject, forwarded = draft.subject.strip(), draft.forwards_id
    if not subject or forwarded is None:
        return not subject
    with suppress(UserError):  # the message may be gone by now
        return bool(subject == forwarded_subject(beginning.original(conn, forwarded).subject))
    return False


def has_files(conn: Connection, draft: LetterDraft) -> bool:
    """Whether the person chose files for it: others than those that a forwarded letter brought along."""
    brought = conn.execute(
        "SELECT count(*) FROM attachment a JOIN attachment_bytes b ON b.sha256 = a.sha256 WHERE a.message_id = ?",
        (draft.forwards_id,),
    ).fetchone()[0]
    return len(files.attached(conn, of_letter(draft.id))) > int(brought)


def same(one: LetterDraft, other: LetterDraft) -> bool:
    """Whether two say the same, whenever they were saved."""
    return one._replace(at=0) == other._replace(at=0)


def stored(conn: Connection, number: int) -> LetterDraft | None:
    """The draft as it is in the file; None if it is not there any more, or never was."""
    with suppress(NotFoundError):
        return letter_drafts.get(conn, number)
    return None


def is_unseen(conn: Connection, draft: LetterDraft, seen: LetterDraft | None) -> bool:
    """Whether saving would replace words that its writer, who knew of `seen`, has not seen. With None all are seen."""
    there = stored(conn, draft.id) if draft.id and seen is not None else None
    if there is None or seen is None:
        return False
    return unseen(there.text, seen.text, draft.text) or unseen(there.subject, seen.subject, draft.subject)


def save(conn: Connection, draft: LetterDraft, seen: LetterDraft | None) -> LetterDraft:
    """Save a draft; where that would replace words that its writer has not seen, as another one (see `is_unseen`)."""
    if not is_unseen(conn, draft, seen):
        return letter_drafts.save(conn, draft)
    own = letter_drafts.save(conn, draft._replace(id=0))
    files.copy(conn, of_letter(draft.id), of_letter(own.id))
    return own
