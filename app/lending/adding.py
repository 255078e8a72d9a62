"""Bringing in what only another copy of the file has: a conflict copy, a backup, or a loan that was called off.

What counts as missing is decided where a restore is asked about (`app.safety.differing`). Nothing that is here is
changed but what follows from it: a conversation that goes on, the days on which a member wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from app.base import clock
from app.inbox import standing
from app.inbox.whereabouts import current
from app.intake import numbers
from app.members import records
from app.outbox import waited
from app.safety.differing import ALIKE, HAS_NAMES, Rows, Side, same_message
from app.store.grafting import MAP, Graft, Way
from app.store.merged import current_member
from app.store.sqlite import Connection
from app.store.twin import OTHER
from app.store.undo import Copy

_ACCOUNT = f"""
SELECT m.id FROM {OTHER}.account o JOIN main.account m ON m.kind = o.kind
  AND (m.name = o.name OR (m.id = o.id AND m.created_at = o.created_at))
WHERE o.id = ?1 ORDER BY m.id = o.id DESC LIMIT 1
"""
_MEMBER = f"""
SELECT m.id, 0 AS how FROM {OTHER}.member o JOIN main.member m ON m.id = o.id AND m.created_at = o.created_at
  AND (m.name = o.name OR EXISTS (SELECT 1 FROM {OTHER}.identity j JOIN main.identity i ON i.kind = j.kind
    AND i.key = j.key WHERE j.home_id = o.id AND i.home_id = m.id))
WHERE o.id = ?1
UNION ALL SELECT i.member_id, 1 FROM {OTHER}.identity o JOIN main.identity i ON i.kind = o.kind AND i.key = o.key
WHERE o.member_id = ?1 ORDER BY how LIMIT 1
"""
_IDENTITY = f"""
SELECT i.id FROM {OTHER}.identity o JOIN main.identity i ON i.kind = o.kind AND i.key = o.key WHERE o.id = ?1
"""


def _message() -> str:
    return f"""
SELECT m.id FROM {OTHER}.message o JOIN {MAP} a ON a.tbl = 'account' AND a.other = o.account_id
JOIN main.message m ON m.account_id = a.mine AND m.remote_id = o.remote_id WHERE o.id = ?1
UNION ALL SELECT m.id FROM {OTHER}.message o JOIN main.message m ON {same_message("m", "o")} WHERE o.id = ?1 LIMIT 1
"""


def _conversation() -> str:
    return f"""
SELECT c.id, 0 AS how FROM {OTHER}.conversation o JOIN {MAP} a ON a.tbl = 'account' AND a.other = o.account_id
JOIN main.conversation c ON c.account_id = a.mine AND c.remote_id = o.remote_id WHERE o.id = ?1
UNION ALL SELECT m.conversation_id, 1 FROM {OTHER}.message o
JOIN main.message m ON {same_message("m", "o")} WHERE o.conversation_id = ?1
UNION ALL SELECT m.conversation_id, 2 FROM {OTHER}.message o
JOIN {MAP} a ON a.tbl = 'account' AND a.other = o.account_id
JOIN main.message m ON m.account_id = a.mine AND m.remote_id = o.remote_id WHERE o.conversation_id = ?1
UNION ALL SELECT t.conversation_id, 3 FROM {OTHER}.thread_ref o
JOIN {MAP} a ON a.tbl = 'account' AND a.other = o.account_id
JOIN main.thread_ref t ON t.account_id = a.mine AND t.ref = o.ref WHERE o.conversation_id = ?1
ORDER BY how LIMIT 1
"""


_LETTER = f"""
SELECT x.id FROM {OTHER}.letter_draft r JOIN main.letter_draft x ON x.text = r.text AND x.subject = r.subject
WHERE r.id = ?1 LIMIT 1
"""
_NAMED = "SELECT m.id FROM {other}.{table} o JOIN main.{table} m ON m.{column} = o.{column} WHERE o.id = ?1"


def _named(table: str, column: str = "name") -> str:
    return _NAMED.format(other=OTHER, table=table, column=column)


def _same_moment(table: str, at: str) -> str:
    return f"SELECT m.id FROM {OTHER}.{table} o JOIN main.{table} m ON m.id = o.id AND m.{at} = o.{at} WHERE o.id = ?1"


def _number(conn: Connection, row: Mapping[str, Any]) -> int:
    return numbers.free(conn, int(row["at"]))


def _ways() -> dict[str, Way]:
    """How the rows of each table are recognised, and brought."""
    return {
        "account": Way(_ACCOUNT),
        "member": Way(_MEMBER, now=current_member),
        "identity": Way(_IDENTITY),
        "conversation": Way(_conversation(), now=current),
        "message": Way(_message(), number=_number),
        "attachment": Way(),
        "message_version": Way(),
        "label": Way(_named("label")),
        "conversation_label": Way(),
        "member_label": Way(),
        "member_field": Way(_named("member_field")),
        "member_value": Way(),
        "member_note": Way(_same_moment("member_note", "at")),
        "template": Way(_named("template", "key"), alone=True),
        "teammate": Way(_named("teammate")),
        "gift_item": Way(_named("gift_item")),
        "gift": Way(_same_moment("gift", "created_at")),
        "handoff": Way(_same_moment("handoff", "opened_at"), refers={"message_id": "message"}),
        "promise": Way(_same_moment("promise", "at")),
        "letter_draft": Way(
            _LETTER, refers={"member_id": "member", "forwards_id": "message", "template_id": "template"}
        ),
    }


_BY_TABLE = {"members": "member", "gifts": "gift", "handoffs": "handoff", "promises": "promise"}
_OF_MESSAGE = ("attachment", "message_version")
_OF_MEMBER = ("identity", "member_label", "member_value", "member_note")
_OF_CONVERSATION = ("conversation_label",)


class _Adding:
    """One run."""

    def __init__(self, conn: Connection, copies: Mapping[str, Copy]) -> None:
        self._conn, self._graft = conn, Graft(conn, _ways(), copies)
        self._side, self._done = Side(conn, OTHER, "main"), Counter[str]()

    def run(self) -> Rows:
        for table, columns in ALIKE.items():  # before anything comes: of two alike that come, none is the other
            nameless = f"NOT {HAS_NAMES.format(here=OTHER)}" if table == "member" else ""
            self._graft.pair(table, columns, nameless)
        for field in fields(Rows):
            for table, number in self._side.listed(field.name):
                self._done[field.name] += self._one(field.name, table, number)
        for name, table in _BY_TABLE.items():  # with those that others brought along
            self._done[name] = len(self._graft.brought.get(table, ()))
        self._settle()
        self._heed_outbox()
        self._graft.close()
        return Rows(**self._done)

    def _one(self, field: str, table: str, number: int) -> bool:
        """Bring one row that is missing here; whether anything new came with it."""
        if field in ("waiting", "drafts") and table != "letter_draft":
            return self._draft(table, number)
        if field == "notes" and table == "member":
            return self._note(number)
        if self._graft.here(table, number) is not None and table != "message":
            return False
        before = len(self._graft.brought.get(table, ()))
        self._graft.bring(table, number)
        return len(self._graft.brought.get(table, ())) > before

    def _draft(self, table: str, number: int) -> bool:
        """Words that were not sent: the draft of their conversation, or beside it where there is one."""
        key = "conversation_id" if table == "draft" else "id"
        row = self._conn.execute(f"SELECT * FROM {OTHER}.{table} WHERE {key} = ?", (number,)).fetchone()
        talk = self._graft.bring("conversation", row["conversation_id"])
        if talk is None or not row["text"].strip() or self._is_written(talk, row["text"]):
            return False
        mine = self._conn.execute("SELECT 1 FROM main.draft WHERE conversation_id = ?", (talk,)).fetchone()
        values = {"conversation_id": talk, "text": row["text"], "language": row["language"], "at": clock.now()}
        self._graft.put("draft" if mine is None else "draft_beside", values)
        return True

    def _is_written(self, talk: int, words: str) -> bool:
        sql = (
            "SELECT 1 FROM main.draft WHERE conversation_id = ?1 AND text = ?2"
            " UNION ALL SELECT 1 FROM main.draft_beside WHERE conversation_id = ?1 AND text = ?2"
        )
        return self._conn.execute(sql, (talk, words)).fetchone() is not None

    def _note(self, number: int) -> bool:
        """A note about a member who has another one here: it is kept among those of the day."""
        row = self._conn.execute(f"SELECT note FROM {OTHER}.member WHERE id = ?", (number,)).fetchone()
        was_here = self._graft.here("member", number)
        mine = self._graft.bring("member", number)
        if mine is None or was_here is None:
            return False  # they came with it
        same = (
            "SELECT 1 FROM main.member WHERE id = ?1 AND note = ?2"
            " UNION ALL SELECT 1 FROM main.member_note WHERE member_id = ?1 AND text = ?2"
        )
        if self._conn.execute(same, (mine, row["note"])).fetchone() is not None:
            return False
        self._graft.put("member_note", {"member_id": mine, "at": clock.now(), "text": row["note"]})
        return True

    def _settle(self) -> None:
        """What hangs on the rows that came, and what follows from them."""
        self._children("message", _OF_MESSAGE, "message_id")
        self._children("member", _OF_MEMBER, "member_id")
        self._children("conversation", _OF_CONVERSATION, "conversation_id")
        self._hanging()
        self._stand()
        people = {*self._graft.brought.get("member", ()), *self._writers()}
        records.measure_quickly(self._conn, sorted(people))
        for number in sorted(people):
            records.reindex(self._conn, number)

    def _came(self, table: str) -> list[tuple[int, int]]:
        """The rows of a table that came: their ids there and here."""
        came = set(self._graft.brought.get(table, ()))
        rows = self._conn.execute(f"SELECT other, mine FROM {MAP} WHERE tbl = ? ORDER BY other", (table,)).fetchall()
        return [(row["other"], row["mine"]) for row in rows if row["mine"] in came]

    def _children(self, parent: str, tables: tuple[str, ...], column: str) -> None:
        for other, _ in self._came(parent):
            for table in tables:
                for (number,) in self._conn.execute(
                    f"SELECT id FROM {OTHER}.{table} WHERE {column} = ?", (other,)
                ).fetchall():
                    self._graft.bring(table, number)

    def _hanging(self) -> None:
        """The letters as they came, the contents of files, and by what an answer finds its conversation."""
        for other, mine in self._came("message"):
            self._graft.follow("raw", "message_id", other, mine)
        for number in self._graft.brought.get("attachment", ()):
            row = self._conn.execute("SELECT sha256 FROM main.attachment WHERE id = ?", (number,)).fetchone()
            self._graft.follow("attachment_bytes", "sha256", row["sha256"], row["sha256"])
        for other, mine in self._came("conversation"):
            self._graft.follow("thread_ref", "conversation_id", other, mine)

    def _stand(self) -> None:
        """Conversations that go on, or came, stand as their messages say."""
        talks: dict[int, list[int]] = {}
        for _, number in self._came("message"):
            (talk,) = self._conn.execute("SELECT conversation_id FROM main.message WHERE id = ?", (number,)).fetchone()
            talks.setdefault(talk, []).append(number)
        came = set(self._graft.brought.get("conversation", ()))
        standing.arrived(self._conn, {talk: new for talk, new in talks.items() if talk not in came})
        standing.recompute_standing(self._conn, sorted(came))

    def _heed_outbox(self) -> None:
        """What waits here and went out there is not sent again; what may have gone out is looked for first."""
        rows = self._conn.execute(
            f"SELECT o.key, o.state, o.message_id FROM {OTHER}.outbox o JOIN main.outbox m ON m.key = o.key"
            " WHERE o.state IN ('sent', 'sending', 'undecided') AND m.state NOT IN ('sent', 'discarded')"
        ).fetchall()
        for key, state, message in rows:
            mine = self._graft.here("message", message) if message is not None else None
            if state == "sent" and mine is not None:
                waited.sent_elsewhere(self._conn, key, mine)
            else:
                waited.may_be_sent_elsewhere(self._conn, key)

    def _writers(self) -> set[int]:
        """Who wrote what came, and who is noted anew."""
        noted = [
            (self._conn.execute(f"SELECT member_id FROM main.{table} WHERE id = ?", (number,)).fetchone())
            for table in _OF_MEMBER
            for number in self._graft.brought.get(table, ())
        ]
        sql = "SELECT i.member_id FROM main.message m JOIN main.identity i ON i.id = m.identity_id WHERE m.id = ?"
        found = (self._conn.execute(sql, (mine,)).fetchone() for _, mine in self._came("message"))
        return {int(row["member_id"]) for row in (*found, *noted) if row is not None}


def add(conn: Connection, copies: Mapping[str, Copy]) -> Rows:
    """Bring in what only the copy attached to a connection has, in its open transaction; how many rows came."""
    return _Adding(conn, copies).run()
