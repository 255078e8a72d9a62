"""Taking a member, or conversations, out of a file, in one transaction: every column that the register names.

Rows stay where counts and sums rest on them, without a word; what the register says is deleted goes. What others wrote
stays as they wrote it, but for the member's own addresses and telephone numbers (`elsewhere`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from app import tombstones
from app.base.addresses import address_key
from app.base.words import N_, tr
from app.forgetting import elsewhere
from app.forgetting.elsewhere import Traces
from app.forgetting.whose import Whose, where
from app.intake import files as came
from app.intake import messages
from app.members.records import reindex
from app.outbox import files as went
from app.store import index, steps
from app.store.outside import OUTSIDE, Way
from app.store.replacing import delete, overwrite
from app.store.sqlite import Connection, Row, scalar
from app.tombstones import RULED, WORDS

NAME, TITLE = N_("Forgotten member"), N_("About a member who was forgotten")
"""What stands in the place of a name, and of what was done."""
RULED_TITLE = N_("About a conversation that was erased")
"""The same where a rule erases conversations, whose members stay."""
_APART = ("conversation", "undo_step", "action", "action_step", "attachment_bytes", "outgoing_bytes")
"""Tables that need more than the register says, or hold what follows from others."""
_OWN_WORDS = {
    "member.name": ":name",
    "identity.handle": "'forgotten'",
    "identity.key": "'forgotten ' || id",
    "message.remote_id": "iif(remote_id IS NULL, NULL, 'forgotten ' || id)",
    "giveaway_entry.listed": "'forgotten ' || id",
    "giveaway_entry.name": ":name",
    "moderation.author": ":name",
}
"""What replaces a value that has to stay unlike all others, or is a name; in the place of the others stands `words`."""
_ENDS = {
    "outbox": {"state": "iif(state IN ('held', 'queued', 'failed', 'undecided'), 'discarded', state)"},
    "handoff": {"closed_at": "coalesce(closed_at, :at)"},
    "gift": {"state": "iif(state IN ('idea', 'approved', 'asked', 'address_in', 'to_ship'), 'declined', state)"},
    "member": {"do_not_contact": "1", "do_not_gift": "1", "note": "''"},
}
"""What comes to an end with it: nothing is sent, asked or given any more."""
_TALK = {
    "remote_id": "iif(remote_id IS NULL, NULL, 'forgotten ' || id)",
    "title": "''", "post_title": "''", "post_url": "''",
    "post_text": "''", "url": "''", "closed": "1", "waiting_since": "NULL", "snoozed_until": "NULL",
    "erased_at": ":at",
}  # fmt: skip
_SAMPLE = 24
"""Letters of a message by which it is looked for in the bytes of the file."""
_SUBJECT = 5
"""Letters of a subject that tell it from a word that stands in other titles by chance."""
_WENT = "SELECT count(*) FROM outgoing_bytes"


class Counts(NamedTuple):
    """How much was erased: what they said, what we said to them, and the rest; `rows` are all rows by table."""

    said: int
    told: int
    conversations: int
    files: int
    rows: dict[str, int]


class Signs(NamedTuple):
    """What stands in the place of a name, of what was said, and of what was done; tables that stay as they are."""

    name: str
    words: str
    title: str
    spared: tuple[str, ...] = ()


FORGOTTEN = Signs(NAME, WORDS, TITLE)
BY_RULE = Signs(NAME, RULED, RULED_TITLE, ("giveaway_entry",))
"""Entries in give-aways are their members': without their names a published draw could not be checked any more."""


def erase(conn: Connection, one: Whose, traces: Traces, at: int, signs: Signs = FORGOTTEN) -> Counts:
    """Erase everything of it, and keep tombstones, in the open transaction. `at` is Unix UTC."""
    given = {**one.lists(), "name": tr(signs.name), "words": tr(signs.words), "at": at}
    tombstones.put(conn, marks(conn, one, traces), at)
    touched = _indexed(conn, one)
    log = {table: rows for table, rows in _in_log(conn, one).items() if table not in signs.spared}
    steps.take_out(conn, log, tr(signs.title), at)
    steps.rename(conn, _naming(conn, given), tr(signs.title))
    index.remove(conn, [(number, messages.words_of(conn, number)) for number in touched])
    said = scalar(conn, "SELECT count(*) FROM message WHERE out = 0 AND id IN (SELECT value FROM json_each(?))",
                  (json.dumps(one.own.messages),))  # fmt: skip
    came_files = came.contents_of(conn, json.dumps(one.own.messages))
    went_files = scalar(conn, _WENT)
    rows = _rows(conn, given, signs.spared)
    came.forget_contents(conn, came_files)
    went.free(conn)
    files = len(came_files) + int(went_files) - int(scalar(conn, _WENT))
    index.add(conn, [(number, messages.words_of(conn, number)) for number in touched])
    elsewhere.take_out(conn, traces, tr(signs.title))
    for number in one.own.members:
        reindex(conn, number)
    return Counts(int(said), len(one.own.messages) - int(said), len(one.own.conversations), files, rows)


def samples(conn: Connection, one: Whose, traces: Traces) -> list[bytes]:
    """Bytes by which a file tells that something is left between its rows: the beginnings of what they said, and names.

    What others may have written as well is not among them, unless nothing else is known.
    """
    rows = conn.execute(
        f"SELECT DISTINCT substr(text, 1, {_SAMPLE}) AS said FROM message WHERE out = 0 AND length(text) >= {_SAMPLE}"
        " AND id IN (SELECT value FROM json_each(:messages)) ORDER BY length(text) DESC LIMIT 50",
        one.lists(),
    )
    said = [row["said"].encode("utf-8", "ignore") for row in rows]
    return said or [trace.encode("utf-8", "ignore") for trace in traces.all]


def marks(conn: Connection, one: Whose, traces: Traces) -> list[tombstones.Mark]:
    """What nothing of it may come back by: their names on the channels, every message, and threads with them alone."""
    given = one.lists()
    names = conn.execute("SELECT kind, key FROM identity WHERE id IN (SELECT value FROM json_each(:identities))", given)
    said = conn.execute(
        "SELECT id, account_id, remote_id, at FROM message WHERE id IN (SELECT value FROM json_each(:messages))", given
    )
    talks = conn.execute(
        "SELECT account_id, remote_id FROM conversation WHERE remote_id IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(:conversations))",
        given,
    )
    return [
        *(tombstones.person(row["kind"], row["key"]) for row in names),
        *(tombstones.person("email", address_key(one)) for one in traces.addresses if "@" in one),
        *(mark_of(row) for row in said),
        *(tombstones.thread(row["account_id"], row["remote_id"]) for row in talks),
    ]


def mark_of(row: Row) -> tombstones.Mark:
    """The mark of a message: of a row with its `id`, `account_id`, `remote_id` and `at`."""
    if row["remote_id"] is None:
        return tombstones.row(row["account_id"], row["id"], row["at"])
    return tombstones.message(row["account_id"], row["remote_id"])


def _indexed(conn: Connection, one: Whose) -> list[int]:
    """The messages whose entries in the index hold something of it: a title is in those of all its conversation."""
    rows = conn.execute(
        "SELECT id FROM message WHERE id IN (SELECT value FROM json_each(:messages))"
        " UNION SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id"
        " WHERE c.id IN (SELECT value FROM json_each(:conversations) UNION SELECT value FROM json_each(:begun))"
        " ORDER BY id",
        one.lists(),
    )
    return [int(number) for (number,) in rows]


def _in_log(conn: Connection, one: Whose) -> dict[str, set[int]]:
    """The rows whose steps in the undo log hold something of it, also those that are gone."""
    own = one.own
    found = steps.about(
        conn,
        {
            "member_id": own.members, "kept_id": own.members, "gone_id": own.members, "one_id": own.members,
            "other_id": own.members, "identity_id": own.identities, "message_id": own.messages,
            "conversation_id": own.conversations,
        },
    )  # fmt: skip
    known = {row["name"] for row in conn.execute("SELECT DISTINCT tbl AS name FROM action_step")}
    for table in known & tables().keys():
        test = where(conn, table)
        if test:
            there = conn.execute(f"SELECT rowid FROM {table} WHERE {test}", one.lists())
            found.setdefault(table, set()).update(int(number) for (number,) in there)
    found.setdefault("conversation", set()).update((*own.conversations, *one.begun))
    return found


def _naming(conn: Connection, given: dict[str, object]) -> list[int]:
    """The actions that are called by the subject of such a conversation, whatever they changed."""
    subjects = conn.execute(
        "SELECT title FROM conversation WHERE id IN"
        " (SELECT value FROM json_each(:conversations) UNION SELECT value FROM json_each(:begun))"
        " UNION SELECT post_title FROM conversation WHERE id IN (SELECT value FROM json_each(:conversations))",
        given,
    )
    wanted = {subject for (subject,) in subjects} - {""}
    ends = tuple(f": {subject}" for subject in wanted)
    long = [subject for subject in wanted if len(subject) >= _SUBJECT]
    every = conn.execute("SELECT id, title FROM action").fetchall()
    return [row["id"] for row in every if row["title"].endswith(ends) or any(one in row["title"] for one in long)]


def tables() -> dict[str, dict[str, Way]]:
    """The tables of the register with their columns, and how each is erased."""
    tables: dict[str, dict[str, Way]] = defaultdict(dict)
    for name, words in OUTSIDE.items():
        table, _, column = name.partition(".")
        if words.way is not Way.REINDEXED and table not in _APART:
            tables[table][column] = words.way
    return tables


def _rows(conn: Connection, given: dict[str, object], spared: Sequence[str]) -> dict[str, int]:
    """Erase the rows, those first that are found by others; how many, by table."""
    wanted = [(table, columns) for table, columns in tables().items() if table not in spared]
    order = sorted(wanted, key=lambda item: item[0] in ("outbox", "letter_draft", "handoff", "gift"))
    counts: dict[str, int] = {}
    for table, columns in order:
        test = where(conn, table)
        if test and Way.DELETED in columns.values():
            counts[table] = delete(conn, table, test, given)
        elif test:
            counts[table] = overwrite(conn, table, _values(conn, table, columns), test, given)
    own = "id IN (SELECT value FROM json_each(:conversations))"
    counts["conversation"] = overwrite(conn, "conversation", _TALK, own, given)
    overwrite(conn, "conversation", {"title": "''"}, "id IN (SELECT value FROM json_each(:begun))", given)
    uses = {"member_id": "NULL", "conversation_id": "NULL"}
    counts["template_use"] = overwrite(conn, "template_use", uses, where(conn, "template_use"), given)
    return {table: count for table, count in counts.items() if count}


def _values(conn: Connection, table: str, columns: dict[str, Way]) -> dict[str, str]:
    """What each column says afterwards, as SQL."""
    known = {row["name"]: row for row in conn.execute(f"PRAGMA table_info({table})")}
    values = {}
    for column, way in columns.items():
        row = known[column]
        empty = row["dflt_value"] or ("''" if row["notnull"] else "NULL")
        values[column] = _OWN_WORDS.get(f"{table}.{column}", ":words" if way is Way.REPLACED else empty)
    return values | _ENDS.get(table, {})
