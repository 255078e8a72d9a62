"""The shelf of kind words: messages that somebody wrote to us and that are worth reading again. They go nowhere."""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock, ids
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.mail.quotes import first_words
from app.store.sqlite import scalar
from app.store.store import Store

_SELECT = """
SELECT k.message_id, m.conversation_id, i.member_id, coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle, ''),
  m.at, k.at, substr(m.text, 1, 20000)
FROM kind_word k CROSS JOIN message m ON m.id = k.message_id
LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.gone_at IS NULL
"""
_HARD_IN_A_ROW = 3


class KindWord(NamedTuple):
    """One message on the shelf: who said it, when (Unix seconds), when it was kept, and how it begins."""

    message_id: int
    conversation_id: int
    member_id: int | None
    who: str
    at: int
    kept_at: int
    words: str


class KindWords:
    """The `kind_word` table."""

    def __init__(self, store: Store) -> None:
        """Every change is one undoable action."""
        self._store = store

    def every(self) -> list[KindWord]:
        """All of them, the one kept last first; those that their writers have deleted since are left out."""
        return [_word(*row) for row in self._store.read.execute(f"{_SELECT} ORDER BY k.at DESC, k.id DESC")]

    def of_day(self, day: int) -> KindWord | None:
        """One to read today: another for each `day` (a count of days), until all were shown; None on an empty shelf."""
        many = scalar(self._store.read, f"SELECT count(*) FROM ({_SELECT})")
        if not many:
            return None
        row = self._store.read.execute(f"{_SELECT} ORDER BY k.at, k.id LIMIT 1 OFFSET ?", (day % int(many),)).fetchone()
        return None if row is None else _word(*row)

    def has(self, message_id: int) -> bool:
        """Whether the message is on the shelf."""
        found = self._store.read.execute("SELECT 1 FROM kind_word WHERE message_id = ?", (message_id,)).fetchone()
        return found is not None

    def latest_of(self, conversation_id: int) -> int:
        """The last message that somebody wrote to us in a conversation; its id. Raises UserError if there is none."""
        row = self._store.read.execute(
            "SELECT id FROM message WHERE conversation_id = ? AND NOT out AND gone_at IS NULL AND quiet = ''"
            " AND kind <> 'unreadable' ORDER BY id DESC LIMIT 1",
            (conversation_id,),
        ).fetchone()
        if row is None:
            msg = tr("Nobody has written anything here yet that could be kept.")
            raise UserError(msg)
        return int(row["id"])

    def keep(self, message_id: int, at: int | None = None) -> str:
        """Keep a message that somebody wrote to us, at `at` (Unix seconds, default now); returns the writer's name.

        Kept already, it stays as it is. Raises NotFoundError if there is no such message, UserError for one of ours.
        """
        who, ours = self._writer(message_id)
        if ours:
            msg = tr("That message is yours. Kind words are what others wrote.")
            raise UserError(msg)
        if not self.has(message_id):
            with self._store.write(tr("Kept kind words of {name}").format(name=who)) as conn:
                moment = clock.now() if at is None else at
                conn.execute("INSERT INTO kind_word (message_id, at) VALUES (?, ?)", (message_id, moment))
        return who

    def remove(self, message_id: int) -> str:
        """Take a message off the shelf; returns the writer's name. Raises NotFoundError if it is not on it."""
        if not self.has(message_id):
            msg = tr("{id} isn't among the kind words.").format(id=ids.display(ids.MESSAGE, message_id))
            raise NotFoundError(msg)
        who, _ = self._writer(message_id)
        with self._store.write(tr("Took kind words of {name} off the shelf").format(name=who)) as conn:
            conn.execute("DELETE FROM kind_word WHERE message_id = ?", (message_id,))
        return who

    def toggle(self, message_id: int) -> tuple[str, bool]:
        """Keep it, or take it off if it is kept: the writer's name, and whether it is on the shelf now."""
        if self.has(message_id):
            return self.remove(message_id), False
        return self.keep(message_id), True

    def _writer(self, message_id: int) -> tuple[str, bool]:
        row = self._store.read.execute(
            "SELECT m.out, coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle, '') AS who FROM message m"
            " LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id WHERE m.id = ?",
            (message_id,),
        ).fetchone()
        if row is None:
            msg = tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id))
            raise NotFoundError(msg)
        return str(row["who"]) or tr("somebody"), bool(row["out"])


def is_due(handled: list[bool]) -> bool:
    """Whether kind words are offered: the last three conversations that were handled were hard or unhappy.

    `handled` says of each, the latest last, whether it was.
    """
    return len(handled) >= _HARD_IN_A_ROW and all(handled[-_HARD_IN_A_ROW:])


def _word(message: int, conversation: int, member: int | None, who: str, at: int, kept: int, text: str) -> KindWord:
    return KindWord(message, conversation, member, who, at, kept, first_words(text or ""))
