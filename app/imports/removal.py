"""Taking an import back: its messages, their words, and the conversations, names and members that came only with it.

What the person has built on since stays: a conversation that was answered, handed over or led to a gift keeps its
messages, and a member with a gift, a promise or a hand-off stays a member.
"""

from __future__ import annotations

from app import clock
from app.intake import COLUMNS, retold, words_of
from app.store import index
from app.store.sqlite import Connection
from app.threads import Standing

_CONVERSATION_USES = (
    "SELECT conversation_id FROM outbox WHERE state <> 'discarded' UNION SELECT conversation_id FROM handoff"
    " UNION SELECT conversation_id FROM gift UNION SELECT conversation_id FROM promise"
)
_MEMBER_USES = (
    "SELECT member_id FROM gift UNION SELECT member_id FROM promise"
    " UNION SELECT member_id FROM handoff WHERE member_id IS NOT NULL"
    " UNION SELECT merged_into FROM member WHERE merged_into IS NOT NULL"
)

_CAME_WITH = "(batch_id = ? OR batch_id IN (SELECT id FROM import_batch WHERE undone_at IS NOT NULL))"


def remove(conn: Connection, batch: int) -> int:
    """Remove the import from the open transaction; how many messages went."""
    conn.execute("DROP TABLE IF EXISTS temp.leaving")
    conn.execute("DROP TABLE IF EXISTS temp.touched")
    conn.execute(
        "CREATE TEMP TABLE leaving AS SELECT id, conversation_id, identity_id FROM main.message WHERE batch_id = ?"
        f" AND conversation_id NOT IN ({_CONVERSATION_USES} )",
        (batch,),
    )
    conn.execute(
        "CREATE TEMP TABLE touched AS SELECT DISTINCT i.member_id FROM temp.leaving l"
        " JOIN main.identity i ON i.id = l.identity_id"
    )
    conversations = [row[0] for row in conn.execute("SELECT DISTINCT conversation_id FROM temp.leaving")]
    count = _messages(conn)
    conn.execute("UPDATE message SET batch_id = NULL WHERE batch_id = ?", (batch,))
    _conversations(conn, conversations)
    _people(conn, batch)
    conn.execute("DROP TABLE temp.leaving")
    conn.execute("DROP TABLE temp.touched")
    return count


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


def _messages(conn: Connection) -> int:
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
    return len(numbers)


def _conversations(conn: Connection, numbers: list[int]) -> None:
    """Drop the empty ones; tell the story of the others again without what has gone, and who spoke first in it."""
    for number in numbers:
        if conn.execute("SELECT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?)", (number,)).fetchone()[0]:
            row = conn.execute(f"SELECT {', '.join(COLUMNS)} FROM conversation WHERE id = ?", (number,)).fetchone()
            told = retold(conn, number, Standing(*row), (), 0).values()
            conn.execute(
                f"UPDATE conversation SET {', '.join(f'{name} = ?' for name in COLUMNS)} WHERE id = ?", (*told, number)
            )
        else:
            conn.execute("DELETE FROM outbox WHERE conversation_id = ? AND state = 'discarded'", (number,))
            conn.execute("DELETE FROM conversation WHERE id = ?", (number,))


def _people(conn: Connection, batch: int) -> None:
    conn.execute(
        f"DELETE FROM identity WHERE {_CAME_WITH} AND id IN (SELECT identity_id FROM temp.leaving)"
        " AND NOT EXISTS (SELECT 1 FROM message m WHERE m.identity_id = identity.id)"
        " AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.identity_id = identity.id)",
        (batch,),
    )
    gone = conn.execute(
        f"SELECT id FROM member WHERE {_CAME_WITH} AND id IN (SELECT member_id FROM temp.touched)"
        " AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = member.id OR i.home_id = member.id)"
        f" AND merged_into IS NULL AND id NOT IN ({_MEMBER_USES} )",
        (batch,),
    ).fetchall()
    conn.executemany("DELETE FROM member_index WHERE rowid = ?", gone)
    conn.executemany("DELETE FROM member WHERE id = ?", gone)
    conn.execute(
        "UPDATE member SET (first_at, last_at) = (SELECT min(m.at), max(m.at) FROM identity i JOIN message m"
        " ON m.identity_id = i.id WHERE i.member_id = member.id AND NOT m.out)"
        " WHERE id IN (SELECT member_id FROM temp.touched)"
    )
