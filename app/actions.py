"""The history of what the person did, newest first, and undo.

Small, recent changes are undone one by one. Large ones (an import, a merge) are undone from the list of actions, which
shows what each undo would touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple, Protocol

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.words import counted, forms, tr
from app.store import undo
from app.store.sqlite import Connection, Row
from app.store.store import Store

CHANGE, IMPORT, MERGE, COPY = "change", "import", "merge", "copy"
SOON, HOUR = 600, 3_600
"""How far back undo reaches without naming an action, in seconds: in the window (SOON) and in the shell (HOUR)."""
LISTED = 50

_SELECT = (
    "SELECT a.id, a.at, a.title, a.batch_id, a.undone_at, EXISTS (SELECT 1 FROM action_step s WHERE s.action_id = a.id"
    " AND s.tbl = 'member' AND s.op = 'update' AND json_extract(s.after, '$.merged_into') IS NOT NULL) AS merges,"
    f" EXISTS (SELECT 1 FROM action_step s WHERE s.action_id = a.id AND s.tbl = '{undo.COPY}') AS copies"
    " FROM action a"
)
_EXPORTED = """
SELECT count(*) FROM action_step s JOIN given_file f ON f.id = s.row_id
WHERE s.action_id = ? AND s.op = 'insert' AND s.tbl = 'given_file' AND f.way = 'saved'
"""
_DECIDED = """
SELECT number FROM (
  SELECT s.step, s.row_id AS number FROM action_step s WHERE s.action_id = ?1 AND s.tbl = 'conversation'
    AND s.op = 'update' AND EXISTS (SELECT 1 FROM json_each(s.before) j
      WHERE j.key IN ('closed', 'snoozed_until', 'unhappy', 'hard', 'quiet'))
  UNION ALL
  SELECT s.step, coalesce(json_extract(s.before, '$.conversation_id'), l.conversation_id) FROM action_step s
    LEFT JOIN conversation_label l ON l.id = s.row_id AND s.op = 'insert'
    WHERE s.action_id = ?1 AND s.tbl = 'conversation_label'
) WHERE number IS NOT NULL GROUP BY number ORDER BY min(step)
"""
# Table -> (singular, plural) for the list of actions. Rows of tables not named here are undone without being counted.
_NOUNS = {
    "account": forms("{count:,} account", "{count:,} accounts"),
    "member": forms("{count:,} member", "{count:,} members"),
    "identity": forms("{count:,} name", "{count:,} names"),
    "conversation": forms("{count:,} conversation", "{count:,} conversations"),
    "message": forms("{count:,} message", "{count:,} messages"),
    "conversation_label": forms("{count:,} label", "{count:,} labels"),
    "draft": forms("{count:,} draft", "{count:,} drafts"),
    "template": forms("{count:,} template", "{count:,} templates"),
    "template_version": forms("{count:,} earlier text", "{count:,} earlier texts"),
    "template_text": forms("{count:,} template text", "{count:,} template texts"),
    "voice_guide": forms("{count:,} voice guide", "{count:,} voice guides"),
    "voice_trait": forms("{count:,} trait", "{count:,} traits"),
    "voice_example": forms("{count:,} example", "{count:,} examples"),
    "voice_rule": forms("{count:,} rule", "{count:,} rules"),
    "outbox": forms("{count:,} reply", "{count:,} replies"),
    "promise": forms("{count:,} promise", "{count:,} promises"),
    "teammate": forms("{count:,} teammate", "{count:,} teammates"),
    "handoff": forms("{count:,} hand-off", "{count:,} hand-offs"),
    "gift": forms("{count:,} gift", "{count:,} gifts"),
    "gift_budget": forms("{count:,} budget", "{count:,} budgets"),
    "gift_item": forms("{count:,} item", "{count:,} items"),
    "stock_move": forms("{count:,} change of stock", "{count:,} changes of stock"),
    "voucher": forms("{count:,} voucher", "{count:,} vouchers"),
    "giveaway": forms("{count:,} give-away", "{count:,} give-aways"),
    "giveaway_entry": forms("{count:,} entry", "{count:,} entries"),
}


class Action(NamedTuple):
    """One undoable action; `at` is Unix seconds, `title` its label, `kind` one of CHANGE, IMPORT, MERGE, COPY.

    `remark` is what else is to be known after undoing or redoing it, in sentences; "" for nothing.
    """

    id: int
    at: int
    title: str
    kind: str = CHANGE
    remark: str = ""

    @property
    def only_from_list(self) -> bool:
        """Whether it can only be undone from the list, which shows what the undo would touch."""
        return self.kind != CHANGE


class Removed(NamedTuple):
    """What undoing an import removes (counts of rows) and what it keeps: (number of rows, reason) pairs."""

    messages: int
    conversations: int
    members: int
    kept_conversations: tuple[tuple[int, str], ...]
    kept_members: tuple[tuple[int, str], ...]
    gifts: int = 0


class Outlook(NamedTuple):
    """Preview of an undo: rows per table that it would touch. `why` is the reason if it is refused, else "".

    `told` is what came of an import, in sentences; "" for anything else.
    """

    action: Action
    why: str
    removes: Mapping[str, int]
    brings_back: Mapping[str, int]
    changes: Mapping[str, int]
    keeps: Mapping[str, int]
    told: str = ""

    @property
    def words(self) -> str:
        """A one-line summary: "removes 12 messages, 3 members; keeps 1 conversation with your draft"."""
        parts = (
            (tr("removes {rows}"), self.removes),
            (tr("brings back {rows}"), self.brings_back),
            (tr("restores {rows}"), self.changes),
            (tr("keeps {rows}"), self.keeps),
        )
        return "; ".join(part.format(rows=_counts_in_words(counts)) for part, counts in parts if counts)


class Imports(Protocol):
    """Removes imports; implemented by `app.imports`."""

    def remove_batch(self, batch: int) -> Removed:
        """Remove an import; returns what was removed and kept."""

    def plan_removal(self, conn: Connection, batch: int) -> Removed:
        """What `remove_batch` would remove and keep, without doing it. Needs an open write transaction."""

    def outcome_of(self, conn: Connection, batch_id: int) -> str:
        """What came of an import, in sentences."""

    def let_be(self, batch_id: int | None) -> None:
        """Leave an import that broke off as it is."""


class Work(NamedTuple):
    """What an undo of an action that came from another copy takes back, and the conversations that it keeps, by why."""

    steps: tuple[undo.Step, ...]
    keeps: Mapping[str, int]


class Copies(Protocol):
    """Undoes what came from another copy of the file; implemented by `app.lending`."""

    def work_of(self, conn: Connection, action: int) -> Work:
        """What an undo takes back, and what it keeps."""

    def undo(self, action: int) -> str:
        """Undo the action; returns what is to be said besides. Raises UserError if it is refused."""


class _RollBack(Exception):
    """Raised to roll back a dry run."""


class Actions:
    """The `action` table: undo that survives a restart."""

    def __init__(
        self, store: Store, imports: Callable[[], Imports] | None = None, copies: Callable[[], Copies] | None = None
    ) -> None:
        """`imports` supplies the desk that removes an import; without it, undoing an import removes nothing.

        `copies` supplies the one that takes out what came from another copy of the file.
        """
        self._store = store
        self._imports, self._copies = imports, copies

    def last(self, count: int = 1) -> list[Action]:
        """The latest actions that are not undone, newest first."""
        rows = self._store.read.execute(f"{_SELECT} WHERE a.undone_at IS NULL ORDER BY a.id DESC LIMIT ?", (count,))
        return [_action(row) for row in rows]

    def get(self, number: int) -> Action:
        """The action with this id. Raises NotFoundError if there is none, UserError if it has already been undone."""
        row = self._store.read.execute(f"{_SELECT} WHERE a.id = ?", (number,)).fetchone()
        if row is None:
            msg = tr("There's no action {number}. `undo --list` shows what can be undone.").format(number=number)
            raise NotFoundError(msg)
        if row["undone_at"] is not None:
            msg = tr("That has already been undone.")
            raise UserError(msg)
        return _action(row)

    def listed(self, count: int = LISTED, before: int | None = None) -> list[Outlook]:
        """Preview the undo of the latest actions that are not undone, newest first, at most `count`.

        `before` is an action id to page on from. Each undo is run inside a savepoint and rolled back.
        """
        rows = self._store.read.execute(
            f"{_SELECT} WHERE a.undone_at IS NULL AND a.id < coalesce(?, a.id + 1) ORDER BY a.id DESC LIMIT ?",
            (before, count),
        ).fetchall()
        previews: list[Outlook] = []
        if rows:
            with suppress(_RollBack), self._store.write() as conn:
                for row in rows:
                    conn.execute("SAVEPOINT looking")
                    previews.append(self._outlook(conn, _action(row), row["batch_id"]))
                    conn.execute("ROLLBACK TO looking")
                    conn.execute("RELEASE looking")
                raise _RollBack
        return previews

    def undo(self, action_id: int | None = None) -> Action:
        """Undo and return this action, or the latest. Raises UserError if there is none or the undo is refused."""
        if action_id is None:
            latest = self.last()
            if not latest:
                msg = tr("Nothing to undo.")
                raise UserError(msg)
            action = latest[0]
        else:
            action = self.get(action_id)
        if action.kind == COPY and self._copies is not None:
            return action._replace(remark=self._copies().undo(action.id))
        batch = self._batch(action.id)
        if batch is None or self._imports is None:
            (files,) = self._store.read.execute(_EXPORTED, (action.id,)).fetchone()
            said = self._store.undo_action(action.id)
            stays = tr("The file itself stays.") if files == 1 else tr("The files themselves stay.")
            return action._replace(remark=" ".join(filter(None, (stays if files else "", said))))
        with self._store.write() as conn:  # one transaction: remove the import and mark it undone, or neither
            removed, steps = self._imports().remove_batch(batch), undo.fills(conn, action.id)
            said = self._store.undo_action(action.id, steps)
        summary = _undo_summary(removed, _rows_touched(steps, "update"))
        return action._replace(remark=" ".join(filter(None, (summary, said))))

    def decided(self, number: int) -> tuple[int, ...]:
        """The ids of the conversations that an action decided on, in its order: done, snoozed, marked, no longer quiet.

        Ask before the action is undone or after it is redone: a label that is gone does not say whose it was.
        """
        return tuple(conversation_id for (conversation_id,) in self._store.read.execute(_DECIDED, (number,)))

    def undo_recent(self) -> Action:
        """Undo the last action of the past hour, whichever process did it; what the clock did is passed over.

        Raises UserError if there is none, or if it is an import or a merge: those are undone by id only.
        """
        latest = [action for action in self.last(LISTED) if not undo.is_by_clock(self._store.read, action.id)]
        if not latest or latest[0].at < clock.now() - HOUR:
            msg = tr("Nothing was done in the last hour. `undo --list` shows older actions; `undo N` undoes one.")
            raise UserError(msg)
        action = latest[0]
        if action.only_from_list:
            names = {
                IMPORT: tr("An import"), MERGE: tr("A merge of members"), COPY: tr("What came from another copy"),
            }  # fmt: skip
            what = names[action.kind]
            msg = tr(
                "The last action was “{title}”. {what} can only be undone by its number: `undo {number}`. "
                "`undo --list` shows what that would change."
            ).format(title=action.title, what=what, number=action.id)
            raise UserError(msg)
        return self.undo(action.id)

    def of_import(self, batch: int | None) -> Action | None:
        """The action of an import; None if it added nothing new or has been undone."""
        row = self._store.read.execute(f"{_SELECT} WHERE a.batch_id = ? AND a.undone_at IS NULL", (batch,)).fetchone()
        return None if row is None else _action(row)

    def take_back_import(self, batch: int) -> Action | None:
        """Undo an import that broke off; None if it had brought nothing new, so that nothing had to be undone.

        Either way nothing is said of it any more. Raises UserError if the undo is refused.
        """
        action = self.of_import(batch)
        if action is None and self._imports is not None:
            self._imports().let_be(batch)
        return None if action is None else self.undo(action.id)

    def own(self, passed: Collection[int] = ()) -> Action | None:
        """The last action of this process within SOON seconds that is not undone; None if there is none.

        Actions with an id in `passed` are skipped.
        """
        oldest = clock.now() - SOON
        for number, at in reversed(self._store.own):
            if at >= oldest and number not in passed:
                with suppress(UserError):
                    return self.get(number)
        return None

    def redo(self) -> Action:
        """Redo the last undo of this process; returns the action. Raises UserError if there is none or it fails."""
        done = self._store.redo_last()
        return self.get(done.action)._replace(remark=done.said)

    def _batch(self, number: int) -> int | None:
        row = self._store.read.execute("SELECT batch_id FROM action WHERE id = ?", (number,)).fetchone()
        return None if row["batch_id"] is None else int(row["batch_id"])

    def _outlook(self, conn: Connection, action: Action, batch: int | None) -> Outlook:
        if action.kind == COPY and self._copies is not None:
            return self._outlook_of_copy(conn, action, self._copies())
        steps = undo.steps_of(conn, action.id) if batch is None else undo.fills(conn, action.id)
        why = ""
        try:
            undo.revert(conn, action.id, self._store.hooks, steps)
        except UserError as refused:
            why = str(refused)
        conn.execute("ROLLBACK TO looking")
        removes, brings_back, changes = (_rows_touched(steps, op) for op in ("insert", "delete", "update"))
        keeps: dict[str, int] = {}
        told = ""
        if batch is not None and self._imports is not None:
            planned = self._imports().plan_removal(conn, batch)
            removes, keeps = _removes(planned), _keeps(planned)
            told = self._imports().outcome_of(conn, batch)
        return Outlook(action, why, removes, brings_back, changes, keeps, told)

    @staticmethod
    def _outlook_of_copy(conn: Connection, action: Action, copies: Copies) -> Outlook:
        """Not rehearsed: of thousands of rows that takes seconds, and the window waits for the list."""
        work = copies.work_of(conn, action.id)
        removes, brings_back, changes = (_rows_touched(work.steps, op) for op in ("insert", "delete", "update"))
        keeps = {f"conversation with {reason}": count for reason, count in work.keeps.items()}
        return Outlook(action, "", removes, brings_back, changes, keeps)


def _action(row: Row) -> Action:
    kind = IMPORT if row["batch_id"] is not None else MERGE if row["merges"] else COPY if row["copies"] else CHANGE
    return Action(row["id"], row["at"], row["title"], kind)


def _rows_touched(steps: Iterable[undo.Step], op: str) -> dict[str, int]:
    """Distinct rows per table that the steps touched by `op`; a row inserted here counts as an insert only."""
    made = {(step.table, step.row_id) for step in steps if step.op == "insert"}
    touched = {
        (step.table, step.row_id)
        for step in steps
        if step.op == op and (op == "insert" or (step.table, step.row_id) not in made)
    }
    counts = Counter(table for table, _ in touched)
    return {table: counts[table] for table in _NOUNS if table in counts}


def _removes(removed: Removed) -> dict[str, int]:
    counts = {"message": removed.messages, "conversation": removed.conversations, "member": removed.members}
    counts["gift"] = removed.gifts
    return {table: count for table, count in counts.items() if count}


def _keeps(removed: Removed) -> dict[str, int]:
    kept = {f"conversation with {why}": count for count, why in removed.kept_conversations}
    return kept | {f"member with {why}": count for count, why in removed.kept_members}


def _undo_summary(removed: Removed, changes: Mapping[str, int]) -> str:
    """Sentences that summarize the undo of an import."""
    gone, kept, restored = (
        _counts_in_words(_removes(removed)),
        _counts_in_words(_keeps(removed)),
        _counts_in_words(changes),
    )
    sentences = [tr("Removed {gone}.").format(gone=gone) if gone else tr("Nothing had to be removed.")]
    sentences += [tr("Restored {restored}.").format(restored=restored)] if restored else []
    sentences += [tr("Kept {kept}.").format(kept=kept)] if kept else []
    return " ".join(sentences)


def rows_in_words(counts: Mapping[str, int]) -> str:
    """Counts of rows by table, as the list of actions names them: "3 messages, 1 member"; others are left out."""
    return _counts_in_words({table: counts[table] for table in _NOUNS if counts.get(table)})


def _counts_in_words(counts: Mapping[str, int]) -> str:
    return ", ".join(_counted(name, count) for name, count in counts.items())


def _counted(name: str, count: int) -> str:
    """A count with its noun: "3 members". A name of the form "conversation with your draft" carries a reason."""
    table, _with, why = name.partition(" with ")
    rows = counted(count, *_NOUNS[table])
    return tr("{rows} with {why}").format(rows=rows, why=tr(why)) if why else rows
