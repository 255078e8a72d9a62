"""The desk of working blocks, and the one place that decides how long a conversation may wait.

What a channel's members may expect is the account's own promise, else the setting; both are counted in working time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from app.base import clock
from app.base.errors import NotFoundError
from app.base.words import tr
from app.calendar.working import WORKING_DAYS, Block, Remembered, WorkingTime, working_days
from app.settings import Settings
from app.store.store import Store

if TYPE_CHECKING:
    from app.store.sqlite import Connection

FreeDays = Callable[[str, int], Collection[date]]


class Planned(NamedTuple):
    """A working block with its id."""

    id: int
    block: Block


class Targets(NamedTuple):
    """How long each account's conversations may wait: `usual` minutes of working time, or those of the account.

    Lists, pages, queue and shell all ask here what is late.
    """

    working: WorkingTime
    usual: int
    own: Mapping[int, int]

    def minutes(self, account_id: int) -> int:
        """What the account's members may expect, in minutes of working time."""
        return self.own.get(account_id, self.usual)

    def due_at(self, account_id: int, since: int) -> int:
        """By when a message of `since` is to be answered there (both Unix seconds)."""
        return self.working.add_minutes(since, self.minutes(account_id))

    def late_since(self, account_id: int, now: int) -> int:
        """What has waited there since then or longer is late at `now` (both Unix seconds)."""
        return self.working.subtract_minutes(now, self.minutes(account_id))


class Lateness:
    """What is late at one moment, for many rows: each account is asked for once."""

    def __init__(self, targets: Targets, now: int) -> None:
        """`now` in Unix seconds."""
        self._targets, self._now = targets, now
        self._next_start: int | None = None
        self._late_since: dict[int, int] = {}

    def is_late(self, account_id: int, since: int | None) -> bool:
        """Whether who has waited there since then has waited longer than promised; None: nobody waits."""
        if since is None:
            return False
        if account_id not in self._late_since:
            self._late_since[account_id] = self._targets.late_since(account_id, self._now)
        return since <= self._late_since[account_id]

    def is_before_next_block(self, at: int) -> bool:
        """Whether a time (Unix seconds) is not later than the next block starts; False where all fall on free days."""
        if self._next_start is None:
            try:
                self._next_start = self._targets.working.next_start(self._now)
            except ValueError:
                self._next_start = 0
        return at <= self._next_start


class Blocks:
    """The `block` table: the person's own working week."""

    def __init__(self, store: Store, settings: Settings, free_days: FreeDays | None = None) -> None:
        """Every change is one undoable action. `free_days(country, year)` is asked once a country is chosen."""
        self._store, self._settings = store, settings
        self._free_days = free_days or _public_holidays

    def all(self) -> list[Planned]:
        """The blocks by weekday and hour; none until somebody says when they work."""
        rows = self._store.read.execute("SELECT id, weekday, starts, ends FROM block ORDER BY weekday, starts")
        return [Planned(number, Block(*block)) for number, *block in rows]

    def add(self, words: str) -> list[int]:
        """Add the blocks that were typed ("Tue 17-19, Sat 10-12"); their ids.

        Raises UserError for words that are none, and for a block that overlaps another.
        """
        from app.blocks.words import refuse_overlap, understood, written  # noqa: PLC0415  the first paint does without

        blocks = understood(words)
        refuse_overlap(sorted([*blocks, *(planned.block for planned in self.all())]))
        with self._store.write(tr("Working blocks added: {blocks}").format(blocks=written(blocks))) as conn:
            return [_insert(conn, block) for block in blocks]

    def put(self, words: str) -> None:
        """Let these be the blocks, and no others; blank words leave none. Raises UserError as `add` does."""
        from app.blocks.words import understood, written  # noqa: PLC0415  as above

        blocks = understood(words) if words.strip() else []
        before = {planned.block: planned.id for planned in self.all()}
        if set(blocks) == set(before):
            return
        title = tr("Working blocks: {blocks}").format(blocks=written(blocks)) if blocks else tr("No working blocks")
        with self._store.write(title) as conn:
            for block in set(before) - set(blocks):
                conn.execute("DELETE FROM block WHERE id = ?", (before[block],))
            for block in blocks:
                if block not in before:
                    _insert(conn, block)

    def remove(self, number: int) -> None:
        """Remove a block. Raises NotFoundError if it is gone."""
        from app.blocks.words import spelled  # noqa: PLC0415  as above

        gone = next((planned for planned in self.all() if planned.id == number), None)
        if gone is None:
            msg = tr("That block no longer exists.")
            raise NotFoundError(msg)
        with self._store.write(tr("Working block removed: {block}").format(block=spelled(gone.block))) as conn:
            conn.execute("DELETE FROM block WHERE id = ?", (number,))

    def working(self, now: int) -> WorkingTime:
        """When the person works: in their blocks, else on working days from 9 to 17; on no holiday of their country."""
        blocks = tuple(planned.block for planned in self.all()) or WORKING_DAYS
        country = self._settings.text("country")
        if not country:
            return WorkingTime(blocks)
        year = clock.local(now).year
        days = (day for near in (year - 1, year, year + 1, year + 2) for day in self._free_days(country, near))
        return WorkingTime(blocks, frozenset(days))

    def days_late(self, due_on: str, today: date) -> int:
        """How many working days have passed since a local date (YYYY-MM-DD): Monday to Friday, but no holiday."""
        due, country = date.fromisoformat(due_on), self._settings.text("country")
        years = range(due.year, today.year + 1) if country else ()
        return working_days(due, today, {day for year in years for day in self._free_days(country, year)})

    def targets(self, now: int) -> Targets:
        """How long each account's conversations may wait, as it stands now; for a list, asked once for all its rows."""
        own = self._store.read.execute("SELECT id, reply_minutes FROM account WHERE reply_minutes IS NOT NULL")
        return Targets(
            Remembered(*self.working(now)), self._settings.number("answer_hours") * 60, dict(tuple(row) for row in own)
        )

    def lateness(self, now: int) -> Lateness:
        """What is late at `now` (Unix seconds), as blocks and promises stand."""
        return Lateness(self.targets(now), now)

    def due_at(self, account_id: int, since: int) -> int:
        """By when a message of `since` is to be answered on this account (both Unix seconds)."""
        return self.targets(since).due_at(account_id, since)


def _insert(conn: Connection, block: Block) -> int:
    made = conn.execute("INSERT INTO block (weekday, starts, ends) VALUES (?, ?, ?)", block)
    return int(made.lastrowid or 0)


def _public_holidays(country: str, year: int) -> Collection[date]:
    from app.calendar.holidays import free_days  # noqa: PLC0415  only once a country is chosen

    return free_days(country, year)
