"""Undo for any action: TEMP triggers record the before image of each touched row, stored with the action on commit.

Undoing a step restores only columns that are still as the action left them: one changed since keeps its newer value, so
that undoing "done" does not roll back a message that came in meanwhile. If a newer action built on the value, that
action takes over the older before image, so that undoing both, in either order, restores the beginning. A row inserted
by the action and edited by a newer one is not deleted, as the edit would be lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from app.base.errors import UserError
from app.base.words import tr
from app.store.references import has_rows, keys_to
from app.store.sqlite import Connection, IntegrityError, Row, scalar

# Tables that a person's action may touch. Imports are undone by their batch instead (see app.imports).
UNDOABLE = (
    "account", "member", "identity", "conversation", "message", "label", "conversation_label", "draft", "template",
    "template_text", "template_use", "template_version",
    "voice_guide", "voice_trait", "voice_example", "voice_rule", "outbox", "promise",
    "teammate", "handoff", "gift", "gift_budget", "known_person",
    "letter_draft", "conversation_link", "signature", "known_name", "outgoing_file", "message_version", "known_word",
    "view", "draft_beside",
    "block", "handling", "put_off", "open_question", "kind_word", "rule", "rule_hit", "closing_habit",
    "teammate_thanks", "handoff_step", "given_file", "given_row", "returned_file", "returned_row", "passed_on",
    "responsible",
    "member_label", "member_field", "member_value", "member_note", "member_merge", "member_apart", "member_list",
    "help", "no_help", "introduction", "quarrel", "quarrel_side", "work",
    "gift_item", "gift_item_part", "stock_move", "voucher", "gift_choice",
    "gift_address", "gift_rate", "gift_pass", "giveaway", "giveaway_source", "giveaway_entry",
    "embargo", "embargo_news", "fact", "fact_value", "fact_told", "keep_rule",
)  # fmt: skip

SHARED = ("account", "identity", "label")
"""Rows that an action creates incidentally and later actions may share; undo keeps them while in use."""
_DERIVED = ("activity", "involvement")
"""Tables that follow from others: a row of theirs does not keep what it is about in use."""
WRITTEN_ON = ("draft", "letter_draft")
"""Text that the person keeps editing without creating actions; undo never discards a newer version."""
_HOLDS_NO_WORDS = ("outbox",)
"""Tables whose newer changes are only times and states, not words: undo deletes the row all the same."""

Hook = Callable[[Connection, str, int], None]
"""Called for a step on its table that is redone, with the operation and the row id. May raise UserError to refuse."""


class Step(NamedTuple):
    """What an action did to one row: old and new values of the changed columns, or of the whole row."""

    table: str
    op: str
    row_id: int
    before: dict[str, Any]
    after: dict[str, Any]


After = Callable[[Connection, Step], None]
"""Called for each step on its table, in the transaction that undoes the action."""


class Copy(NamedTuple):
    """What is kept of a table's rows elsewhere, and is no row that an undo knows: the entries of a search index."""

    forget: Callable[[Connection, int], None]
    """Called once for each row, before the first of its steps, if the row is there."""
    remember: Callable[[Connection, int], None]
    """Called once for each row, after all steps, if the row is there then."""


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Figures(NamedTuple):
    """Figures that are kept beside the rows that they follow from, in every transaction that touches those."""

    watch: Callable[[Connection], None]
    """Called once for a writing connection: it makes what notes the rows that are touched."""
    settle: Callable[[Connection], None]
    """Called at the end of each transaction, in it: it brings the figures up to date."""


class Told(NamedTuple):
    """What is said besides of an undo or a redo that touches one of these tables, such as that a sum goes over."""

    tables: frozenset[str]
    look: Callable[[Connection], Any]
    """Called before the first step: how it stands."""
    tell: Callable[[Connection, Any], str]
    """Called after the last step with how it stood: sentences, "" for nothing."""


class Hooks(NamedTuple):
    """Callbacks by table, for effects of an undo that lie outside the row's own columns.

    `before` runs before each step is undone (it may raise UserError to refuse), `after` once the whole action is,
    `again` when a redo has reinserted a row. `copies` are kept in step by both. `figures` follow every write. `told` is
    what is said besides.
    """

    before: Mapping[str, After] = _NOTHING
    after: Mapping[str, After] = _NOTHING
    again: Mapping[str, Hook] = _NOTHING
    copies: Mapping[str, Copy] = _NOTHING
    figures: Figures | None = None
    told: Told | None = None


NO_HOOKS = Hooks()


class Telling:
    """Says what an undo or a redo of rows of these tables has to say besides."""

    def __init__(self, conn: Connection, told: Told | None, tables: Iterable[str]) -> None:
        """Look how it stands, if one of the tables is told of."""
        self._conn = conn
        self._told = told if told is not None and not told.tables.isdisjoint(tables) else None
        self._stood = self._told.look(conn) if self._told is not None else None

    def sentences(self) -> str:
        """What is to be said after the last step; "" for nothing."""
        return self._told.tell(self._conn, self._stood) if self._told is not None else ""


class Copying:
    """Keeps the copies of rows in step while steps are taken, however many of them are on one row."""

    def __init__(self, conn: Connection, copies: Mapping[str, Copy]) -> None:
        self._conn, self._copies = conn, copies
        self._touched: set[tuple[str, int]] = set()

    def forget(self, table: str, row_id: int) -> None:
        """Before a step: drop the copy of its row, unless an earlier step has."""
        if table in self._copies and (table, row_id) not in self._touched:
            self._touched.add((table, row_id))
            if has_rows(self._conn, table, "rowid", row_id):
                self._copies[table].forget(self._conn, row_id)

    def remember(self) -> None:
        """After the last step: copy the rows that are there."""
        for table, row_id in sorted(self._touched):
            if has_rows(self._conn, table, "rowid", row_id):
                self._copies[table].remember(self._conn, row_id)


def columns(conn: Connection, table: str) -> list[str]:
    """The table's writable columns, without generated ones."""
    return [row["name"] for row in conn.execute(f"PRAGMA table_info({table})")]


def watch(conn: Connection) -> None:
    """Create the recording triggers on a writing connection; they are inactive until `begin`."""
    conn.execute("CREATE TEMP TABLE undo_on (n INTEGER NOT NULL)")
    conn.execute("INSERT INTO undo_on VALUES (0)")
    conn.execute(
        "CREATE TEMP TABLE undo_step (step INTEGER PRIMARY KEY, tbl TEXT NOT NULL, op TEXT NOT NULL,"
        " row_id INTEGER NOT NULL, before TEXT, after TEXT)"
    )
    triggers: list[str] = []
    for table in UNDOABLE:
        names = columns(conn, table)
        old, new = _as_json(names, "OLD"), _as_json(names, "NEW")
        for op, row, before, after in (
            ("insert", "NEW", "NULL", new),
            ("update", "OLD", old, new),
            ("delete", "OLD", old, "NULL"),
        ):
            triggers.append(
                f"CREATE TEMP TRIGGER undo_{table}_{op} AFTER {op} ON main.{table} WHEN (SELECT n FROM undo_on) BEGIN "
                "INSERT INTO undo_step (tbl, op, row_id, before, after) VALUES"
                f" ('{table}','{op}',{row}.rowid,{before},{after}); END;"
            )
    conn.executescript("\n".join(triggers))  # as in app/store/changes.py


def _as_json(names: list[str], row: str) -> str:
    pairs = ", ".join(f"'{name}', {row}.{name}" for name in names)
    return f"json_object({pairs})"


def deleted(table: str, column: str) -> str:
    """SQL that selects a column of the rows of an undoable table that an undo could bring back.

    Those that the open transaction has deleted, if it is recorded, are among them: only its end stores its steps.
    """
    where = f"WHERE tbl = '{table}' AND op = 'delete'"
    return " UNION ALL ".join(
        f"SELECT before ->> '{column}' AS {column} FROM {steps} {where}" for steps in ("action_step", "temp.undo_step")
    )


def begin(conn: Connection) -> None:
    """Start recording in the open transaction."""
    conn.execute("UPDATE temp.undo_on SET n = 1")


def finish_recording(conn: Connection, title: str, at: int) -> int | None:
    """Store the action and its steps in the open transaction; returns its id, None if no row was touched."""
    conn.execute("UPDATE temp.undo_on SET n = 0")
    taken = conn.execute("SELECT tbl, op, row_id, before, after FROM temp.undo_step ORDER BY step").fetchall()
    conn.execute("DELETE FROM temp.undo_step")
    steps = [step for step in (_trimmed(*row) for row in _run_together(_without_transient(taken))) if step]
    if not steps:
        return None
    action = new_action(conn, title, at)
    conn.executemany(
        "INSERT INTO action_step VALUES (?, ?, ?, ?, ?, ?, ?)", [(action, n, *step) for n, step in enumerate(steps)]
    )
    return action


def new_action(conn: Connection, title: str, at: int, batch_id: int | None = None) -> int:
    """Insert an action without steps in the open transaction; returns its id. `batch_id` marks it as an import."""
    made = conn.execute("INSERT INTO action (at, title, batch_id) VALUES (?, ?, ?)", (at, title, batch_id))
    return int(made.lastrowid or 0)


def next_action(conn: Connection) -> int:
    """The id that the action of the open transaction is going to have, for who keeps it with what is done."""
    return int(scalar(conn, "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'action'"))


_CLOCK, COPY = "clock", "copy"
"""What stands in a step's `tbl` that touches no row: nobody did the action but the clock; it came from a copy."""
_NO_ROW = f"('{_CLOCK}', '{COPY}')"


def note_by_clock(conn: Connection, action: int) -> None:
    """Note in the open transaction that the clock did this, so that no bare "undo" takes it back."""
    conn.execute(
        "INSERT INTO action_step SELECT ?1, max(step) + 1, ?2, 'update', ?1, NULL, NULL FROM action_step"
        " WHERE action_id = ?1",
        (action, _CLOCK),
    )


def is_by_clock(conn: Connection, action: int) -> bool:
    """Whether nobody did this action but the clock."""
    found = conn.execute("SELECT 1 FROM action_step WHERE action_id = ? AND tbl = ?", (action, _CLOCK)).fetchone()
    return found is not None


def join(conn: Connection, action: int, into: int, known: int) -> int:
    """Move the steps of an action to another, which has `known` steps; delete the first. Returns how many moved."""
    moved = conn.execute(
        "UPDATE action_step SET action_id = ?, step = step + ? WHERE action_id = ?", (into, known, action)
    )
    conn.execute("DELETE FROM action WHERE id = ?", (action,))
    return int(moved.rowcount)


def forget_rows(conn: Connection, gone: Mapping[str, str], at: int) -> None:
    """Drop the steps on rows that undoing an import deletes; actions left without steps are marked undone.

    `gone` maps tables to SQL that selects the ids of such rows. Steps of imports stay: they are undone by their batch.
    """
    touched: set[int] = set()
    for table, ids in gone.items():
        where = f"WHERE tbl = '{table}' AND row_id IN ({ids})"
        where += " AND action_id IN (SELECT id FROM action WHERE batch_id IS NULL AND undone_at IS NULL)"
        touched |= {action for (action,) in conn.execute(f"SELECT DISTINCT action_id FROM action_step {where}")}
        conn.execute(f"DELETE FROM action_step {where}")
    conn.executemany(
        "UPDATE action SET undone_at = ?1 WHERE id = ?2"
        f" AND NOT EXISTS (SELECT 1 FROM action_step WHERE action_id = ?2 AND tbl NOT IN {_NO_ROW})",
        [(at, number) for number in touched],
    )


def cut_steps(conn: Connection, table: str, row_id: int) -> None:
    """Empty what the steps on a row hold, also those of imports, which are undone by their batch."""
    conn.execute(
        "UPDATE action_step SET before = iif(before IS NULL, NULL, '{}'), after = iif(after IS NULL, NULL, '{}')"
        " WHERE tbl = ? AND row_id = ?",
        (table, row_id),
    )


def _without_transient(taken: list[Row]) -> list[Row]:
    """Drop the steps on rows that were both inserted and deleted within the action."""
    first: dict[tuple[str, int], str] = {}
    last: dict[tuple[str, int], str] = {}
    for table, op, row_id, _, _ in taken:
        first.setdefault((table, row_id), op)
        last[table, row_id] = op
    passing = {row for row, op in first.items() if op == "insert" and last[row] == "delete"}
    return [step for step in taken if (step["tbl"], step["row_id"]) not in passing] if passing else taken


_Recorded = tuple[str, str, int, str | None, str | None]
"""A step as it was recorded: table, operation, row id, and the whole row before and after, as JSON."""


def _run_together(taken: Iterable[Row]) -> list[_Recorded]:
    """Make one step of updates of a row that follow each other.

    A trigger of the file may answer an update with another one: undone one by one, the first would make it answer
    again.
    """
    steps: list[_Recorded] = []
    for table, op, row_id, before, after in taken:
        if op == "update" and steps and steps[-1][:3] == (table, op, row_id):
            before = steps.pop()[3]  # noqa: PLW2901  where the run began
        steps.append((table, op, row_id, before, after))
    return steps


def _trimmed(table: str, op: str, row_id: int, before: str | None, after: str | None) -> tuple[Any, ...] | None:
    """Reduce the step to the changed columns; None for an update that changed nothing."""
    if op != "update":
        return table, op, row_id, before, after if table in WRITTEN_ON else None
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    changed = [name for name in old if old[name] != new[name]]
    if not changed:
        return None
    return (
        table,
        op,
        row_id,
        json.dumps({name: old[name] for name in changed}),
        json.dumps({name: new[name] for name in changed}),
    )


def steps_of(conn: Connection, action: int) -> list[Step]:
    """The action's steps, last first."""
    rows = conn.execute(
        f"SELECT tbl, op, row_id, before, after FROM action_step WHERE action_id = ? AND tbl NOT IN {_NO_ROW}"
        " ORDER BY step DESC",
        (action,),
    )
    return [
        Step(table, op, row_id, json.loads(before or "{}"), json.loads(then or "{}"))
        for table, op, row_id, before, then in rows
    ]


def fills(conn: Connection, action: int) -> list[Step]:
    """An import's updates of rows that existed before it; the rows it inserted are undone by its batch."""
    steps = steps_of(conn, action)
    made = {(step.table, step.row_id) for step in steps if step.op == "insert"}
    return [step for step in steps if step.op == "update" and (step.table, step.row_id) not in made]


def revert(
    conn: Connection,
    action: int,
    hooks: Hooks,
    steps: Sequence[Step] | None = None,
    together: Collection[str] = (),
) -> bool:
    """Undo the action's steps, last first, in the open transaction. Raises UserError if it can no longer be undone.

    `steps` limits it to these. Rows that it inserted into the tables `together` stay while they are in use. Returns
    whether newer actions were left unchanged; if not, this cannot be redone.
    """
    steps = steps_of(conn, action) if steps is None else steps
    by_the_way = any(step.table not in SHARED for step in steps)
    newer, keys = _newer_steps(conn, action), _Keys(conn)
    alone, copying = True, Copying(conn, hooks.copies)
    try:
        for step in steps:
            if step.table in hooks.before:
                hooks.before[step.table](conn, step)
            copying.forget(step.table, step.row_id)
            later = newer.get((step.table, step.row_id), [])
            shared = (step.table in SHARED and by_the_way) or step.table in together
            stays = step.op == "insert" and shared and (keys.are_used(step) or (later and step.table in together))
            alone &= bool(stays) or _reverse(conn, step, later, keys)
    except IntegrityError as why:
        raise _depended_on() from why
    copying.remember()
    for step in steps:
        if step.table in hooks.after:
            hooks.after[step.table](conn, step)
    return alone


def _depended_on() -> UserError:
    return UserError(tr("This can no longer be undone: something newer depends on it."))


class _NewerStep(NamedTuple):
    """A step of a newer, standing action on a row that is being undone."""

    action: int
    step: int
    op: str
    before: dict[str, Any]
    title: str


def _newer_steps(conn: Connection, action: int) -> dict[tuple[str, int], list[_NewerStep]]:
    rows = conn.execute(
        "SELECT s.tbl, s.row_id, s.action_id, s.step, s.op, s.before, a.title FROM action_step s"
        " JOIN action a ON a.id = s.action_id AND a.undone_at IS NULL WHERE s.action_id > ?1 AND s.before IS NOT NULL"
        " AND (s.tbl, s.row_id) IN (SELECT tbl, row_id FROM action_step WHERE action_id = ?1)"
        " ORDER BY s.action_id, s.step",
        (action,),
    )
    steps: dict[tuple[str, int], list[_NewerStep]] = {}
    for table, row_id, newer, step, op, before, title in rows:
        steps.setdefault((table, row_id), []).append(_NewerStep(newer, step, op, json.loads(before), title))
    return steps


def _reverse(conn: Connection, step: Step, newer: Sequence[_NewerStep], keys: _Keys) -> bool:
    """Undo one step; returns whether newer actions on its row were left unchanged."""
    if step.op == "insert":
        return _delete_row(conn, step, newer, keys)
    if step.op == "delete":
        clash = " OR IGNORE" if step.table in WRITTEN_ON else ""
        names, marks = ", ".join(step.before), ", ".join("?" * len(step.before))
        values = tuple(step.before.values())
        conn.execute(f"INSERT{clash} INTO {step.table} ({names}) VALUES ({marks})", values)
        return True
    return _restore_columns(conn, step, newer)


def _delete_row(conn: Connection, step: Step, newer: Sequence[_NewerStep], keys: _Keys) -> bool:
    if step.table in WRITTEN_ON:
        tests = " AND ".join(f"{name} IS ?" for name in step.after)
        conn.execute(f"DELETE FROM {step.table} WHERE {tests}", tuple(step.after.values()))
        return True
    changed = next((later for later in newer if later.op == "update"), None)
    if changed is not None and step.table not in _HOLDS_NO_WORDS:
        msg = tr("“{title}” came after it and depends on it. Undo that first.").format(title=changed.title)
        raise UserError(msg)
    if keys.hang_on(step):
        raise _depended_on()
    conn.execute(f"DELETE FROM {step.table} WHERE rowid = ?", (step.row_id,))
    gone = [(later.action, later.step) for later in newer if later.op == "delete"]
    conn.executemany("DELETE FROM action_step WHERE action_id = ? AND step = ?", gone)
    return not gone


def _restore_columns(conn: Connection, step: Step, newer: Sequence[_NewerStep]) -> bool:
    """Restore columns, or hand the before image to the newer action that has changed them again."""
    mine, handed = [], False
    for name, value in step.before.items():
        later = next((later for later in newer if name in later.before), None)
        if later is None:
            mine.append(name)
        elif later.before[name] == step.after[name]:
            later.before[name] = value
            where = (json.dumps(later.before), later.action, later.step)
            conn.execute("UPDATE action_step SET before = ? WHERE action_id = ? AND step = ?", where)
            handed = True
    if mine:
        settings = ", ".join(f"{name} = CASE WHEN {name} IS ? THEN ? ELSE {name} END" for name in mine)
        pairs = [value for name in mine for value in (step.after[name], step.before[name])]
        conn.execute(f"UPDATE {step.table} SET {settings} WHERE rowid = ?", (*pairs, step.row_id))
    return not handed


class _Keys:
    """What refers to the rows of an undo: the foreign keys to each table are looked up once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._to: dict[str, list[tuple[str, str, bool]]] = {}

    def are_used(self, step: Step) -> bool:
        """Whether any row of any table references this one."""
        return self._any(step, [(child, name) for child, name, _ in self._of(step) if child not in _DERIVED])

    def hang_on(self, step: Step) -> bool:
        """Whether a row would be deleted with this one that an undo knows."""
        return self._any(step, _hanging(self._of(step)))

    def _of(self, step: Step) -> list[tuple[str, str, bool]]:
        if step.table not in self._to:
            self._to[step.table] = keys_to(self._conn, step.table)
        return self._to[step.table]

    def _any(self, step: Step, columns: Iterable[tuple[str, str]]) -> bool:
        return any(has_rows(self._conn, child, name, step.row_id) for child, name in columns)


def hanging(conn: Connection, table: str) -> list[tuple[str, str]]:
    """Undoable tables whose rows are deleted by cascade with a row of this table: (table, column) pairs."""
    return _hanging(keys_to(conn, table))


def _hanging(keys: Iterable[tuple[str, str, bool]]) -> list[tuple[str, str]]:
    return [(child, column) for child, column, cascades in keys if cascades and child in UNDOABLE]
