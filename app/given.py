"""The register of files given out to teammates: to whom, when, how, and with which rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.base import clock
from app.base.words import N_, tr
from app.store.sqlite import Connection

SAVED, LETTER, OUTPUT = "saved", "letter", "output"
STANDING_NAMES = {
    "saved": N_("Saved as a file"),
    "output": N_("Written to standard output"),
    "draft": N_("Letter not sent yet"),
    "on_its_way": N_("Letter on its way"),
    "sent": N_("Sent by letter"),
    "not_sent": N_("Letter not sent"),
}
"""How a file was given, or how far the letter is that carries it."""
_OVER = ("failed", "undecided", "discarded")


class Given(NamedTuple):
    """A file that was given out; `at` is in Unix seconds, `rows` the ids of its hand-offs or gifts.

    `teammate` is a name, "" for everybody or somebody who was deleted; `standing` is one of STANDING_NAMES.
    """

    id: int
    at: int
    kind: str
    teammate_id: int | None
    teammate: str
    name: str
    standing: str
    letter_draft_id: int | None
    outbox_id: int | None
    conversation_id: int | None
    rows: tuple[int, ...]


def register(
    conn: Connection, kind: str, teammate_id: int | None, name: str, rows: Iterable[tuple[int, int]], *,
    way: str = SAVED, letter_draft_id: int | None = None, at: int | None = None,
) -> int:  # fmt: skip
    """Note in the open transaction that a file of `kind` was given with these (id, revision); returns its id."""
    made = conn.execute(
        "INSERT INTO given_file (at, kind, teammate_id, name, way, letter_draft_id) VALUES (?, ?, ?, ?, ?, ?)",
        (clock.now() if at is None else at, kind, teammate_id, name, way, letter_draft_id),
    )
    number = int(made.lastrowid or 0)
    conn.executemany(
        "INSERT INTO given_row (file_id, row_id, rev) VALUES (?, ?, ?)", [(number, row, rev) for row, rev in rows]
    )
    return number


def files(
    conn: Connection, kind: str | None = None, teammate_id: int | None = None, row_id: int | None = None
) -> list[Given]:
    """The files given out, the latest first: all, or those of a kind, to a teammate, with a certain row."""
    rows = conn.execute(
        """
SELECT f.id, f.at, f.kind, f.teammate_id, coalesce(t.name, ''), f.name, f.way, f.letter_draft_id, f.outbox_id,
  o.conversation_id, o.state, EXISTS (SELECT 1 FROM letter_draft d WHERE d.id = f.letter_draft_id),
  (SELECT json_group_array(r.row_id) FROM (SELECT row_id FROM given_row WHERE file_id = f.id ORDER BY id) r)
FROM given_file f LEFT JOIN teammate t ON t.id = f.teammate_id LEFT JOIN outbox o ON o.id = f.outbox_id
WHERE (?1 IS NULL OR f.kind = ?1) AND (?2 IS NULL OR f.teammate_id = ?2)
  AND (?3 IS NULL OR EXISTS (SELECT 1 FROM given_row g WHERE g.file_id = f.id AND g.row_id = ?3))
ORDER BY f.at DESC, f.id DESC
""",
        (kind, teammate_id, row_id),
    )
    return [
        Given(
            number, at, of, whom, named, name, _standing(way, state, written=bool(draft)), letter, outbox, talk,
            tuple(json.loads(given)),
        )
        for number, at, of, whom, named, name, way, letter, outbox, talk, state, draft, given in rows
    ]  # fmt: skip


def _standing(way: str, state: str | None, *, written: bool) -> str:
    if way != LETTER:
        return way
    if state is None:
        return "draft" if written else "not_sent"
    if state == "sent":
        return "sent"
    return "not_sent" if state in _OVER else "on_its_way"


def standing(given: Given) -> str:
    """How it was given, in words."""
    return tr(STANDING_NAMES[given.standing])


def submitted(conn: Connection, letter_draft_id: int, outbox_id: int) -> None:
    """Follow a letter that goes into the outbox, in its transaction: its files go with this row."""
    conn.execute("UPDATE given_file SET outbox_id = ? WHERE letter_draft_id = ?", (outbox_id, letter_draft_id))


def written_again(conn: Connection, outbox_id: int, letter_draft_id: int) -> None:
    """Follow a letter that was taken out of the outbox and is a draft again, in that transaction."""
    conn.execute(
        "UPDATE given_file SET letter_draft_id = ?, outbox_id = NULL WHERE outbox_id = ?", (letter_draft_id, outbox_id)
    )


def struck(conn: Connection, letter_draft_id: int, kept: Collection[str] = ()) -> dict[int, int | None]:
    """Strike the files of a draft that no longer carries them, in its transaction, but those with these names.

    Returns the hand-offs that were in them, each with the time (Unix seconds) at which it was given last besides.
    """
    gone = conn.execute(
        "SELECT id FROM given_file WHERE letter_draft_id = ? AND outbox_id IS NULL"
        " AND name NOT IN (SELECT value FROM json_each(?))",
        (letter_draft_id, json.dumps(list(kept))),
    ).fetchall()
    files_gone = json.dumps([row["id"] for row in gone])
    chosen = "SELECT value FROM json_each(?)"
    rows = conn.execute(f"SELECT DISTINCT row_id FROM given_row WHERE file_id IN ({chosen})", (files_gone,)).fetchall()
    conn.execute(f"DELETE FROM given_row WHERE file_id IN ({chosen})", (files_gone,))
    conn.execute(f"DELETE FROM given_file WHERE id IN ({chosen})", (files_gone,))
    return {row["row_id"]: last_given(conn, "handoffs", row["row_id"]) for row in rows}


def last_given(conn: Connection, kind: str, row_id: int) -> int | None:
    """When a row was given last (Unix seconds); None if in no file."""
    row = conn.execute(
        "SELECT max(f.at) AS at FROM given_file f JOIN given_row r ON r.file_id = f.id"
        " WHERE f.kind = ? AND r.row_id = ?",
        (kind, row_id),
    ).fetchone()
    return None if row["at"] is None else int(row["at"])
