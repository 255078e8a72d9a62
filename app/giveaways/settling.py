"""Entries as they are judged, and written down so."""

from __future__ import annotations

from app.giveaways.judging import judged
from app.giveaways.pieces import PIECE, Pieces, nobody
from app.giveaways.rows import SELECT_ENTRIES, Entry, Giveaway, of_row
from app.store.sqlite import Connection, scalar
from app.store.store import Store

_STRIKE = "UPDATE giveaway_entry SET struck = ? WHERE id = ?"


def entries_of(conn: Connection, giveaway: Giveaway) -> list[Entry]:
    """All entries in the order in which they came; while it is open, who takes part is judged as things are now."""
    every = [of_row(row) for row in conn.execute(f"{SELECT_ENTRIES} ORDER BY e.id", (giveaway.id,))]
    if giveaway.closed_at is not None:
        return (
            every
            if giveaway.drawn_at is not None
            else [one._replace(place=None) if one.place else one for one in every]
        )
    struck = judged(giveaway, every)
    return [
        entry if entry.struck == struck[entry.id] and not entry.listed
        else entry._replace(struck=struck[entry.id], listed="")  # of an earlier closing, or one that was broken off
        for entry in every
    ]  # fmt: skip


def told_apart(conn: Connection, number: int) -> list[tuple[object, ...]]:
    """All by which entries are judged, to see whether it has changed."""
    told = f"SELECT id, member_id, at, kept_by_hand, struck = 'hand', standing FROM ({SELECT_ENTRIES})"
    return [tuple(row) for row in conn.execute(f"{told} ORDER BY id", (number,))]


def settle(store: Store, giveaway: Giveaway, pieces: Pieces) -> None:
    """Write down who is struck and why, where that has changed; of very many, others write in between."""
    with pieces.transaction() as conn:
        many = int(scalar(conn, "SELECT count(*) FROM giveaway_entry WHERE giveaway_id = ?", (giveaway.id,))) > PIECE
        if not many:
            conn.executemany(_STRIKE, _changed(conn, giveaway))
    if many:
        pieces.many(_STRIKE, _changed(store.read, giveaway), lambda: None, nobody)


def _changed(conn: Connection, giveaway: Giveaway) -> list[tuple[str, int]]:
    every = "SELECT id, struck FROM giveaway_entry WHERE giveaway_id = ?"
    before = dict(conn.execute(every, (giveaway.id,)).fetchall())
    return [(one.struck, one.id) for one in entries_of(conn, giveaway) if one.struck != before[one.id]]
