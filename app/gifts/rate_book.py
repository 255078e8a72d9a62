"""The desk of rates: what one unit of a currency is in another from a day on, typed by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.base import clock, money
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.gifts.budget import changed
from app.gifts.consent import Answer
from app.gifts.rates import Rate, every, finder
from app.store.store import Store

if TYPE_CHECKING:
    from fractions import Fraction

_RATE = re.compile(r"\d{1,9}(?:[.,]\d{1,12})?")


class Rates:
    """The table `gift_rate`."""

    def __init__(self, store: Store) -> None:
        """Every change is an undoable action."""
        self._store = store

    def listed(self) -> list[Rate]:
        """Return all rates by currency, the latest first."""
        return every(self._store.read)

    def set(self, currency: str, into: str, rate: str, day: str = "", *, over: Answer = False) -> Rate:
        """Set what one unit of a currency is in another from a day on (default: today), and return that.

        Raises UserError for anything that is no currency, day, or number above 0, and NotYetError if a budget is over
        by it and `over` does not agree to that.
        """
        source, target, value = money.code(currency), money.code(into), _parsed(rate)
        if source == target:
            raise UserError(tr("A rate is between two currencies: {currency} is given twice.").format(currency=source))
        on_day = clock.day(day) if day else clock.local(clock.now()).date().isoformat()
        title = tr("Rate from {day}: 1 {currency} is {rate} {into}").format(
            day=on_day, currency=source, rate=value, into=target
        )
        with self._store.write(title) as conn, changed(conn, over):
            conn.execute(
                "INSERT INTO gift_rate (currency, into_currency, on_day, rate) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (currency, into_currency, on_day) DO UPDATE SET rate = excluded.rate",
                (source, target, on_day, value),
            )
            return next(one for one in every(conn) if (one.currency, one.into, one.on_day) == (source, target, on_day))

    def find(self, currency: str, into: str, day: str) -> Rate:
        """Return the rate between two currencies that was set for a day; raises NotFoundError for none."""
        pair = (money.code(currency), money.code(into), clock.day(day))
        found = next((one for one in self.listed() if (one.currency, one.into, one.on_day) == pair), None)
        if found is None:
            msg = tr("There's no rate from {currency} to {into} from {day} on.")
            raise NotFoundError(msg.format(currency=pair[0], into=pair[1], day=pair[2]))
        return found

    def drop(self, number: int, *, over: Answer = False) -> None:
        """Remove a rate by its id, one undoable action; raises NotFoundError for none, and NotYetError as `set`."""
        rate = next((one for one in self.listed() if one.id == number), None)
        if rate is None:
            raise NotFoundError(tr("There's no such rate."))
        title = tr("Removed the rate from {day}: 1 {currency} is {rate} {into}").format(
            day=rate.on_day, currency=rate.currency, rate=rate.rate, into=rate.into
        )
        with self._store.write(title) as conn, changed(conn, over):
            conn.execute("DELETE FROM gift_rate WHERE id = ?", (number,))

    def at(self, currency: str, into: str, day: str) -> Fraction | None:
        """Return what one unit is in the other currency on a day (YYYY-MM-DD); None if no rate holds then."""
        return finder(self._store.read)(currency, into, day)


def _parsed(text: str) -> str:
    """The number with a point and without zeros before it. Raises UserError for one that is not above 0."""
    typed = text.strip()
    if not (typed.isascii() and _RATE.fullmatch(typed) and typed.strip("0.,")):
        msg = tr("“{text}” isn't a rate. Write a number above 0, such as 0.0395.").format(text=text)
        raise UserError(msg)
    whole, point, part = typed.replace(",", ".").partition(".")
    return f"{int(whole)}{point}{part}"
