"""Decisions on several conversations at once: what can be done is done as one action, and the rest is named.

Window and shell ask here, so that both leave the same ones alone and say the same of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.base.errors import UserError
from app.base.words import counted, forms, tr
from app.inbox.owing import Owed, owed, refuse_untold
from app.inbox.rows import ConversationRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.sqlite import Connection
    from app.store.store import Store

MAX_SNOOZES = 2
"""Of an unhappy or difficult conversation; then it needs a reply."""
SNOOZED_TWICE = "snoozed_twice"
_WHY = {
    SNOOZED_TWICE: forms(
        "{count} was left as it is: marked unhappy or difficult, and already snoozed twice.",
        "{count} were left as they are: marked unhappy or difficult, and already snoozed twice.",
    ),
}


class Outcome(NamedTuple):
    """What a decision did: the ids that it was done to, those left alone, and why ("" if none was)."""

    done: tuple[int, ...]
    left: tuple[int, ...] = ()
    why: str = ""

    @property
    def remark(self) -> str:
        """A sentence about those left alone; "" if there are none."""
        return counted(len(self.left), *_WHY[self.why]) if self.left else ""


class ClosingQuestion(NamedTuple):
    """What has to be asked before conversations are closed: those that ask for a reason, and the others.

    `owed` is a teammate's answer that the member of one of the former has not heard; None without.
    """

    marked: tuple[ConversationRow, ...]
    plain: tuple[ConversationRow, ...]
    owed: Owed | None = None

    @property
    def words(self) -> str:
        """The question above the reason."""
        total = len(self.marked) + len(self.plain)
        if self.owed is not None:
            return tr("{member} hasn't heard {teammate}'s answer. Why close it?").format(
                member=self.owed.member or tr("The member"), teammate=self.owed.teammate or tr("the teammate")
            )
        if total == 1:
            return tr("Is it solved?")
        if not self.plain:
            return counted(total, "Is it solved?", "Are all {count} solved?")
        return counted(
            len(self.marked), "Is it solved? {count} of {total} is marked unhappy or difficult",
            "Are they solved? {count} of {total} are marked unhappy or difficult", total=total,
        )  # fmt: skip

    @property
    def rest(self) -> str:
        """The words that close only the others; "" if there are none."""
        if not self.plain:
            return ""
        return counted(len(self.plain), "Close only the other {count}", "Close only the other {count}")


def refuse_without_reason(conn: Connection, rows: Sequence[ConversationRow], reason: str) -> None:
    """Raise UserError if one of these conversations can't be closed without a reason, and none is given."""
    if reason.strip():
        return
    for row in rows:
        refuse_untold(conn, row.id, reason)
        if row.unhappy or row.hard:
            sentence = tr("“{title}” is marked as {mark}. Say how it was solved, or why you're closing it.")
            if len(rows) > 1:
                sentence = tr(
                    "“{title}” is marked as {mark}, so none of the {rows} were closed. Close it on its own, and say how"
                    " it was solved, or why you're closing it."
                )
            mark = tr("unhappy") if row.unhappy else tr("difficult")
            raise UserError(sentence.format(title=row.title, mark=mark, rows=len(rows)))


def refuse_unsolved(conn: Connection, number: int, solved: str) -> None:
    """Raise UserError if a conversation is unhappy or difficult, and nobody says how it was solved."""
    row = conn.execute("SELECT title, unhappy, hard FROM conversation WHERE id = ?", (number,)).fetchone()
    if row is not None and (row["unhappy"] or row["hard"]) and not solved.strip():
        mark = tr("unhappy") if row["unhappy"] else tr("difficult")
        msg = tr("“{title}” is marked as {mark}. Say how it was solved, or why you're closing it.")
        raise UserError(msg.format(title=row["title"], mark=mark))


def closing_question(rows: Sequence[ConversationRow], owed: Sequence[Owed] = ()) -> ClosingQuestion:
    """Split conversations that are to be closed into those that ask for a reason, and those that do not.

    `owed` are the answers that their members have not heard (see `Several.owed`).
    """
    owing = {one.conversation_id for one in owed}
    marked = tuple(row for row in rows if row.unhappy or row.hard or row.id in owing)
    return ClosingQuestion(marked, tuple(row for row in rows if row not in marked), owed[0] if owed else None)


class Several:
    """Decisions that leave out what they may not touch."""

    def __init__(self, store: Store, snooze: Callable[[Sequence[int], int], None]) -> None:
        """Thread-safe for reading; every decision is one undoable action. `snooze` snoozes all, or raises UserError."""
        self._store, self._snooze = store, snooze

    def snooze(self, numbers: Sequence[int], until: int) -> Outcome:
        """Snooze those that may be snoozed, until `until` (Unix seconds).

        A single one, or several of which none may be, raise UserError as `Inbox.snooze` does.
        """
        tired = _tired(self._store.read, numbers) if len(numbers) > 1 else ()
        able = tuple(number for number in numbers if number not in tired)
        self._snooze(able or numbers, until)
        return Outcome(able, tired, SNOOZED_TWICE if tired else "")

    def park(self, numbers: Sequence[int], until: int, title: str) -> Outcome:
        """Snooze those that may be snoozed and still wait for us, as one action with this title; none if none do.

        Unlike `snooze` it is for thousands at once.
        """
        tired = _tired(self._store.read, numbers)
        able = tuple(number for number in numbers if number not in set(tired))
        if able:
            with self._store.write(title) as conn:
                conn.execute(
                    "UPDATE conversation SET snoozed_until = ?, snoozes = snoozes + 1"
                    " WHERE state = 'needs_me' AND id IN (SELECT value FROM json_each(?))",
                    (until, json.dumps(able)),
                )
        return Outcome(able, tired, SNOOZED_TWICE if tired else "")

    def owed(self, numbers: Sequence[int]) -> list[Owed]:
        """The teammates' answers that members of these conversations have not heard."""
        return owed(self._store.read, numbers)

    def with_draft(self, numbers: Sequence[int]) -> int:
        """How many of these conversations have a draft, which a decision never touches."""
        sql = (
            "SELECT count(*) FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM draft WHERE conversation_id = j.value)"
            " OR EXISTS (SELECT 1 FROM draft_beside WHERE conversation_id = j.value)"
        )
        (count,) = self._store.read.execute(sql, (json.dumps(list(numbers)),)).fetchone()
        return int(count)

    def promise_remark(self, numbers: Sequence[int]) -> str:
        """A sentence about promises that stay open in conversations that were closed; "" if there are none."""
        sql = (
            "SELECT count(*) FROM json_each(?) j JOIN promise p ON p.conversation_id = j.value"
            " WHERE p.kept_outbox_id IS NULL AND p.kept_at IS NULL AND p.dropped_why = ''"
        )
        (count,) = self._store.read.execute(sql, (json.dumps(list(numbers)),)).fetchone()
        return counted(count, "Your promise stays open.", "{count} promises of yours stay open.") if count else ""

    def draft_remark(self, numbers: Sequence[int]) -> str:
        """A sentence about drafts of conversations that were closed or snoozed: they are kept; "" if there are none."""
        count = self.with_draft(numbers)
        if not count:
            return ""
        if len(numbers) == 1:
            return tr("Your draft is kept.")
        return counted(count, "{count} of them has a draft, which is kept.", "{count} of them have drafts, all kept.")


def _tired(conn: Connection, numbers: Sequence[int]) -> tuple[int, ...]:
    """Those that are unhappy or difficult and have been snoozed as often as they may."""
    rows = conn.execute(
        "SELECT c.id FROM json_each(?) j JOIN conversation c ON c.id = j.value"
        " WHERE (c.unhappy OR c.hard) AND c.snoozes >= ? ORDER BY j.key",
        (json.dumps(list(numbers)), MAX_SNOOZES),
    )
    return tuple(number for (number,) in rows)
