"""What a restore would lose and bring back: the community's file and a backup, compared row by row by SQL.

Both are only read. A row of the one is in the other if it has the same id and the same time there, a message also if
it has the same remote id; ids alone say little where one of the two has been restored before.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from app import tombstones
from app.base.errors import UserError
from app.base.words import counted, tr
from app.store import header, holding, migrations
from app.store.sqlite import Connection, DatabaseError, Row, connect, scalar

_NAMED = 5  # of the messages that were sent since: those sent last
_STEPS = 20_000  # of SQLite's machine between two looks at whether somebody still waits for the answer
_EACH = "x.id = r.id AND x.{at} = r.{at}"
_MEMBER = """
x.id = r.id AND x.created_at = r.created_at AND (x.name = r.name OR EXISTS (SELECT 1 FROM {here}.identity i
  JOIN {there}.identity j ON j.kind = i.kind AND j.key = i.key WHERE i.home_id = r.id AND j.home_id = x.id))
"""
ALIKE = {
    "member": ("created_at", "name"),
    "member_note": ("at", "text"),
    "gift": ("created_at", "item", "why"),
    "handoff": ("opened_at", "ask"),
    "promise": ("at", "what"),
}
"""By which columns two rows of these tables are the same although their ids differ: one was brought over. A member who
has names on channels is known by these alone."""
HAS_NAMES = "EXISTS (SELECT 1 FROM {here}.identity i WHERE i.member_id = r.id)"
"""SQL that is true for a member `r` with names on channels."""
_IS_KNOWN = """
EXISTS (SELECT 1 FROM {here}.identity i JOIN {there}.identity j ON j.kind = i.kind AND j.key = i.key
  WHERE i.member_id = r.id)
"""
_REMOTE = "r.remote_id IS NOT NULL AND x.account_id = r.account_id AND x.remote_id = r.remote_id"
_KEY = (
    "SELECT 1 FROM {here}.outbox o JOIN {there}.outbox p ON p.key = o.key AND p.message_id IS NOT NULL"
    " WHERE o.message_id = r.id"
)
_MISSING_MESSAGE = (
    "NOT EXISTS (SELECT 1 FROM {there}.message x WHERE {same})"
    f" AND NOT EXISTS (SELECT 1 FROM {{there}}.message x WHERE {_REMOTE})"
)
_SENT = """
SELECT coalesce(nullif(o.receivers ->> '$[0][1]', ''), nullif(o.receivers ->> '$[0][2]', ''), nullif(p.name, ''),
  nullif(i.name, ''), nullif(i.handle, ''), nullif(c.title, ''), a.name) AS whom, a.name AS account, r.at
FROM main.message r JOIN main.account a ON a.id = r.account_id JOIN main.conversation c ON c.id = r.conversation_id
LEFT JOIN main.outbox o ON o.message_id = r.id
LEFT JOIN main.identity i ON i.id = coalesce(o.identity_id, c.identity_id)
LEFT JOIN main.member p ON p.id = i.member_id
WHERE r.out AND {missing} ORDER BY r.at DESC, r.id DESC LIMIT ?
"""
_WAITS = "r.state IN ('held', 'queued', 'sending', 'undecided', 'failed')"
_DRAFTS = {
    "draft": "x.conversation_id = r.conversation_id AND x.text = r.text",
    "draft_beside": "x.id = r.id AND x.text = r.text",
    "letter_draft": "x.id = r.id AND x.text = r.text AND x.subject = r.subject",
}


def same_message(one: str, other: str) -> str:
    """SQL that is true for two rows of `message`, of two files of one origin, that are the same one.

    Messages of one second have the same id where both files heard of one. Those without an id at their channel are told
    apart by their words, unless these were erased.
    """
    erased = " OR ".join(tombstones.erased(f"{row}.text") for row in (one, other))
    return (
        f"{one}.id = {other}.id AND {one}.at = {other}.at AND {one}.out = {other}.out AND (CASE"
        f" WHEN {one}.remote_id IS NOT NULL AND {other}.remote_id IS NOT NULL THEN {one}.remote_id = {other}.remote_id"
        f" ELSE {one}.text = {other}.text END OR {erased})"
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows of each kind one file has and the other has not. Drafts and notes also count with other words."""

    received: int = 0
    sent: int = 0
    waiting: int = 0
    drafts: int = 0
    members: int = 0
    notes: int = 0
    gifts: int = 0
    handoffs: int = 0
    promises: int = 0

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any(getattr(self, each.name) for each in fields(self))

    def words(self) -> str:
        """What there is, joined by commas; "" if nothing is."""
        every = (
            (self.received, counted(self.received, "{count} message that came in", "{count} messages that came in")),
            (self.sent, counted(self.sent, "{count} message that you sent", "{count} messages that you sent")),
            (self.waiting, counted(self.waiting, "{count} message in the outbox", "{count} messages in the outbox")),
            (self.drafts, counted(self.drafts, "{count} draft", "{count} drafts")),
            (self.members, counted(self.members, "{count} member", "{count} members")),
            (self.notes, counted(self.notes, "{count} note", "{count} notes")),
            (self.gifts, counted(self.gifts, "{count} gift", "{count} gifts")),
            (self.handoffs, counted(self.handoffs, "{count} hand-off", "{count} hand-offs")),
            (self.promises, counted(self.promises, "{count} promise", "{count} promises")),
        )
        return ", ".join(words for number, words in every if number)


@dataclass(frozen=True, slots=True)
class SentSince:
    """A message of ours that the backup does not have: to whom, on which account, and when (Unix seconds)."""

    whom: str
    account: str
    at: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a restore would do. `lost` is only in the present file, `back` only in the backup.

    `last_sent` are the latest of `lost.sent`, the newest first. `done` is how many actions the present file has and
    the backup has not. `why` says why the two can't be compared, "" if they were.
    """

    lost: Rows = Rows()
    back: Rows = Rows()
    last_sent: tuple[SentSince, ...] = ()
    done: int = 0
    why: str = ""

    def lost_words(self) -> str:
        """What would be lost, in one sentence or two; "" if the two could not be compared."""
        if self.why:
            return ""
        lost = (
            tr("In the present file and not in the backup: {rows}.").format(rows=self.lost.words())
            if self.lost
            else tr("No message, draft, member, note, gift, hand-off or promise would be lost.")
        )
        if not self.done:
            return lost
        done = counted(
            self.done,
            "{count} thing you did since would be undone in the file.",
            "{count} things you did since would be undone in the file.",
        )
        return f"{lost} {done}"

    def back_words(self) -> str:
        """What would come back, as one sentence; "" if nothing would."""
        if not self.back:
            return ""
        return tr("In the backup and not in the present file, so it comes back: {rows}.").format(rows=self.back.words())


def compare(present: Path, source: Path, stopping: Callable[[], bool] = lambda: False) -> Difference | None:
    """What restoring the sound backup `source` over the file `present` would lose and bring back; changes neither.

    None if there is no present file, or `stopping` says that nobody waits for the answer any more.
    """
    if not header.exists(present):
        return None
    try:
        _refuse(present)
        with _both(present, source) as conn:
            conn.set_progress_handler(stopping, _STEPS)
            return _compared(conn)
    except (OSError, DatabaseError, UnicodeDecodeError, UserError):
        if stopping():
            return None
    why = tr("The present file can't be read, so Rapport can't say what would be lost.")
    return Difference(why=why)


def _refuse(present: Path) -> None:
    """Raise UserError if the present file is none that can be read."""
    migrations.refuse_unopened(present)
    if header.has_log(present) and holding.is_alone(present.parent):
        migrations.refuse_foreign_log(present)


@contextmanager
def _both(present: Path, source: Path) -> Iterator[Connection]:
    """The present file as `main`, with its log, and the backup as `old`, both read-only."""
    log = header.exists(present.with_name(f"{present.name}-shm")) or header.has_log(present)
    with tempfile.TemporaryDirectory(prefix="rapport-") as folder:
        there = source
        if header.has_log(source):  # a live file: what is in its log is restored with it
            there = Path(folder) / "copy.rapport"
            shutil.copyfile(source, there)
            shutil.copyfile(header.log_of(source), header.log_of(there))
        with closing(connect(_uri(present, still=not log), uri=True, check_same_thread=False)) as conn:
            conn.row_factory = Row
            conn.execute("ATTACH ? AS old", (_uri(there, still=there is source),))
            conn.execute("PRAGMA query_only = ON")
            yield conn


def _uri(file: Path, *, still: bool) -> str:
    """How SQLite names a file that is only read; `still`: nobody writes to it meanwhile, and it has no log."""
    return f"file:{quote(str(file.absolute()))}?mode=ro{'&immutable=1' if still else ''}"


def _compared(conn: Connection) -> Difference:
    conn.execute("BEGIN")  # both as they are at one instant
    new, old = Side(conn, "main", "old"), Side(conn, "old", "main")
    return Difference(new.rows(""), old.rows(_forgotten(conn)), _last_sent(conn, new), new.count("action", "at"))


def _forgotten(conn: Connection) -> str:
    """The members, as JSON, who were forgotten in the present file and stay so; "" if nobody was."""
    if not _has(conn, "main", "forgotten"):
        return ""
    gone = [int(row["member_id"]) for row in conn.execute("SELECT member_id FROM main.forgotten")]
    return json.dumps(gone) if gone else ""


def _has(conn: Connection, side: str, table: str) -> bool:
    return bool(scalar(conn, f"SELECT count(*) FROM {side}.sqlite_schema WHERE type = 'table' AND name = ?", (table,)))


class _Asked(NamedTuple):
    """Rows of a table that the other file may lack: when two are the same, and which are asked for.

    With `or_alike` a row of another id may be the same one (`ALIKE`).
    """

    table: str
    same: str
    which: str = ""
    given: tuple[object, ...] = ()
    or_alike: bool = False


class Side:
    """What one of the two files that a connection has, by its name there, has and the other has not."""

    def __init__(self, conn: Connection, here: str, there: str) -> None:
        """`here` and `there` are the two names."""
        self._conn, self._here, self._there = conn, here, there
        self._keys = not self._lacks("outbox")

    def _lacks(self, table: str) -> bool:
        """Whether the other file is too old to have that table."""
        return not _has(self._conn, self._there, table)

    def rows(self, forgotten: str) -> Rows:
        """The counts; without those about members in the list `forgotten`."""
        received, sent = self._messages()
        asked = self._every(forgotten)
        return Rows(received, sent, **{name: sum(map(self._number, every)) for name, every in asked.items()})

    def listed(self, name: str) -> list[tuple[str, int]]:
        """The rows that a field of `Rows` counts: table and id of each, in the order of their ids."""
        if name in ("received", "sent"):
            sql = f"SELECT r.id FROM {self._here}.message r WHERE r.out = ? AND {self.missing()} ORDER BY r.id"
            return [("message", int(number)) for (number,) in self._conn.execute(sql, (name == "sent",))]
        return [
            (asked.table, int(number))
            for asked in self._every("")[name]
            for (number,) in self._conn.execute(f"SELECT r.rowid {self._from(asked)} ORDER BY r.rowid", asked.given)
        ]

    def _every(self, forgotten: str) -> dict[str, list[_Asked]]:
        listed = "SELECT value FROM json_each(?)"
        people = f"SELECT id FROM {self._here}.member WHERE coalesce(merged_into, id) IN ({listed})"
        but_not = f" AND r.id NOT IN ({people})" if forgotten else ""
        about = f"r.member_id IS NULL OR r.member_id NOT IN ({people})" if forgotten else ""
        given = (forgotten,) if forgotten else ()
        member = _MEMBER.format(here=self._here, there=self._there)
        return {
            "waiting": [_Asked("outbox", "x.key = r.key", _WAITS)],
            "drafts": [_Asked(table, same, "r.text <> ''") for table, same in _DRAFTS.items()],
            "members": [_Asked("member", member, f"r.merged_into IS NULL{but_not}", given, or_alike=True)],
            "notes": [
                _Asked("member_note", _EACH.format(at="at"), about, given, or_alike=True),
                _Asked("member", "x.id = r.id AND x.note = r.note", f"r.note <> ''{but_not}", given),
            ],
            "gifts": [_Asked("gift", _EACH.format(at="created_at"), about, given, or_alike=True)],
            "handoffs": [_Asked("handoff", _EACH.format(at="opened_at"), about, given, or_alike=True)],
            "promises": [_Asked("promise", _EACH.format(at="at"), about, given, or_alike=True)],
        }

    def count(self, table: str, at: str) -> int:
        """How many rows of a table the other file has not."""
        return self._number(_Asked(table, _EACH.format(at=at)))

    def _number(self, asked: _Asked) -> int:
        if not _has(self._conn, self._here, asked.table):
            return 0
        return int(scalar(self._conn, f"SELECT count(*) {self._from(asked)}", asked.given))

    def _from(self, asked: _Asked) -> str:
        table, there = asked.table, "1"
        if not self._lacks(table):
            there = f"NOT EXISTS (SELECT 1 FROM {self._there}.{table} x WHERE {asked.same})"
            if asked.or_alike:
                there += f" AND {self._unlike(table)}"
        more = f" AND ({asked.which})" if asked.which else ""
        return f"FROM {self._here}.{table} r WHERE {there}{more}"

    def _unlike(self, table: str) -> str:
        """SQL that is true for a row `r` of this file to which the other has none that is alike."""
        names = ALIKE[table]
        mine = ", ".join(f"r.{name}" for name in names)
        unlike = f"({mine}) NOT IN (SELECT {', '.join(names)} FROM {self._there}.{table})"
        if table != "member":
            return unlike
        both = {"here": self._here, "there": self._there}
        return f"({HAS_NAMES.format(**both)} OR {unlike}) AND NOT {_IS_KNOWN.format(**both)}"

    def missing(self) -> str:
        """SQL that is true for a message `r` of this file that the other has not."""
        key = f" AND NOT (r.out AND EXISTS ({_KEY}))" if self._keys else ""
        same = same_message("x", "r")
        return (_MISSING_MESSAGE + key).format(here=self._here, there=self._there, same=same)

    def _messages(self) -> tuple[int, int]:
        """How many came in, and how many we sent."""
        counts = self._conn.execute(
            f"SELECT r.out, count(*) FROM {self._here}.message r WHERE {self.missing()} GROUP BY r.out"
        )
        found = {bool(out): int(count) for out, count in counts}
        return found.get(False, 0), found.get(True, 0)


def _last_sent(conn: Connection, new: Side) -> tuple[SentSince, ...]:
    rows = conn.execute(_SENT.format(missing=new.missing()), (_NAMED,))
    return tuple(SentSince(str(row["whom"]), str(row["account"]), int(row["at"])) for row in rows)
