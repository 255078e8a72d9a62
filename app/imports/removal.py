"""Remove an import: its messages and index entries, and the conversations, identities and members that only it brought.

Rows with later work stay (see app.imports.built): a conversation with a draft, a label or a reply keeps its messages, a
member with a note or a gift stays. What to remove is first computed into temporary tables, so that the list of actions
can show it before the undo.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from app.accounts import records as accounts
from app.actions import Removed
from app.base import clock
from app.gifts import given
from app.imports.built import kept_conversations, kept_members
from app.inbox import conversations, labels, whereabouts
from app.inbox.standing import recompute_standing
from app.intake import messages
from app.members import identities, own, records
from app.store import undo
from app.store.sqlite import Connection, scalar

_FROM_IMPORT = "(batch_id = ?1 OR batch_id IN (SELECT id FROM import_batch WHERE undone_at IS NOT NULL))"
_REMOVED_ROWS = {
    "conversation": "SELECT id FROM temp.vanishing",
    "identity": "SELECT id FROM temp.lost",
    "member": "SELECT id FROM temp.gone",
    "gift": "SELECT id FROM temp.leaving_gift",
    "conversation_label": "SELECT id FROM temp.given_label",
    "help": "SELECT id FROM temp.leaving",
    "no_help": "SELECT id FROM temp.leaving",
}
"""Queries for the removed rows, by table, that undo steps may refer to."""
_TEMP_TABLES = (
    "talk",
    "kept_talk",
    "leaving",
    "vanishing",
    "listed",
    "met",
    "kept_member",
    "lost",
    "gone",
    "leaving_gift",
    "given_label",
)
_INSERTED = (
    "SELECT s.row_id FROM action_step s JOIN action a ON a.id = s.action_id WHERE a.batch_id = ?1 AND s.op = 'insert'"
    " AND s.tbl = "
)


def remove(conn: Connection, batch: int) -> Removed:
    """Remove the import in the open transaction; returns what was removed and what was kept."""
    made = plan(conn, batch)
    messages.remove(conn, _listed(conn, "SELECT id FROM temp.leaving"))
    messages.leave_batch(conn, batch)
    _labels(conn, batch)
    _conversations(conn)
    given.remove(conn, _listed(conn, "SELECT id FROM temp.leaving_gift"))
    _people(conn)
    undo.forget_rows(conn, _REMOVED_ROWS, clock.now())
    drop_temp_tables(conn)
    return made


def plan(conn: Connection, batch: int) -> Removed:
    """Compute what to remove into temporary tables and return a summary; the file does not change."""
    drop_temp_tables(conn)
    _fill(conn, "given_label", f"{_INSERTED} 'conversation_label'", batch)
    _fill(conn, "talk", "SELECT DISTINCT conversation_id FROM main.message WHERE batch_id = ?1", batch)
    talks = kept_conversations(conn)
    _list(conn, "kept_talk", talks)
    conn.execute(
        "DELETE FROM temp.given_label WHERE id IN (SELECT id FROM main.conversation_label"
        " WHERE conversation_id IN (SELECT id FROM temp.kept_talk))"
    )
    conn.execute(
        "CREATE TEMP TABLE leaving AS SELECT id, conversation_id, identity_id FROM main.message WHERE batch_id = ?"
        " AND conversation_id NOT IN (SELECT id FROM temp.kept_talk)",
        (batch,),
    )
    _fill(
        conn,
        "vanishing",
        "SELECT DISTINCT conversation_id FROM temp.leaving l WHERE NOT EXISTS (SELECT 1 FROM main.message m"
        " WHERE m.conversation_id = l.conversation_id AND m.id NOT IN (SELECT id FROM temp.leaving))",
    )
    # one that was changed since is the person's
    _fill(conn, "leaving_gift", "SELECT id FROM main.gift WHERE batch_id = ?1 AND rev = 1", batch)
    members = _settle_people(conn, batch)
    leaving, vanishing, gone = (_count(conn, name) for name in ("leaving", "vanishing", "gone"))
    gifts = _count(conn, "leaving_gift")
    return Removed(leaving, vanishing, gone, _tally(talks.values()), _tally(members), gifts)


def _count(conn: Connection, name: str) -> int:
    return int(scalar(conn, f"SELECT count(*) FROM temp.{name}"))


def _settle_people(conn: Connection, batch: int) -> list[str]:
    """Compute which identities and members to remove; returns the reasons for those that stay."""
    _fill(
        conn,
        "listed",  # made by the rows of a table of members
        "SELECT s.row_id FROM action_step s JOIN action a ON a.id = s.action_id WHERE a.batch_id = ?1"
        " AND s.tbl = 'member' AND s.op = 'insert'",
        batch,
    )
    _fill(
        conn,
        "met",
        f"SELECT id FROM main.member WHERE {_FROM_IMPORT} AND id IN (SELECT i.member_id FROM temp.leaving l"
        " JOIN main.identity i ON i.id = l.identity_id UNION SELECT i.home_id FROM temp.leaving l"
        " JOIN main.identity i ON i.id = l.identity_id UNION SELECT id FROM temp.listed)",
        batch,
    )
    kept = kept_members(conn, batch)
    _list(conn, "kept_member", kept)
    _fill(
        conn,
        "lost",
        f"SELECT i.id FROM main.identity i WHERE {_FROM_IMPORT}"
        " AND (i.id IN (SELECT identity_id FROM temp.leaving) OR i.id IN (SELECT s.row_id FROM action_step s"
        " JOIN action a ON a.id = s.action_id WHERE a.batch_id = ?1 AND s.tbl = 'identity' AND s.op = 'insert'))"
        " AND i.member_id NOT IN (SELECT id FROM temp.kept_member)"
        " AND i.home_id NOT IN (SELECT id FROM temp.kept_member)"
        " AND NOT EXISTS (SELECT 1 FROM main.message m WHERE m.identity_id = i.id"
        "   AND m.id NOT IN (SELECT id FROM temp.leaving))"
        " AND NOT EXISTS (SELECT 1 FROM main.conversation c WHERE c.identity_id = i.id"
        "   AND c.id NOT IN (SELECT conversation_id FROM temp.leaving))",
        batch,
    )
    _fill(
        conn,
        "gone",
        "SELECT m.id FROM temp.met m WHERE m.id NOT IN (SELECT id FROM temp.kept_member) AND NOT EXISTS"
        " (SELECT 1 FROM main.identity i WHERE (i.member_id = m.id OR i.home_id = m.id)"
        " AND i.id NOT IN (SELECT id FROM temp.lost))",
    )
    return [why for number, why in kept.items() if _created_by(conn, number, batch)]


def _created_by(conn: Connection, number: int, batch: int) -> bool:
    """Whether this import created the member, and not an earlier, undone one."""
    row = conn.execute("SELECT 1 FROM member WHERE id = ? AND batch_id = ?", (number, batch)).fetchone()
    return row is not None


def drop_temp_tables(conn: Connection) -> None:
    """Drop the temporary tables of `plan`."""
    for name in _TEMP_TABLES:
        conn.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _fill(conn: Connection, name: str, question: str, *given: int) -> None:
    conn.execute(f"CREATE TEMP TABLE {name} (id INTEGER PRIMARY KEY)")
    conn.execute(f"INSERT OR IGNORE INTO temp.{name} {question}", given)


def _list(conn: Connection, name: str, numbers: Iterable[int]) -> None:
    _fill(conn, name, f"SELECT value FROM json_each('{json.dumps(list(numbers))}')")


def _tally(reasons: Iterable[str]) -> tuple[tuple[int, str], ...]:
    return tuple((times, why) for why, times in Counter(reasons).most_common())


def close_places(conn: Connection, batch: int) -> None:
    """Mark the import as undone, and remove accounts created for a file since then that are empty now."""
    conn.execute("UPDATE import_batch SET undone_at = ? WHERE id = ?", (clock.now(), batch))
    empty = [
        number
        for (number,) in conn.execute(
            "SELECT id FROM account a WHERE mode = 'file' AND created_at >= (SELECT at FROM import_batch WHERE id = ?)"
            " AND NOT EXISTS (SELECT 1 FROM conversation WHERE account_id = a.id)",
            (batch,),
        )
    ]
    conn.executemany("UPDATE import_batch SET account_id = NULL WHERE account_id = ?", [(number,) for number in empty])
    accounts.remove(conn, empty)


def _conversations(conn: Connection) -> None:
    """Remove the empty conversations, and recompute the state of the others."""
    vanishing = _listed(conn, "SELECT id FROM temp.vanishing")
    joined = [trace for number in vanishing for trace in whereabouts.joined(conn, number)]
    conn.executemany("INSERT OR IGNORE INTO temp.vanishing VALUES (?)", [(trace,) for trace in joined])
    conversations.remove(conn, [*vanishing, *joined])
    left = set(_listed(conn, "SELECT DISTINCT conversation_id FROM temp.leaving")) - set(vanishing)
    recompute_standing(conn, sorted(left))


def _labels(conn: Connection, batch: int) -> None:
    """Take back the labels that the import gave, where the conversation is not kept; those that nobody else uses."""
    made = [number for (number,) in conn.execute(f"{_INSERTED} 'label'", (batch,))]
    of_members = [number for (number,) in conn.execute(f"{_INSERTED} 'member_label'", (batch,))]
    for member in own.take_back(conn, of_members):
        records.reindex(conn, member)
    labels.take_back(conn, _listed(conn, "SELECT id FROM temp.given_label"), made)


def _people(conn: Connection) -> None:
    touched = _listed(
        conn, "SELECT DISTINCT i.member_id FROM temp.leaving l JOIN main.identity i ON i.id = l.identity_id"
    )
    gone = _listed(conn, "SELECT id FROM temp.gone")
    identities.remove(conn, _listed(conn, "SELECT id FROM temp.lost"))
    records.remove(conn, gone)
    records.measure(conn, sorted(set(touched) - set(gone)))


def _listed(conn: Connection, question: str) -> list[int]:
    return [number for (number,) in conn.execute(question)]
