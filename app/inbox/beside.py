"""Two drafts of one reply: when another window or program has written one meanwhile, both are kept.

The one written last is the draft; what it would have replaced unseen is a row of `draft_beside` until the person
chooses.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from app.base import clock
from app.base.errors import NotFoundError
from app.base.words import N_, tr
from app.inbox import drafts
from app.inbox.drafts import Draft
from app.inbox.whereabouts import current
from app.store.sqlite import Connection
from app.store.store import Store
from app.store.undo import Step

KEEP, TAKE, BOTH = "keep", "take", "both"
"""What becomes of a draft and the one beside it: the draft stays, the other takes its place, or it is put below."""
_TITLES = {
    KEEP: N_("Dropped the second draft: {title}"),
    TAKE: N_("Took the second draft: {title}"),
    BOTH: N_("Put two drafts together: {title}"),
}
_COLUMNS = "conversation_id, text, language, answers_id, template_id, addressing"


class DraftBeside(NamedTuple):
    """Other words for a conversation's draft; `at` is when they were written (Unix seconds)."""

    id: int
    text: str
    at: int


def unseen(stored: str, seen: str, text: str) -> bool:
    """Whether saving `text` would replace words that its writer has not seen.

    `stored` is what the file has, `seen` what the writer knew to be there.
    """
    there = stored.strip()
    return bool(there) and there != seen.strip() and there not in text


def save_over(conn: Connection, draft: Draft, seen: str | None) -> None:
    """Save a draft whose writer knew of `seen`; other words than those, and than its own, are kept beside it.

    A blank one deletes the draft, unless that has words which its writer has not seen. With None for `seen` the writer
    has seen whatever is there.
    """
    number = draft.conversation_id
    there = drafts.get(conn, number)
    is_unseen = there is not None and seen is not None and unseen(there.text, seen, draft.text)
    if not draft.text.strip():
        if not is_unseen:
            drafts.delete(conn, number)
        return
    if is_unseen:
        conn.execute(
            f"INSERT INTO draft_beside ({_COLUMNS}, at) SELECT {_COLUMNS}, at FROM draft WHERE conversation_id = ?",
            (number,),
        )
    # It still comes from the template that it began with.
    if draft.template_id is None and there is not None and not is_unseen:
        draft = draft._replace(template_id=there.template_id)
    drafts.save(conn, draft)
    conn.execute(
        "DELETE FROM draft_beside WHERE conversation_id = ? AND trim(text, ?) = ?",
        (number, _BLANK, draft.text.strip(_BLANK)),
    )


_BLANK = " \t\r\n"


def every(conn: Connection, number: int) -> tuple[DraftBeside, ...]:
    """The drafts beside the conversation's own, latest first."""
    rows = conn.execute(
        "SELECT id, text, at FROM draft_beside WHERE conversation_id = ? ORDER BY at DESC, id DESC", (number,)
    )
    return tuple(DraftBeside(*row) for row in rows)


def move(conn: Connection, gone: int, kept: int, answering: Collection[int] | None = None) -> None:
    """Give the drafts beside one conversation's own to another; only those that answer these messages, if given."""
    rows = conn.execute("SELECT id, answers_id FROM draft_beside WHERE conversation_id = ?", (gone,)).fetchall()
    conn.executemany(
        "UPDATE draft_beside SET conversation_id = ? WHERE id = ?",
        [(kept, number) for number, answers in rows if answering is None or answers in answering],
    )


def discard(conn: Connection, number: int) -> None:
    """Delete a conversation's draft and those beside it."""
    drafts.delete(conn, number)
    conn.execute("DELETE FROM draft_beside WHERE conversation_id = ?", (number,))


def after_undo(conn: Connection, step: Step) -> None:
    """After an undo on the draft: what it could not put back, for the draft was written on since, is kept beside it."""
    drafts.after_undo(conn, step)
    back = str(step.before.get("text", "")) if step.op == "update" else ""
    here = current(conn, step.row_id)
    mine = drafts.get(conn, here)
    if back.strip() and back.strip() not in (mine.text if mine is not None else ""):
        conn.execute("INSERT INTO draft_beside (conversation_id, text, at) VALUES (?, ?, ?)", (here, back, clock.now()))


def follow(conn: Connection, step: Step) -> None:
    """After an undo on a draft beside: it goes to where its conversation was joined into since."""
    if "conversation_id" in step.before:
        here = current(conn, int(step.before["conversation_id"]))
        conn.execute("UPDATE draft_beside SET conversation_id = ? WHERE id = ?", (here, step.row_id))


class DraftChoice:
    """The person's choice between two drafts of one reply, and what the draft is about to promise."""

    def __init__(self, store: Store) -> None:
        """Thread-safe for reading."""
        self._store = store

    def beside(self, number: int) -> tuple[DraftBeside, ...]:
        """The drafts beside the conversation's own, latest first."""
        return every(self._store.read, current(self._store.read, number))

    def template(self, number: int) -> int | None:
        """The template that a conversation's draft began with; None if it began with none, or there is no draft."""
        draft = drafts.get(self._store.read, current(self._store.read, number))
        return None if draft is None else draft.template_id

    def promised(self, number: int) -> str:
        """What the conversation's draft is about to promise and keep, as `app.promises` packs it."""
        return drafts.promised(self._store.read, current(self._store.read, number))

    def note_promised(self, number: int, promise: str) -> None:
        """Keep what the draft is about to promise with it; not an action. Without a draft there is nothing to keep."""
        here = current(self._store.read, number)
        if drafts.promised(self._store.read, here) != promise:
            with self._store.write() as conn:
                drafts.note_promised(conn, here, promise)

    def decide(self, other: int, how: str) -> str:
        """Decide on a draft beside another: KEEP, TAKE or BOTH; returns the draft's text. One undoable action.

        If the conversation has no draft of its own any more, the other becomes that whatever is chosen but KEEP.
        Raises NotFoundError if it is gone.
        """
        row = self._store.read.execute(
            f"SELECT {_COLUMNS}, at, (SELECT title FROM conversation WHERE id = conversation_id) AS title"
            " FROM draft_beside WHERE id = ?",
            (other,),
        ).fetchone()
        if row is None:
            raise NotFoundError(tr("That draft is no longer there."))
        number, text, language, answers, template, addressing, _at, title = row
        with self._store.write(tr(_TITLES[how]).format(title=title)) as conn:
            mine = drafts.get(conn, number)
            conn.execute("DELETE FROM draft_beside WHERE id = ?", (other,))
            if how == KEEP:
                return mine.text if mine is not None else ""
            if mine is None:
                drafts.save(conn, Draft(number, text, language, answers, template, addressing))
                return str(text)
            if how == BOTH:
                text = f"{mine.text.rstrip()}\n\n{text}"
                conn.execute("UPDATE draft SET text = ? WHERE conversation_id = ?", (text, number))
            else:
                conn.execute(
                    "UPDATE draft SET text = ?, language = ?, answers_id = ?, template_id = ?, addressing = ?"
                    " WHERE conversation_id = ?",
                    (text, language, answers, template, addressing, number),
                )
            return str(text)
