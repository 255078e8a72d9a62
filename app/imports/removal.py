"""Taking an import back: its messages, their words, and the conversations, names and members that came only with it.

What was built on since stays (see app.imports.built): a conversation with a draft, a label or an answer keeps its
messages, a member with a note or a gift stays a member. What goes is settled first, in tables of its own, so that the
list of what was done can say it before anything is taken back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from app.actions import Removed
from app.base import clock
from app.imports.built import kept_conversations, kept_members
from app.inbox.turns import Standing
from app.intake import COLUMNS, retold, words_of
from app.store import index
from app.store.sqlite import Connection

_CAME_WITH = "(batch_id = ?1 OR batch_id IN (SELECT id FROM import_batch WHERE undone_at IS NOT NULL))"
_TABLES = ("talk", "kept_talk", "leaving", "vanishing", "listed", "met", "kept_member", "lost", "gone")


def remove(conn: Connection, batch: int) -> Removed:
    """Remove the import in the open transaction; what went and what stays."""
    made = settle(conn, batch)
    _messages(conn)
    conn.execute("UPDATE message SET batch_id = NULL WHERE batch_id = ?", (batch,))
    _conversations(conn)
    _people(conn)
    _forget_steps(conn)
    forget(conn)
    return made


def settle(conn: Connection, batch: int) -> Removed:
    """Settle what would go, into temporary tables of the open transaction, and say it; nothing of the file changes."""
    forget(conn)
    _fill(conn, "talk", "SELECT DISTINCT conversation_id FROM main.message WHERE batch_id = ?1", batch)
    talks = kept_conversations(conn)
    _list(conn, "kept_talk", talks)
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
    members = _settle_people(conn, batch)
    messages, conversations, gone = (_count(conn, name) for name in ("leaving", "vanishing", "gone"))
    return Removed(messages, conversations, gone, _counted(talks.values()), _counted(members))


def _count(conn: Connection, name: str) -> int:
    return int(conn.execute(f"SELECT count(*) FROM temp.{name}").fetchone()[0])


def _settle_people(conn: Connection, batch: int) -> list[str]:
    """Which names and members go; why the others of them stay."""
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
        f"SELECT id FROM main.member WHERE {_CAME_WITH} AND id IN (SELECT i.member_id FROM temp.leaving l"
        " JOIN main.identity i ON i.id = l.identity_id UNION SELECT i.home_id FROM temp.leaving l"
        " JOIN main.identity i ON i.id = l.identity_id UNION SELECT id FROM temp.listed)",
        batch,
    )
    kept = kept_members(conn, batch)
    _list(conn, "kept_member", kept)
    _fill(
        conn,
        "lost",
        f"SELECT i.id FROM main.identity i WHERE {_CAME_WITH}"
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
    return [why for number, why in kept.items() if _came(conn, number, batch)]


def _came(conn: Connection, number: int, batch: int) -> bool:
    """Whether this very import brought the member, and not an earlier one that was undone."""
    found = conn.execute("SELECT 1 FROM member WHERE id = ? AND batch_id = ?", (number, batch)).fetchone()
    return found is not None


def forget(conn: Connection) -> None:
    """Drop the temporary tables of `settle`."""
    for name in _TABLES:
        conn.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _fill(conn: Connection, name: str, question: str, *given: int) -> None:
    conn.execute(f"CREATE TEMP TABLE {name} (id INTEGER PRIMARY KEY)")
    conn.execute(f"INSERT OR IGNORE INTO temp.{name} {question}", given)


def _list(conn: Connection, name: str, numbers: Iterable[int]) -> None:
    _fill(conn, name, f"SELECT value FROM json_each('{json.dumps(list(numbers))}')")


def _counted(reasons: Iterable[str]) -> tuple[tuple[int, str], ...]:
    return tuple((times, why) for why, times in Counter(reasons).most_common())


def close_places(conn: Connection, batch: int) -> None:
    """Mark the import as undone; places made for a file since it began that hold nothing any more go too."""
    conn.execute("UPDATE import_batch SET undone_at = ? WHERE id = ?", (clock.now(), batch))
    empty = conn.execute(
        "SELECT id FROM account a WHERE mode = 'file' AND created_at >= (SELECT at FROM import_batch WHERE id = ?)"
        " AND NOT EXISTS (SELECT 1 FROM conversation WHERE account_id = a.id)",
        (batch,),
    ).fetchall()
    conn.executemany("UPDATE import_batch SET account_id = NULL WHERE account_id = ?", empty)
    conn.executemany("DELETE FROM tally WHERE account_id = ?", empty)
    conn.executemany("DELETE FROM account WHERE id = ?", empty)


def _messages(conn: Connection) -> None:
    numbers = [row[0] for row in conn.execute("SELECT id FROM temp.leaving ORDER BY id")]
    index.remove(conn, ((number, words_of(conn, number)) for number in numbers))
    digests = [
        row[0]
        for row in conn.execute(
            "SELECT DISTINCT sha256 FROM attachment WHERE message_id IN (SELECT id FROM temp.leaving)"
        )
    ]
    conn.execute("DELETE FROM message WHERE id IN (SELECT id FROM temp.leaving)")
    for digest in digests:
        conn.execute(
            "DELETE FROM attachment_bytes WHERE sha256 = ?1"
            " AND NOT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)",
            (digest,),
        )


def _conversations(conn: Connection) -> None:
    """Drop the empty ones; tell the story of the others again without what has gone, and who spoke first in it."""
    conn.execute("DELETE FROM conversation WHERE id IN (SELECT id FROM temp.vanishing)")
    rest = conn.execute(
        "SELECT DISTINCT conversation_id FROM temp.leaving WHERE conversation_id NOT IN (SELECT id FROM temp.vanishing)"
    ).fetchall()
    for (number,) in rest:
        row = conn.execute(f"SELECT {', '.join(COLUMNS)} FROM conversation WHERE id = ?", (number,)).fetchone()
        told = retold(conn, number, Standing(*row), (), 0).values()
        conn.execute(
            f"UPDATE conversation SET {', '.join(f'{name} = ?' for name in COLUMNS)} WHERE id = ?", (*told, number)
        )


def _people(conn: Connection) -> None:
    touched = [row[0] for row in conn.execute(
        "SELECT DISTINCT i.member_id FROM temp.leaving l JOIN main.identity i ON i.id = l.identity_id"
    )]  # fmt: skip
    conn.execute("DELETE FROM identity WHERE id IN (SELECT id FROM temp.lost)")
    conn.execute("DELETE FROM member_index WHERE rowid IN (SELECT id FROM temp.gone)")
    conn.execute("DELETE FROM member WHERE id IN (SELECT id FROM temp.gone)")
    conn.executemany(
        "UPDATE member SET (first_at, last_at) = (SELECT min(m.at), max(m.at) FROM identity i JOIN message m"
        " ON m.identity_id = i.id WHERE i.member_id = member.id AND NOT m.out) WHERE id = ?",
        [(number,) for number in touched],
    )


def _forget_steps(conn: Connection) -> None:
    """What was done to rows that have gone can no longer be undone: the list of what was done does not offer it."""
    rows = (("conversation", "vanishing"), ("identity", "lost"), ("member", "gone"))
    touched: set[int] = set()
    for table, gone in rows:
        where = f"WHERE tbl = '{table}' AND row_id IN (SELECT id FROM temp.{gone})"
        where += " AND action_id IN (SELECT id FROM action WHERE batch_id IS NULL AND undone_at IS NULL)"
        touched |= {row[0] for row in conn.execute(f"SELECT DISTINCT action_id FROM action_step {where}")}
        conn.execute(f"DELETE FROM action_step {where}")
    conn.executemany(
        "UPDATE action SET undone_at = ?1 WHERE id = ?2"
        " AND NOT EXISTS (SELECT 1 FROM action_step WHERE action_id = ?2)",
        [(clock.now(), number) for number in touched],
    )
