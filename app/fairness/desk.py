"""The desk of fairness: how gifts are shared, and what came of them."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, datetime, time, timedelta

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.fairness import effect, shares
from app.fairness.effect import DAYS, Effect
from app.fairness.shares import Shares
from app.store.store import Store

_SEASON_DAYS = 365


class Fairness:
    """Shares and effect of gifts. It only reads, and is thread-safe."""

    def __init__(self, store: Store) -> None:
        """Use this store."""
        self._store = store

    def shares(self, year: int | None = None) -> Shares:
        """Return how the gifts of a year (default: this one) were shared. Raises UserError for a year that is none."""
        wanted = clock.local(clock.now()).year if year is None else year
        if not MINYEAR < wanted < MAXYEAR:
            raise UserError(tr("{year} isn't a valid year.").format(year=wanted))
        return shares.shares(self._store.read, wanted)

    def effect(self, since: str = "", until: str = "", now: int | None = None) -> Effect:
        """Return what came of the gifts given from one day to another, both included (YYYY-MM-DD).

        Left out: the year up to DAYS ago, as the days after a gift have to be over. Raises UserError for a day that is
        none, for days the wrong way round, and where those after a gift are not over.
        """
        today = clock.local(clock.now() if now is None else now).date()
        latest = today - timedelta(days=DAYS + 1)
        last = datetime.fromisoformat(clock.day(until) or latest.isoformat()).date()
        first = datetime.fromisoformat(clock.day(since) or (last - timedelta(days=_SEASON_DAYS - 1)).isoformat()).date()
        if last > latest:
            msg = tr("The {days} days after a gift have to be over: choose {day} or earlier.")
            raise UserError(msg.format(days=DAYS, day=latest.isoformat()))
        if first > last:
            msg = tr("{since} is after {until}.").format(since=first.isoformat(), until=last.isoformat())
            raise UserError(msg)
        begin, end = (clock.at_local(datetime.combine(day, time())) for day in (first, last + timedelta(days=1)))
        return effect.effect(self._store.read, begin, end)
