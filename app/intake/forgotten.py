"""What comes in of members who were forgotten: it is left out, however it comes. What they write afterwards is new."""

from __future__ import annotations

from collections.abc import Sequence

from app import tombstones
from app.base.message import Incoming
from app.intake.source import Source
from app.store.sqlite import Connection
from app.tombstones import Mark


def left_out(conn: Connection, source: Source, items: Sequence[Incoming]) -> tuple[list[Incoming], int]:
    """The messages that are nothing of somebody forgotten, and how many were left out.

    Left out is what was erased, whatever it says by now; what somebody said before the time at which they were
    forgotten; and what we wrote to nobody else until then, or in a thread with them alone.
    """
    if not tombstones.there_are(conn):
        return list(items), 0
    known = tombstones.known(conn, {mark for item in items for mark in _marks(source, item)})
    kept = [item for item in items if not _is_gone(source, item, known)]
    return kept, len(items) - len(kept)


def _marks(source: Source, item: Incoming) -> list[Mark]:
    marks = [tombstones.message(source.account_id, item.remote_id), tombstones.person(source.kind, item.author.key)]
    marks += [tombstones.person(source.kind, key) for key in item.to]
    return [*marks, tombstones.thread(source.account_id, item.thread)] if item.thread else marks


def _is_gone(source: Source, item: Incoming, known: dict[Mark, int]) -> bool:
    if tombstones.message(source.account_id, item.remote_id) in known:
        return True
    if not source.is_ours(item):
        return item.at <= known.get(tombstones.person(source.kind, item.author.key), item.at - 1)
    thread = known.get(tombstones.thread(source.account_id, item.thread), item.at - 1) if item.thread else item.at - 1
    to = [known.get(tombstones.person(source.kind, key), item.at - 1) for key in item.to]
    return item.at <= thread or (bool(to) and all(item.at <= at for at in to))
