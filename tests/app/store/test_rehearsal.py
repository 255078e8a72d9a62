"""What is tried on copies of tables: it goes by what is there and is lost, and no write waits for it, or it for one."""

from __future__ import annotations

import pytest

from app.store.connection import open_connection
from app.store.sqlite import DatabaseError, IntegrityError, scalar
from app.workbench import Workbench

COPIED = ("member", "identity", "label", "member_label")


def test_what_is_written_to_the_copies_is_lost(bench: Workbench) -> None:
    names = "SELECT group_concat(name) FROM (SELECT name FROM member ORDER BY id)"
    before = scalar(bench.store.read, names)
    with bench.store.rehearse(COPIED) as conn:
        assert scalar(conn, names) == before
        conn.execute("UPDATE member SET name = 'Zsófia'")
        conn.execute("DELETE FROM identity")
        assert "Zsófia" in scalar(conn, names)
    assert scalar(bench.store.read, names) == before
    assert scalar(bench.store.read, "SELECT count(*) FROM identity") == 2


def test_the_file_itself_cannot_be_written(bench: Workbench) -> None:
    with bench.store.rehearse(COPIED) as conn:
        with pytest.raises(DatabaseError, match="not authorized"):
            conn.execute("UPDATE conversation SET title = ''")
        with pytest.raises(DatabaseError, match="not authorized"):
            conn.execute("DELETE FROM main.member")
        assert scalar(conn, "SELECT count(*) FROM conversation") == 2


def test_copies_keep_what_the_tables_demand(bench: Workbench) -> None:
    with bench.store.rehearse(COPIED) as conn:
        kind, key = conn.execute("SELECT kind, key FROM identity LIMIT 1").fetchone()
        with pytest.raises(IntegrityError):
            conn.execute(
                "INSERT INTO identity (kind, key, handle, member_id, home_id) VALUES (?, ?, '', 1, 1)", (kind, key)
            )
        kept = {name for (name,) in conn.execute("SELECT name FROM temp.sqlite_schema WHERE type = 'index'")}
        assert {"identity_member", "member_last", "member_label_label"} <= kept


def test_nobody_waits_for_anybody(bench: Workbench) -> None:
    other = open_connection(bench.store.path)
    other.execute("BEGIN IMMEDIATE")  # another program writes; who wants to write meanwhile gives up after a while
    try:
        with bench.store.rehearse(COPIED) as conn:
            conn.execute("UPDATE member SET name = 'Zsófia'")
    finally:
        other.execute("ROLLBACK")
    with bench.store.rehearse(COPIED) as conn:
        conn.execute("UPDATE member SET name = 'Zsófia'")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE member SET name = 'Béla' WHERE id = 1")
        other.execute("COMMIT")
    other.close()
    assert bench.members.get(1).name == "Béla"
