"""The `handling` table: how long the person had something in hand, noted when they left it after a decision.

Seconds are those in which they did something; what is idle is left out by who notes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.base import clock
from app.base.errors import UserError
from app.base.words import counted, tr
from app.handling.ends import ending
from app.handling.kinds import KIND_NAMES, KINDS, USUAL_MINUTES, kind_of
from app.inbox import ConversationRow
from app.settings import delete_value, store_value
from app.store.sqlite import Connection
from app.store.store import Store

ENOUGH = 5
"""With fewer samples of a kind the usual minutes stand."""
RECENT = 60
"""The samples of a kind that count: people get quicker, and templates help."""
MOST_MINUTES = 240
ESTIMATES_KEY = "minutes_for_"
"""What the keys of corrected estimates begin with in the table of settings."""
_FINISHED = ("sent", "done", "handed_off")
"""What ends a piece of work; who snoozes it, or parks it, has the rest still before them."""
_HOURS = """
SELECT h.at, h.seconds, h.kind, coalesce(a.name, '') AS account
FROM handling h LEFT JOIN conversation c ON c.id = h.conversation_id LEFT JOIN account a ON a.id = c.account_id
WHERE h.at >= ? AND h.at < ? ORDER BY h.at
"""


class Estimate(NamedTuple):
    """How long a kind takes: `minutes` as they count, by `samples` of this person; `corrected` by them or None."""

    kind: str
    minutes: int
    samples: int
    corrected: int | None

    @property
    def name(self) -> str:
        """The kind in words."""
        return tr(KIND_NAMES[self.kind])

    @property
    def is_own(self) -> bool:
        """Whether enough was timed to go by."""
        return self.samples >= ENOUGH

    @property
    def why(self) -> str:
        """Where the minutes are from."""
        if self.corrected is not None:
            return tr("as you set it")
        if not self.is_own:
            return tr("what is usual, until {count} were timed").format(count=ENOUGH)
        return counted(self.samples, "the median of {count} timed", "the median of {count} timed")


class Hours(NamedTuple):
    """Where a week went, in seconds: by kind, by account ("" for none), and by local day from Monday on."""

    monday: date
    seconds: int
    kinds: Mapping[str, int]
    accounts: Mapping[str, int]
    days: Mapping[date, int]


class Handling:
    """How long things took, and how long they are going to take."""

    def __init__(self, store: Store) -> None:
        """Thread-safe; what is noted is no action of the person's, so nothing of it is undone."""
        self._store = store

    def note(self, kind: str, conversation_id: int | None, seconds: int, ended: str, at: int | None = None) -> None:
        """Note that so many seconds were spent, until `at` (Unix seconds, default now). Not for a keystroke: it writes.

        `ended` says what ended it: sent, done, snoozed, handed_off. Raises ValueError for an unknown kind. A
        conversation that is gone by now is noted without it.
        """
        if kind not in KINDS:
            raise ValueError(kind)
        with self._store.write() as conn:
            conn.execute(
                "INSERT INTO handling (kind, conversation_id, at, seconds, ended)"
                " VALUES (?, (SELECT id FROM conversation WHERE id = ?), ?, ?, ?)",
                (kind, conversation_id, clock.now() if at is None else at, max(0, seconds), ended),
            )

    def left(self, before: ConversationRow, since: int, active: Callable[[int | None], int]) -> None:
        """Note the work on a conversation that is left, if anything was done with it since it was opened.

        `before` is how it was then, `since` when (Unix seconds). `active(at)` says for how many seconds the person has
        done something until `at`, or until it was left. Called on a worker: it reads and writes.
        """
        found = ending(self._store, before, since)
        if found is not None:
            self.note(found.kind or kind_of(before), before.id, active(found.at), found.ended)

    def estimates(self) -> Mapping[str, int]:
        """How many minutes each kind takes this person, at least 1."""
        return {estimate.kind: estimate.minutes for estimate in self.estimated()}

    def estimated(self) -> list[Estimate]:
        """Each kind with its estimate: as corrected, else the median of recent work, else what is usual."""
        return [self._estimate(kind) for kind in KINDS]

    def _estimate(self, kind: str) -> Estimate:
        rows = self._store.read.execute(
            "SELECT seconds FROM handling WHERE kind = ? AND ended IN (?, ?, ?) ORDER BY at DESC, id DESC LIMIT ?",
            (kind, *_FINISHED, RECENT),
        )
        took = [seconds for (seconds,) in rows]
        corrected = self._corrected(kind)
        own = max(1, round(_median(took) / 60)) if len(took) >= ENOUGH else USUAL_MINUTES[kind]
        return Estimate(kind, corrected or own, len(took), corrected)

    def _corrected(self, kind: str) -> int | None:
        row = self._store.read.execute("SELECT value FROM setting WHERE key = ?", (ESTIMATES_KEY + kind,)).fetchone()
        return int(row[0]) if row is not None and row[0].isdecimal() and row[0] != "0" else None

    def correct(self, kind: str, minutes: int | None) -> None:
        """Let a kind take so many minutes, whatever was timed; None counts by what was timed again.

        Raises UserError for an unknown kind, and for minutes below 1 or above 240.
        """
        if kind not in KINDS:
            msg = tr("There's no kind “{kind}”. Choose from: {kinds}.").format(kind=kind, kinds=", ".join(KINDS))
            raise UserError(msg)
        if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
            msg = tr("An estimate is a number of minutes from 1 to {most}.").format(most=MOST_MINUTES)
            raise UserError(msg)
        with self._store.write() as conn:
            if minutes is None:
                delete_value(conn, ESTIMATES_KEY + kind)
            else:
                store_value(conn, ESTIMATES_KEY + kind, str(minutes))

    def hours(self, week: date) -> Hours:
        """Where the hours of the local week went in which this day is."""
        monday = week - timedelta(days=week.weekday())
        days = [monday + timedelta(days=step) for step in range(8)]
        begin, end = (clock.at_local(datetime.combine(day, time())) for day in (days[0], days[-1]))
        kinds, accounts = dict.fromkeys(KINDS, 0), dict[str, int]()
        by_day = dict.fromkeys(days[:-1], 0)
        for at, seconds, kind, account in self._store.read.execute(_HOURS, (begin, end)):
            kinds[kind] = kinds.get(kind, 0) + seconds
            accounts[account] = accounts.get(account, 0) + seconds
            by_day[clock.local(at).date()] += seconds
        return Hours(monday, sum(by_day.values()), _spent(kinds), _spent(accounts), by_day)


def _median(took: Sequence[int]) -> float:
    from statistics import median  # noqa: PLC0415  loads decimal and fractions; few kinds have been timed often enough

    return median(took)


def _spent(seconds: Mapping[str, int]) -> dict[str, int]:
    """Those on which time was spent, the most first."""
    return {name: spent for name, spent in sorted(seconds.items(), key=lambda item: -item[1]) if spent}


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the time spent on one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved: then nothing here goes with them.
    """
    if messages is None:
        conn.execute("UPDATE handling SET conversation_id = ? WHERE conversation_id = ?", (kept, gone))
