"""Makes anew in a salvaged file what follows from its rows: index, counts, and what a reply's state needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from app.inbox.standing import recompute_standing
from app.intake.messages import words_of
from app.members.records import reindex
from app.safety.checkup import digest_of
from app.store import index, replacing, verify
from app.store.sqlite import Connection, scalar

_AT_ONCE = 500


def mend_contents(conn: Connection, newest: Path | None) -> int:
    """Put files that aren't what their SHA-256 says back from a backup, and take out those that it lacks; how many.

    One that was to go out isn't attached any more: nobody is to get a damaged file.
    """
    gone = 0
    for table in ("attachment_bytes", "outgoing_bytes"):
        wrong = [
            digest
            for digest, content in conn.execute(f"SELECT sha256, bytes FROM {table}").fetchall()
            if digest_of(content, digest) != digest
        ]
        for digest in wrong:
            content = _content(newest, table, digest)
            if content is not None:
                replacing.replace(conn, table, {"sha256": digest}, {"bytes": content})
            else:
                gone += replacing.delete(conn, table, "sha256 = :digest", {"digest": digest})
                if table == "outgoing_bytes":
                    gone += replacing.delete(conn, "outgoing_file", "sha256 = :digest", {"digest": digest})
    return gone


def _content(newest: Path | None, table: str, digest: bytes | str) -> bytes | None:
    """A file as the backup has it; None if it isn't there, or isn't what it was either."""
    if newest is None:
        return None
    with closing(verify.reading(newest)) as old:
        row = old.execute(f"SELECT bytes FROM {table} WHERE sha256 = ?", (digest,)).fetchone()
    return bytes(row["bytes"]) if row is not None and digest_of(row["bytes"], digest) == digest else None


def mend_states(conn: Connection) -> None:
    """What is marked as sent without its message is sent all the same; what was being sent is for the person to say."""
    gone = "NOT EXISTS (SELECT 1 FROM message WHERE id = outbox.message_id)"
    for table, values, where in (
        ("outbox", {"message_id": "NULL"}, f"message_id IS NOT NULL AND (state <> 'sent' OR {gone})"),
        ("outbox", {"sent_at": "coalesce(sending_at, created_at)"}, "state = 'sent' AND sent_at IS NULL"),
        ("outbox", {"sending_at": "created_at"}, "state IN ('sending', 'undecided') AND sending_at IS NULL"),
        (
            "attachment", {"sha256": "x''"},
            "sha256 <> x'' AND sha256 NOT IN (SELECT sha256 FROM attachment_bytes)",
        ),
        ("gift", {"worth": "max(worth, 0)", "qty": "max(qty, 1)"}, "worth < 0 OR qty < 1"),
    ):  # fmt: skip
        replacing.overwrite(conn, table, values, where, {})


def missing(conn: Connection) -> int:
    """How many messages the conversations counted that aren't there."""
    return int(
        scalar(
            conn,
            "SELECT coalesce(sum(max(0, c.messages - (SELECT count(*) FROM message m WHERE m.conversation_id = c.id))),"
            " 0) FROM conversation c WHERE c.joined_into IS NULL",
        )
    )


def count_again(conn: Connection) -> None:
    """Where each conversation stands, by the messages that are there."""
    many = "(SELECT count(*) FROM message m WHERE m.conversation_id = conversation.id)"
    replacing.overwrite(conn, "conversation", {"messages": many}, f"messages <> {many}", {})
    replacing.overwrite(conn, "conversation", {"last_message_id": "NULL"}, "messages = 0", {})
    wrong = [
        number
        for (number,) in conn.execute(
            "SELECT c.id FROM conversation c LEFT JOIN message m ON m.id = c.last_message_id WHERE c.messages > 0"
            " AND (m.id IS NULL OR m.conversation_id <> c.id OR EXISTS (SELECT 1 FROM message n"
            " WHERE n.conversation_id = c.id AND n.at > c.last_at))"
        )
    ]
    for some in _in_parts(wrong):
        recompute_standing(conn, some)


def index_again(conn: Connection) -> None:
    """Fill the search indexes, which are empty."""
    for some in _in_parts([number for (number,) in conn.execute("SELECT id FROM message ORDER BY id")]):
        index.add(conn, [(number, _entry(conn, number)) for number in some])
    for (number,) in conn.execute("SELECT id FROM member").fetchall():
        reindex(conn, number)


def _entry(conn: Connection, number: int) -> str:
    """A message's entry in the index; an envelope in which a letter was damaged is given up for it."""
    try:
        return words_of(conn, number)
    except ValueError:  # it is JSON no longer
        replacing.replace(conn, "message", {"id": number}, {"envelope": ""})
        return words_of(conn, number)


def _in_parts(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]
