"""The check-up of the community's file: SQLite's own checks, and invariants of our tables.

Each rule is a query that returns the rows which violate it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from app.base import clock
from app.base.errors import NotFoundError
from app.base.text import words
from app.base.words import N_, tr
from app.inbox.originals import Kept, kept
from app.store import backup, seals
from app.store.connection import open_to_check
from app.store.header import has_log
from app.store.holding import is_alone
from app.store.migrations import (
    refuse_foreign_log,
    refuse_missing,
    refuse_unfit,
    refuse_unopened,
)
from app.store.sqlite import Connection, DatabaseError, scalar

_MAX_FAULTS = 20  # reported per rule
_IDS_A_MINUTE = 32


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
    originals: Kept = field(default_factory=lambda: Kept(0, 0))

    @property
    def sound(self) -> bool:
        """Whether there are no faults."""
        return not self.faults


# Rule -> (query for the rows that violate it, sentence for one such row).
_RULES = {
    "tally": (
        (
            "SELECT account_id AS account, state, sum(n) AS difference"
            " FROM (SELECT account_id, state, n FROM tally UNION ALL"
            " SELECT account_id, state, -count(*) FROM conversation WHERE state <> 'empty' GROUP BY 1, 2)"
            " GROUP BY 1, 2 HAVING difference <> 0"
        ),
        N_("the “{state}” count of account {account} is off by {difference}"),
    ),
    "conversations": (
        (
            "SELECT c.id, c.messages AS recorded, count(m.id) AS actual FROM conversation c"
            " LEFT JOIN message m ON m.conversation_id = c.id"
            " GROUP BY c.id HAVING actual <> c.messages"
        ),
        N_("conversation C-{id} is recorded with {recorded} messages but has {actual}"),
    ),
    "joined": (
        "SELECT id FROM conversation WHERE joined_into IS NOT NULL AND messages > 0",
        N_("conversation C-{id} was joined into another but has messages"),
    ),
    "last message": (
        (
            "SELECT c.id, c.last_message_id FROM conversation c LEFT JOIN message m ON m.id = c.last_message_id"
            " WHERE c.messages > 0 AND (m.id IS NULL OR m.conversation_id <> c.id OR (m.out <> c.last_out"
            "   AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id"  # then it counts as answered
            "     AND o.state IN ('held', 'queued', 'sending') AND o.purpose IN ('reply', 'new', 'forward'))))"
        ),
        N_("conversation C-{id} has the wrong last message"),
    ),
    "messages": (
        (
            "SELECT m.id, c.id AS conversation FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " WHERE m.account_id <> c.account_id"
        ),
        N_("message M-{id} belongs to a different account than its conversation C-{conversation}"),
    ),
    "message order": (
        "SELECT m.id FROM message m WHERE m.id < m.at / 60 * 32",
        N_("message M-{id} is out of order: its id is too low for its time"),
    ),
    "outbox": (
        (
            "SELECT id, state FROM outbox WHERE (state = 'sent' AND sent_at IS NULL)"
            " OR (state IN ('sending', 'undecided') AND sending_at IS NULL)"
            " OR (message_id IS NOT NULL AND state <> 'sent')"
            " OR (state = 'sent' AND message_id IS NOT NULL"
            "   AND NOT EXISTS (SELECT 1 FROM message WHERE id = outbox.message_id))"
        ),
        N_("reply O-{id} is marked “{state}” without the details to support it"),
    ),
    "sent once": (
        (
            "SELECT account_id AS account, remote_id AS remote, count(*) AS replies FROM outbox"
            " WHERE state = 'sent' AND remote_id IS NOT NULL"
            " GROUP BY 1, 2 HAVING count(*) > 1"
        ),
        N_("{replies} replies from account {account} have become the same message “{remote}”"),
    ),
    "cursors": (
        (
            "SELECT u.account_id AS account, u.name FROM cursor u LEFT JOIN account a ON a.id = u.account_id"
            " WHERE a.id IS NULL OR u.value = ''"
        ),
        N_("the reading position “{name}” of account {account} is empty or has no account"),
    ),
    "members": (
        (
            "SELECT i.id, p.id AS member FROM identity i JOIN member p ON p.id = i.member_id"
            " WHERE p.merged_into IS NOT NULL"
        ),
        N_("identity number {id} belongs to member P-{member}, who has been merged into another"),
    ),
    "gifts": (
        "SELECT id FROM gift WHERE worth < 0 OR qty < 1",
        N_("gift number {id} has an impossible value or quantity"),
    ),
    "attachments": (
        (
            "SELECT a.id, a.message_id AS message FROM attachment a LEFT JOIN attachment_bytes b ON b.sha256 = a.sha256"
            " WHERE b.sha256 IS NULL AND a.sha256 <> x''"
        ),
        N_("the content of attachment {id} of message M-{message} is missing"),
    ),
}


_STATE_NAMES = {
    "needs_me": N_("needs reply"),
    "waiting": N_("waiting"),
    "snoozed": N_("snoozed"),
    "quiet": N_("quiet"),
    "done": N_("done"),
    "sending": N_("sending"),
    "sent": N_("sent"),
    "undecided": N_("undecided"),
    "failed": N_("failed"),
    "held": N_("held"),
    "queued": N_("queued"),
    "discarded": N_("discarded"),
}
"""The states of conversations and replies, for the sentences above."""


def check_file(file: Path) -> Health:
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
    with closing(open_to_check(file)) as conn:
        refuse_unfit(conn, file)
        return examine(conn, file)


def examine(conn: Connection, file: Path) -> Health:
    """Check the open file; changes nothing. Only a writable connection can check the inside of the search index."""
    faults = [Fault("file", text) for text in backup.faults(conn)]
    if not faults:  # with corrupt pages, results about rows mean nothing
        faults += row_faults(conn)
        faults += [Fault("seals", describe(one)) for one in seals.broken(file)[:_MAX_FAULTS]]
    if file.stat().st_mode & 0o077:
        faults.append(
            Fault("privacy", tr("other people on this computer may be able to read {file}").format(file=file))
        )
    rules = ("file", *_RULES, "contents", "letters", "search", "seals", "privacy")
    if any(fault.rule == "file" for fault in faults):
        return Health(file, rules, tuple(faults), 0, 0, 0)
    joined = int(scalar(conn, "SELECT count(*) FROM conversation WHERE joined_into IS NOT NULL"))
    conversations = _count(conn, "conversation") - joined
    counts = _count(conn, "message"), conversations, _count(conn, "member")
    return Health(file, rules, tuple(faults), *counts, kept(conn))


def row_faults(conn: Connection, *, searching: bool = True) -> list[Fault]:
    """The rules about rows that are broken, and with `searching` what the search index lacks; not those of pages.

    It makes tables in the connection's own memory, and changes nothing in the file.
    """
    found = [fault for rule, (asked, sentence) in _RULES.items() for fault in _violations(conn, rule, asked, sentence)]
    try:
        found += [Fault("contents", what) for what in _changed_contents(conn)]
    except (DatabaseError, UnicodeDecodeError) as why:
        found.append(Fault("contents", tr("can't be checked: {why}").format(why=why)))
    try:
        found += [Fault("letters", _undecodable(*one)) for one in islice(seals.undecodable(conn), _MAX_FAULTS)]
    except DatabaseError as why:
        found.append(Fault("letters", tr("can't be checked: {why}").format(why=why)))
    return [*found, *(_search_faults(conn) if searching else ())]


def _undecodable(table: str, number: int) -> str:
    sentence = tr("a letter is damaged in row {number} of the table {table}, so that it can't be read")
    return sentence.format(number=number, table=table)


def digest_of(content: bytes, like: bytes | str) -> bytes | str:
    """The SHA-256 of a content in the form in which its table keeps it: bytes, or in hex."""
    made = hashlib.sha256(content)
    return made.hexdigest() if isinstance(like, str) else made.digest()


def _changed_contents(conn: Connection) -> Iterator[str]:
    """Files that aren't what their names, SHA-256, say, and letters that can't be unpacked any more."""
    for table in ("attachment_bytes", "outgoing_bytes"):
        for digest, content in conn.execute(f"SELECT sha256, bytes FROM {table}"):
            if digest_of(content, digest) != digest:
                yield tr("the content of a file in the table {table} isn't what it was").format(table=table)
    for number, content in conn.execute("SELECT message_id, bytes FROM raw WHERE packed"):
        try:
            zlib.decompress(content)
        except zlib.error:
            yield tr("the letter of message M-{id}, as it came, can't be unpacked any more").format(id=number)


def describe(one: seals.Broken) -> str:
    """Where the disk, or another program, changed something, as a phrase."""
    if one.sheet == "message":  # the ids carry the time: see docs/decisions/0001
        of_messages = tr("some messages of {first} to {last} aren't as Rapport wrote them")
        return of_messages.format(first=_when(one.first), last=_when(one.last))
    sentence = tr("some of the rows {first} to {last} of the table {table} aren't as Rapport wrote them")
    return sentence.format(table=one.sheet, first=one.first, last=one.last)


def _when(message_id: int) -> str:
    return f"{clock.local(message_id // _IDS_A_MINUTE * 60):%Y-%m-%d %H:%M}"


def _violations(conn: Connection, rule: str, question: str, sentence: str) -> list[Fault]:
    """The rows that violate a rule; if the query fails, say because a table is missing, that is the fault."""
    try:
        rows = conn.execute(f"{question} LIMIT {_MAX_FAULTS}").fetchall()
    except (DatabaseError, UnicodeDecodeError) as why:
        return [Fault(rule, tr("can't be checked: {why}").format(why=why))]
    violations = [dict(row) for row in rows]
    return [
        Fault(rule, tr(sentence).format(**row | {"state": tr(_STATE_NAMES.get(str(row.get("state")), ""))}))
        for row in violations
    ]


def _search_faults(conn: Connection) -> list[Fault]:
    try:
        return [Fault("search", text) for text in _index_mismatches(conn)]
    except (DatabaseError, UnicodeDecodeError) as why:
        return [Fault("search", tr("the search index can't be read: {why}").format(why=why))]


def _count(conn: Connection, table: str) -> int:
    return int(scalar(conn, f"SELECT count(*) FROM {table}"))


def _index_mismatches(conn: Connection) -> Iterator[str]:
    """Compare the search index with `message` both ways: messages with words must be in it, and nothing else."""
    conn.execute("CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab(main, message_index, instance)")
    try:
        conn.execute("CREATE TEMP TABLE indexed AS SELECT DISTINCT doc AS id FROM temp.indexed_words")
        conn.execute("CREATE UNIQUE INDEX temp.indexed_id ON indexed(id)")
        lost = conn.execute(
            "SELECT id FROM temp.indexed WHERE id NOT IN (SELECT id FROM message) LIMIT ?", (_MAX_FAULTS,)
        )
        yield from (
            tr("the search index has message M-{id}, which doesn't exist").format(id=number) for (number,) in lost
        )
        silent = conn.execute("SELECT id, text FROM message WHERE id NOT IN (SELECT id FROM temp.indexed)")
        yield from (tr("search can't find message M-{id}").format(id=number) for number, text in silent if words(text))
    finally:
        conn.execute("DROP TABLE IF EXISTS temp.indexed")
        conn.execute("DROP TABLE IF EXISTS temp.indexed_words")
