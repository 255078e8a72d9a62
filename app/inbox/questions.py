"""Questions of ours that nobody answered: they come back after some days, once, and are let go quietly after that.

| our last message | and | then |
| --- | --- | --- |
| asks something | seven days (a setting) have passed, and less than four weeks | it comes back |
| asks something | the conversation is done, snoozed or handed off, or another reply of ours is on its way | it rests |
| asks something in public | several people took part, or nobody but us | it rests |
| asks nothing, or what it asks is only polite | | it rests |
| came back once | | it never does again |

What comes back is let go at the end of the block that follows: its conversation closes by itself, unless it is unhappy,
difficult, or a promise of ours is open there; then it goes on waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.base import clock
from app.base.errors import UserError
from app.base.text import preview
from app.base.words import counted, tr
from app.inbox import conversations
from app.inbox.asking import is_question
from app.inbox.rows import ConversationRow
from app.inbox.several import refuse_unsolved
from app.store.sqlite import Connection
from app.store.store import Store

DAYS = 7
"""Default for the setting `question_days`."""
_MOST_DAYS = 28  # what is older was forgotten by both sides
_DAY = 86_400
_CANDIDATES = """
SELECT c.id, m.id AS message, m.text, m.at FROM conversation c JOIN message m ON m.id = c.last_message_id
WHERE c.state = 'waiting' AND c.last_at <= ?1 AND c.last_at > ?2 AND m.out = 1 AND m.gone_at IS NULL AND m.failed = ''
  AND NOT EXISTS (SELECT 1 FROM open_question q WHERE q.message_id = m.id)
  AND NOT EXISTS (SELECT 1 FROM handoff h WHERE h.conversation_id = c.id AND h.closed_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state IN ('held', 'queued', 'sending'))
  AND (c.public = 0 OR (SELECT count(DISTINCT coalesce(i.member_id, -i.id)) FROM message s
    JOIN identity i ON i.id = s.identity_id WHERE s.conversation_id = c.id AND s.out = 0
    AND s.quiet IN ('', 'closer')) = 1)
ORDER BY m.at, m.id
"""
_OPEN = """
SELECT q.conversation_id, q.message_id, q.came_back_at, m.text, m.language FROM open_question q
JOIN conversation c ON c.id = q.conversation_id AND c.state = 'waiting' AND c.last_message_id = q.message_id
JOIN message m ON m.id = q.message_id WHERE q.let_go_at IS NULL ORDER BY q.came_back_at, q.id
"""
AGAIN = {
    "en": "Hello again, did you get a chance to read my question? A short answer is all I need.",
    "cs": "Ještě jednou dobrý den, dostali jste se k mé otázce? Stačí mi krátká odpověď.",
    "hu": "Üdvözlöm újra! Sikerült elolvasni a kérdésemet? Egy rövid válasz is elég.",
    "is": "Sæl aftur, komst þú til að lesa spurninguna mína? Stutt svar dugar mér.",
    "el": "Γεια σας ξανά, προλάβατε να δείτε την ερώτησή μου; Μια σύντομη απάντηση αρκεί.",
}
"""What a draft begins with that asks once more, by language."""


class OpenQuestion(NamedTuple):
    """A question of ours that came back: when it did, when it is let go by itself (Unix seconds), and its words."""

    row: ConversationRow
    message_id: int
    question: str
    came_back_at: int
    lets_go_at: int
    language: str


def a_day_later(at: int) -> int:
    """When what came back is let go, as long as there are no working blocks: a day later."""
    return at + _DAY


class Questions:
    """The `open_question` table."""

    def __init__(
        self,
        store: Store,
        rows: Callable[[Sequence[int]], list[ConversationRow]],
        block_end: Callable[[int], int] = a_day_later,
    ) -> None:
        """Thread-safe for reading. `block_end` is when the block after a time ends (Unix seconds)."""
        self._store, self._rows, self.block_end = store, rows, block_end

    def come_back(self, now: int) -> int:
        """Have questions come back that are due at `now` (Unix seconds), and let go those whose time is over.

        Not an action: each is undone by bringing it back. Returns how many conversations changed.
        """
        conn = self._store.read
        over = [row for row in conn.execute(_OPEN).fetchall() if self.block_end(row["came_back_at"]) <= now]
        since = now - _DAY * _days(conn)
        found = conn.execute(_CANDIDATES, (since, since - _DAY * (_MOST_DAYS - DAYS))).fetchall()
        back = [row for row in found if is_question(row["text"])]
        if over or back:
            with self._store.write() as writer:
                for row in over:
                    _let_go(writer, row["conversation_id"], row["message_id"], now)
                writer.executemany(
                    "INSERT OR IGNORE INTO open_question (conversation_id, message_id, came_back_at) VALUES (?, ?, ?)",
                    [(row["id"], row["message"], now) for row in back],
                )
        return len(over) + len(back)

    def due(self, now: int) -> list[OpenQuestion]:
        """The questions that came back by `now` (Unix seconds), neither answered nor let go since; the oldest first."""
        found = [row for row in self._store.read.execute(_OPEN).fetchall() if row["came_back_at"] <= now]
        shown = {row.id: row for row in self._rows([row["conversation_id"] for row in found])}
        return [
            OpenQuestion(
                shown[row["conversation_id"]], row["message_id"], preview(row["text"]), row["came_back_at"],
                self.block_end(row["came_back_at"]), row["language"],
            )
            for row in found
            if row["conversation_id"] in shown
        ]  # fmt: skip

    def of(self, conversation: int) -> OpenQuestion | None:
        """The question that has come back in this conversation; None if there is none."""
        return next((one for one in self.due(clock.now()) if one.row.id == conversation), None)

    def let_go(self, numbers: Sequence[int], now: int | None = None) -> None:
        """Let questions go that came back: their conversations are done. One undoable action.

        Raises UserError, having changed nothing, if one has no such question, or is unhappy or difficult.
        """
        at = clock.now() if now is None else now
        there = {one.row.id: one for one in self.due(at)}
        missing = [number for number in numbers if number not in there]
        if missing or not numbers:
            raise UserError(tr("No question of yours has come back there."))
        title = tr("Let the question go: {title}").format(title=there[numbers[0]].row.title)
        if len(numbers) > 1:
            title = counted(len(numbers), "Let {count} question go", "Let {count} questions go")
        with self._store.write(title) as conn:
            for number in numbers:
                refuse_unsolved(conn, number, "")
                _note_let_go(conn, there[number].message_id, at)
                conversations.close(conn, number, at)

    @staticmethod
    def again(language: str) -> str:
        """What a draft begins with that asks once more, in this language, else in English."""
        return AGAIN.get(language, AGAIN["en"])


def _days(conn: Connection) -> int:
    row = conn.execute("SELECT value FROM setting WHERE key = 'question_days'").fetchone()
    return int(row["value"]) if row is not None else DAYS


def _let_go(conn: Connection, conversation: int, message: int, now: int) -> None:
    """Let a question go by itself; what is marked or promised there stays open."""
    _note_let_go(conn, message, now)
    (keeps,) = conn.execute(
        "SELECT unhappy OR hard OR EXISTS (SELECT 1 FROM promise WHERE conversation_id = c.id AND kept_at IS NULL"
        " AND dropped_why = '') OR EXISTS (SELECT 1 FROM handoff WHERE conversation_id = c.id AND closed_at IS NULL)"
        " OR EXISTS (SELECT 1 FROM draft WHERE conversation_id = c.id) FROM conversation c WHERE id = ?",
        (conversation,),
    ).fetchone()
    if not keeps:
        conversations.close_by_itself(conn, conversation, now)


def _note_let_go(conn: Connection, message: int, now: int) -> None:
    conn.execute("UPDATE open_question SET let_go_at = ? WHERE message_id = ? AND let_go_at IS NULL", (now, message))


def move(conn: Connection, gone: int, kept: int) -> None:
    """Give the questions of one conversation to another that it was joined into, or that their messages moved to."""
    conn.execute(
        "UPDATE open_question SET conversation_id = ?1 WHERE conversation_id = ?2"
        " AND message_id IN (SELECT id FROM message WHERE conversation_id = ?1)",
        (kept, gone),
    )
