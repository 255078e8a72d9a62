"""What all connections share."""

from __future__ import annotations

from app.store.store import Store


def test_a_writer_keeps_its_statements_compiled(store: Store) -> None:
    compiled = []

    def note(*action: object) -> int:  # SQLite asks while it compiles, not while it runs
        compiled.append(action)
        return 0

    statements = [f"UPDATE conversation SET unread = {count} WHERE id = ?" for count in range(100)]
    with store.write() as conn:
        conn.set_authorizer(note)
        for statement in statements:
            conn.execute(statement, (1,))
        assert len(compiled) > len(statements)
        compiled.clear()
        for statement in statements:
            conn.execute(statement, (1,))
        assert compiled == []
