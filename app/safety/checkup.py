"""The check-up of the community's file: SQLite's own checks, and invariants of our tables.

Each rule is a query that returns the rows which violate it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import NotFoundError
from app.base.text import words
from app.base.words import N_, tr
from app.store import backup
from app.store.connection import open_connection
from app.store.header import has_log
from app.store.holding import is_alone
from app.store.migrations import (
    refuse_foreign,
    refuse_foreign_log,
    refuse_half,
    refuse_missing,
    refuse_newer,
    refuse_unopened,
)
from app.store.sqlite import Connection, DatabaseError

_MAX_FAULTS = 20  # reported per rule


@dataclass(frozen=True, slots=True)
class Fault:
    """A violated rule, and a sentence that says where."""

    rule: str
    what: str


@dataclass(frozen=True, slots=True)
class Health:
    """Result of a check: all rules that were checked, those violated, and row counts of the file."""

    file: Path
    rules: tuple[str, ...]
    faults: tuple[Fault, ...]
    messages: int
    conversations: int
    members: int

    @property
    def sound(self) -> bool:
        """Whether there are no faults."""
        return not self.faults


# Rule -> (query for the rows that violate it, sentence for one such row).
_RULES = {
    "tally": (
        (
            "SELECT account_id, state, sum(n) AS off FROM (SELECT account_id, state, n FROM tally UNION ALL"
            " SELECT account_id, state, -count(*) FROM conversation WHERE state <> 'empty' GROUP BY 1, 2)"
            " GROUP BY 1, 2 HAVING off <> 0"
        ),
        N_("the “{1}” count of account {0} is off by {2}"),
    ),
    "conversations": (
        (
            "SELECT c.id, c.messages, count(m.id) AS n FROM conversation c"
            " LEFT JOIN message m ON m.conversation_id = c.id"
            " GROUP BY c.id HAVING n <> c.messages"
        ),
        N_("conversation C-{0} is recorded with {1} messages but has {2}"),
    ),
    "last message": (
        (
            "SELECT c.id, c.last_message_id FROM conversation c LEFT JOIN message m ON m.id = c.last_message_id"
            " WHERE c.messages > 0 AND (m.id IS NULL OR m.conversation_id <> c.id OR (m.out <> c.last_out"
            "   AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id"  # then it counts as answered
            "     AND o.state IN ('held', 'queued', 'sending'))))"
        ),
        N_("conversation C-{0} has the wrong last message"),
    ),
    "messages": (
        (
            "SELECT m.id, c.id FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " WHERE m.account_id <> c.account_id"
        ),
        N_("message M-{0} belongs to a different account than its conversation C-{1}"),
    ),
    "message order": (
        "SELECT m.id FROM message m WHERE m.id < m.at / 60 * 32",
        N_("message M-{0} is out of order: its id is too low for its time"),
    ),
    "outbox": (
        (
            "SELECT id, state FROM outbox WHERE (state = 'sent' AND sent_at IS NULL)"
            " OR (state IN ('sending', 'undecided') AND sending_at IS NULL)"
            " OR (message_id IS NOT NULL AND state <> 'sent')"
            " OR (state = 'sent' AND message_id IS NOT NULL"
            "   AND NOT EXISTS (SELECT 1 FROM message WHERE id = outbox.message_id))"
        ),
        N_("reply O-{0} is marked “{1}” without the details to support it"),
    ),
    "sent once": (
        (
            "SELECT account_id, remote_id, count(*) FROM outbox WHERE state = 'sent' AND remote_id IS NOT NULL"
            " GROUP BY 1, 2 HAVING count(*) > 1"
        ),
        N_("{2} replies from account {0} have become the same message “{1}”"),
    ),
    "cursors": (
        (
            "SELECT u.account_id, u.name FROM cursor u LEFT JOIN account a ON a.id = u.account_id"
            " WHERE a.id IS NULL OR u.value = ''"
        ),
        N_("the reading position “{1}” of account {0} is empty or has no account"),
    ),
    "members": (
        "SELECT i.id, p.id FROM identity i JOIN member p ON p.id = i.member_id WHERE p.merged_into IS NOT NULL",
        N_("identity number {0} belongs to member P-{1}, who has been merged into another"),
    ),
    "gifts": (
        "SELECT id FROM gift WHERE worth < 0 OR qty < 1",
        N_("gift number {0} has an impossible value or quantity"),
    ),
    "attachments": (
        (
            "SELECT a.id, a.message_id FROM attachment a LEFT JOIN attachment_bytes b ON b.sha256 = a.sha256"
            " WHERE b.sha256 IS NULL"
        ),
        N_("the content of attachment {0} of message M-{1} is missing"),
    ),
}  # fmt: skip


def look(file: Path) -> Health:
    """Check a file. Raises NotFoundError if it does not exist, UserError if it cannot be opened.

    A file that is empty or not ours is not opened, as SQLite would write to it.
    """
    if not file.exists():
        refuse_missing(file)
        msg = tr("There's no community at {folder} yet, so there's nothing to check.").format(folder=file.parent)
        raise NotFoundError(msg)
    refuse_unopened(file)
    if has_log(file) and is_alone(file.parent):
        refuse_foreign_log(file)
    with closing(open_connection(file)) as conn:
        refuse_newer(conn)
        refuse_foreign(conn, file)
        refuse_half(conn, file)
        return examine(conn, file)


def examine(conn: Connection, file: Path) -> Health:
    """Check the open file; needs a writable connection, but changes nothing."""
    found = [Fault("file", text) for text in backup.faults(conn)]
    if not found:  # with corrupt pages, results about rows mean nothing
        for rule, (question, sentence) in _RULES.items():
            found += _violations(conn, rule, question, sentence)
        found += _search_faults(conn)
    if file.stat().st_mode & 0o077:
        what = tr("other people on this computer may be able to read {file}").format(file=file)
        found.append(Fault("privacy", what))
    rules = ("file", *_RULES, "search", "privacy")
    if any(fault.rule == "file" for fault in found):
        return Health(file, rules, tuple(found), 0, 0, 0)
    return Health(
        file, rules, tuple(found), _count(conn, "message"), _count(conn, "conversation"), _count(conn, "member")
    )


def _violations(conn: Connection, rule: str, question: str, sentence: str) -> list[Fault]:
    """The rows that violate a rule; if the query fails, say because a table is missing, that is the fault."""
    try:
        rows = conn.execute(f"{question} LIMIT {_MAX_FAULTS}").fetchall()
    except DatabaseError as why:
        return [Fault(rule, tr("this can't be checked: {error}").format(error=why))]
    return [Fault(rule, tr(sentence).format(*row)) for row in rows]


def _search_faults(conn: Connection) -> list[Fault]:
    try:
        return [Fault("search", text) for text in _index_mismatches(conn)]
    except DatabaseError as why:
        return [Fault("search", tr("the search index can't be read: {error}").format(error=why))]


def _count(conn: Connection, table: str) -> int:
    return int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _index_mismatches(conn: Connection) -> Iterator[str]:
    """Compare the search index with `message` both ways: messages with words must be in it, and nothing else."""
    conn.execute("CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab(main, message_index, instance)")
    try:
        conn.execute("CREATE TEMP TABLE indexed AS SELECT DISTINCT doc AS id FROM temp.indexed_words")
        conn.execute("CREATE UNIQUE INDEX temp.indexed_id ON indexed(id)")
        lost = conn.execute(
            "SELECT id FROM temp.indexed WHERE id NOT IN (SELECT id FROM message) LIMIT ?", (_MAX_FAULTS,)
        )
        sentence = tr("the search index has message M-{number}, which doesn't exist")
        yield from (sentence.format(number=number) for (number,) in lost)
        silent = conn.execute("SELECT id, text FROM message WHERE id NOT IN (SELECT id FROM temp.indexed)")
        sentence = tr("search can't find message M-{number}")
        yield from (sentence.format(number=number) for number, text in silent if words(text))
    finally:
        conn.execute("DROP TABLE IF EXISTS temp.indexed")
        conn.execute("DROP TABLE IF EXISTS temp.indexed_words")
