"""What was begun and is not sent: drafts of replies, new messages and posts, with where each goes and since when."""

from __future__ import annotations

from typing import NamedTuple

from app.base.words import tr
from app.inbox import beside
from app.inbox.addressing import in_words
from app.inbox.receivers import written_to
from app.outbox import files, letter_drafts
from app.outbox.files import of_letter, of_reply
from app.outbox.posts import is_post
from app.store.sqlite import Connection, Row, scalar
from app.store.store import Store

REPLY, MESSAGE, FORWARD, PRIVATE, POST = "reply", "message", "forward", "private", "post"
_REPLIES = """
SELECT c.id, c.title, coalesce(nullif(p.name, ''), i.name, '') AS member, a.name AS account, a.kind, c.public,
  c.state, coalesce(d.text, '') AS text, d.answers_id, coalesce(d.at, 0) AS at,
  (SELECT count(*) FROM draft_beside b WHERE b.conversation_id = c.id) AS beside,
  coalesce((SELECT text FROM draft_beside b WHERE b.conversation_id = c.id ORDER BY b.at DESC LIMIT 1), '') AS other,
  coalesce((SELECT max(b.at) FROM draft_beside b WHERE b.conversation_id = c.id), 0) AS other_at,
  (SELECT count(*) FROM outgoing_file f WHERE f.conversation_id = c.id) AS files
FROM (SELECT conversation_id FROM draft UNION SELECT conversation_id FROM draft_beside
  UNION SELECT conversation_id FROM outgoing_file WHERE conversation_id IS NOT NULL) w
CROSS JOIN conversation c ON c.id = w.conversation_id CROSS JOIN account a ON a.id = c.account_id
LEFT JOIN draft d ON d.conversation_id = c.id
LEFT JOIN identity i ON i.id = c.identity_id LEFT JOIN member p ON p.id = i.member_id
"""
_COUNT = """
SELECT (SELECT count(*) FROM (SELECT conversation_id FROM draft UNION SELECT conversation_id FROM draft_beside
  UNION SELECT conversation_id FROM outgoing_file WHERE conversation_id IS NOT NULL))
  + (SELECT count(*) FROM letter_draft)
"""


class Unfinished(NamedTuple):
    """One of them. `id` is the conversation's for a reply, else the letter draft's.

    `to` is whom or where it goes, "" where that is not chosen yet; `title` what it is about; `at` when it was last
    written on (Unix seconds, 0 where it has only files). `beside` counts the drafts beside it, of another window or
    program, and `files` what is attached; `state` is a reply's conversation's.
    """

    kind: str
    id: int
    to: str
    account: str
    channel: str
    public: bool
    title: str
    text: str
    at: int
    beside: int = 0
    files: int = 0
    state: str = ""

    @property
    def where(self) -> str:
        """Where it goes, in words: the account, and whether everybody there reads it; "" where that is not chosen."""
        if not self.account:
            return ""
        seen = tr("public") if self.public else tr("private")
        return tr("{account}, {who_sees_it}").format(account=self.account, who_sees_it=seen)


class Unsent:
    """The list of drafts."""

    def __init__(self, store: Store) -> None:
        """Thread-safe."""
        self._store = store

    def count(self) -> int:
        """How many there are."""
        return int(scalar(self._store.read, _COUNT))

    def every(self) -> list[Unfinished]:
        """All of them, the one written on last first."""
        conn = self._store.read
        found = [_reply(conn, row) for row in conn.execute(_REPLIES).fetchall()]
        found += [_letter(conn, draft) for draft in letter_drafts.every(conn)]
        return sorted(found, key=lambda draft: (-draft.at, draft.kind, draft.id))

    def discard(self, draft: Unfinished) -> None:
        """Discard a draft with its files, and any beside it; one undoable action."""
        about = draft.title or draft.to or tr("new message")
        with self._store.write(tr("Discarded draft: {title}").format(title=about)) as conn:
            if draft.kind == REPLY:
                beside.discard(conn, draft.id)
                files.drop(conn, of_reply(draft.id))
            else:
                files.drop(conn, of_letter(draft.id))
                letter_drafts.delete(conn, draft.id)


def _reply(conn: Connection, row: Row) -> Unfinished:
    to = written_to(conn, row["id"], row["answers_id"]) if row["answers_id"] is not None else None
    return Unfinished(
        REPLY, row["id"], to.name if to is not None else row["member"], row["account"], row["kind"],
        to.public if to is not None else bool(row["public"]), row["title"], row["text"] or row["other"],
        row["at"] or row["other_at"], row["beside"], row["files"], row["state"],
    )  # fmt: skip


def _letter(conn: Connection, draft: letter_drafts.LetterDraft) -> Unfinished:
    post = is_post(draft)
    account = conn.execute("SELECT name, kind FROM account WHERE id = ?", (draft.account_id,)).fetchone()
    to = in_words(draft.receivers)
    if not to and draft.member_id is not None:
        row = conn.execute("SELECT name FROM member WHERE id = ?", (draft.member_id,)).fetchone()
        to = row["name"] if row is not None else ""
    files = scalar(conn, "SELECT count(*) FROM outgoing_file WHERE letter_draft_id = ?", (draft.id,))
    private = PRIVATE if draft.linked_id is not None else MESSAGE
    return Unfinished(
        POST if post else FORWARD if draft.forwards_id is not None else private, draft.id, to,
        account["name"] if account is not None else "", account["kind"] if account is not None else "", post,
        draft.subject, draft.text, draft.at, files=files,
    )  # fmt: skip
