"""What forgetting a member comes to: what is erased, what comes to an end, and what is out of reach. Reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from app import given
from app.base.paths import Profile
from app.forgetting import elsewhere
from app.forgetting.elsewhere import Traces, traces
from app.forgetting.whose import Whose, where, whose
from app.safety import copies as conflicts
from app.store import header, wayback
from app.store.sqlite import Connection, scalar

_COUNTED = ("gift", "promise", "handoff", "work", "moderation", "member_note", "attachment", "raw", "giveaway_entry")
"""Tables whose rows are told of, by their names."""
_OPEN = {
    "outbox": "state IN ('held', 'queued', 'sending', 'failed', 'undecided')",
    "handoff": "closed_at IS NULL",
    "gift": "state IN ('idea', 'approved', 'asked', 'address_in', 'to_ship')",
}


class Handed(NamedTuple):
    """A file that was given to a teammate ("" for everybody) with something of it, and when (Unix seconds)."""

    file: str
    to: str
    at: int


class Plan(NamedTuple):
    """What is erased of a member.

    `counts` are rows by table, `ends` those of them that are still under way. `shared` are conversations that they
    began and others go on with, `named` messages of others, or of ours to others, that name them. `channels` are the
    accounts where it was said, with the number of messages there. `backups` are rewritten, `stuck` can't be (they are
    of an earlier release, or hold a log), `away` lie where Rapport can't get at them now.
    """

    member_id: int
    name: str
    said: int
    told: int
    conversations: int
    shared: int
    named: int
    counts: dict[str, int]
    ends: dict[str, int]
    handed: tuple[Handed, ...]
    channels: tuple[tuple[str, int], ...]
    backups: tuple[Path, ...]
    stuck: tuple[Path, ...]
    away: tuple[str, ...]


def plan(conn: Connection, number: int, files: Iterable[Path], away: Sequence[str]) -> Plan:
    """The plan for a member who was merged into nobody; `files` are copies of the file that can be got at."""
    one, found = whose(conn, [number]), traces_of(conn, number)
    given_lists = one.lists()
    counts = {table: _count(conn, table, where(conn, table), given_lists) for table in _COUNTED}
    ends = {
        table: _count(conn, table, f"({where(conn, table)}) AND {is_open}", given_lists)
        for table, is_open in _OPEN.items()
    }
    own = set(one.own.messages)
    said = scalar(
        conn,
        "SELECT count(*) FROM message WHERE out = 0 AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(one.own.messages),),
    )
    known = list(files)
    current = [file for file in known if is_of_now(file)]
    return Plan(
        member_id=number,
        name=str(scalar(conn, "SELECT name FROM member WHERE id = ?", (number,))),
        said=int(said),
        told=len(own) - int(said),
        conversations=len(one.own.conversations),
        shared=len(one.begun),
        named=len([other for other in elsewhere.naming(conn, found) if other not in own]),
        counts={table: count for table, count in counts.items() if count},
        ends={table: count for table, count in ends.items() if count},
        handed=tuple(_handed(conn, given_lists)),
        channels=_channels(conn, one),
        backups=tuple(current),
        stuck=tuple(file for file in known if file not in current),
        away=tuple(away),
    )


def traces_of(conn: Connection, number: int) -> Traces:
    """By what a member, with those who were merged into them, is found in files and in what others wrote."""
    people = json.dumps(whose(conn, [number]).own.members)
    rows = conn.execute(
        "SELECT name, recipient, email, phone FROM member WHERE id IN (SELECT value FROM json_each(?))", (people,)
    ).fetchall()
    names = conn.execute(
        "SELECT i.handle, i.name, i.kind FROM identity i WHERE i.member_id IN (SELECT value FROM json_each(?))",
        (people,),
    ).fetchall()
    called = [row[column] for row in rows for column in ("name", "recipient")]
    called += [row[column] for row in names for column in ("name", "handle")]
    reached = [row[column] for row in rows for column in ("email", "phone")]
    reached += [row["handle"] for row in names if row["kind"] in ("email", "phone")]
    return traces(called, reached)


def copies(path: Path) -> list[Path]:
    """The copies of a file that lie beside it: its backups, what a restore has put aside, and conflict copies."""
    beside = [*sorted(path.parent.glob(f"{path.stem}-*{path.suffix}")), *conflicts.beside(Profile(path.parent))]
    return [*wayback.listed(wayback.folder_of(path)), *(one for one in dict.fromkeys(beside) if one.is_file())]


def is_of_now(file: Path) -> bool:
    """Whether a copy of the file can be rewritten: it is of this release, and whole without a log."""
    try:
        head = header.read(file)
    except OSError:
        return False
    return head is not None and head.version == header.LATEST and not header.has_log(file)


def _count(conn: Connection, table: str, test: str, lists: dict[str, str]) -> int:
    return int(conn.execute(f"SELECT count(*) FROM {table} WHERE {test}", lists).fetchone()[0])


def _handed(conn: Connection, lists: dict[str, str]) -> Iterable[Handed]:
    for kind, table in (("handoffs", "handoff"), ("gifts", "gift")):
        rows = {row["id"] for row in conn.execute(f"SELECT id FROM {table} WHERE {where(conn, table)}", lists)}
        for file in given.files(conn, kind) if rows else ():
            if rows & set(file.rows):
                yield Handed(Path(file.name).name, file.teammate, file.at)


def _channels(conn: Connection, one: Whose) -> tuple[tuple[str, int], ...]:
    rows = conn.execute(
        "SELECT a.name, count(*) AS n FROM message m JOIN account a ON a.id = m.account_id"
        " WHERE m.id IN (SELECT value FROM json_each(:messages)) AND a.mode <> 'file'"
        " GROUP BY a.id ORDER BY n DESC, a.name",
        one.lists(),
    )
    return tuple((row["name"], int(row["n"])) for row in rows)
