"""What was done in a copy of the file that this file has not: counted by rows, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.actions import rows_in_words
from app.base.words import counted, tr
from app.store import twin
from app.store.pen import Loan
from app.store.sqlite import Connection, scalar
from app.store.twin import OTHER, Differing

_LISTED = 8
_SINCE = (
    f"FROM {OTHER}.action a WHERE a.undone_at IS NULL AND NOT EXISTS (SELECT 1 FROM main.action m WHERE m.id = a.id)"
)
_MESSAGES = f"""
SELECT coalesce(sum(out = 0), 0) AS received, coalesce(sum(out = 1), 0) AS sent FROM {OTHER}.message m
WHERE NOT EXISTS (SELECT 1 FROM main.message x WHERE x.id = m.id)
"""
_WAITING = f"""
SELECT count(*) FROM {OTHER}.outbox o WHERE o.state IN ('held', 'queued')
  AND NOT EXISTS (SELECT 1 FROM main.outbox x WHERE x.id = o.id AND x.state = o.state)
"""
_FORGOTTEN = f"""
SELECT count(*) FROM {OTHER}.forgotten f WHERE NOT EXISTS (SELECT 1 FROM main.forgotten m WHERE m.receipt = f.receipt)
"""


class Coming(NamedTuple):
    """What comes back with a copy: counts of rows by table, and of messages that came in and that were sent.

    `waiting` are replies that wait to be sent in the copy: from then on they wait here. `done` is how many actions were
    taken, `last` the titles of the latest. `forgotten` counts the members who were forgotten there.
    """

    loan: Loan
    received: int
    sent: int
    waiting: int
    new: Mapping[str, int]
    changed: Mapping[str, int]
    gone: Mapping[str, int]
    done: int
    last: tuple[str, ...]
    forgotten: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done in the copy."""
        return not (self.new or self.changed or self.gone or self.forgotten)

    def lines(self) -> list[str]:
        """What comes back, a sentence each."""
        if self.is_empty:
            return [tr("Nothing was done in that copy.")]
        return [*self._counts(), *self._done()]

    def _counts(self) -> Iterable[str]:
        if self.received or self.sent:
            received = counted(self.received, "{count:,} message came in there", "{count:,} messages came in there")
            sent = counted(self.sent, "{count:,} was sent", "{count:,} were sent")
            yield tr("{received}, {sent}.").format(received=received, sent=sent)
        if self.waiting:
            yield counted(
                self.waiting,
                "{count:,} reply waits in its outbox; it comes along, and waits here from then on.",
                "{count:,} replies wait in its outbox; they come along, and wait here from then on.",
            )
        for words, rows in (
            (tr("New: {rows}."), rows_in_words(self.new)),
            (tr("Changed: {rows}."), rows_in_words(self.changed)),
            (tr("Gone: {rows}."), rows_in_words(self.gone)),
        ):
            if rows:
                yield words.format(rows=rows)
        if self.forgotten:
            yield counted(
                self.forgotten,
                "{count:,} member was forgotten there, and is forgotten here too. That can't be undone.",
                "{count:,} members were forgotten there, and are forgotten here too. That can't be undone.",
            )

    def _done(self) -> Iterable[str]:
        if self.last:
            yield tr("Done there: {titles}").format(titles="; ".join(self.last)) + (
                " …" if self.done > len(self.last) else ""
            )


def look(conn: Connection, loan: Loan) -> Coming:
    """What the copy that is attached to a connection has, against the connection's file."""
    found = twin.all_differing(conn, twin.sheets(conn))
    messages = conn.execute(_MESSAGES).fetchone()
    last = conn.execute(f"SELECT a.title {_SINCE} ORDER BY a.id DESC LIMIT ?", (_LISTED,)).fetchall()
    return Coming(
        loan, int(messages["received"]), int(messages["sent"]), int(scalar(conn, _WAITING)),
        _numbers(found, "new"), _numbers(found, "changed"), _numbers(found, "gone"),
        int(scalar(conn, f"SELECT count(*) {_SINCE}")), tuple(row["title"] for row in last),
        int(scalar(conn, _FORGOTTEN)),
    )  # fmt: skip


def _numbers(found: Mapping[str, Differing], which: str) -> dict[str, int]:
    rows: dict[str, Sequence[object]] = {table: getattr(one, which) for table, one in found.items()}
    return {table: len(those) for table, those in rows.items() if those}
