"""Rates of currencies, entered by hand: what one unit of a currency is in another from a day on.

They are exact decimals, and used either way; an amount is rounded once, half up, when it is converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.base import clock, money
from app.base.errors import UserError
from app.base.words import tr
from app.store.sqlite import Connection
from app.store.store import Store

if TYPE_CHECKING:
    from fractions import Fraction

_RATE = re.compile(r"\d{1,9}(?:[.,]\d{1,12})?")

At = Callable[[str, str, str], "Fraction | None"]
"""The rate from a currency into another on a day; None if none holds."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `currency` is `rate` of `into` from `on_day` (YYYY-MM-DD) on."""

    id: int
    currency: str
    into: str
    on_day: str
    rate: str
    """As it was entered, with a point: `0.0395`."""


class Rates:
    """The table `gift_rate`."""

    def __init__(self, store: Store) -> None:
        """Every change is an undoable action."""
        self._store = store

    def listed(self) -> list[Rate]:
        """Return all rates by currency, the latest first."""
        return _all(self._store.read)

    def set(self, currency: str, into: str, rate: str, day: str = "") -> Rate:
        """Set what one unit of a currency is in another from a day on (default: today), and return that.

        Raises UserError for anything that is no currency, day, or number above 0.
        """
        source, target, value = money.code(currency), money.code(into), _parsed(rate)
        if source == target:
            raise UserError(tr("A rate is between two currencies: {currency} is given twice.").format(currency=source))
        on_day = clock.day(day) if day else clock.local(clock.now()).date().isoformat()
        title = tr("Rate from {day}: 1 {currency} is {rate} {into}").format(
            day=on_day, currency=source, rate=value, into=target
        )
        with self._store.write(title) as conn:
            conn.execute(
                "INSERT INTO gift_rate (currency, into_currency, on_day, rate) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (currency, into_currency, on_day) DO UPDATE SET rate = excluded.rate",
                (source, target, on_day, value),
            )
            return next(one for one in _all(conn) if (one.currency, one.into, one.on_day) == (source, target, on_day))

    def drop(self, number: int) -> None:
        """Remove a rate by its id."""
        with self._store.write(tr("Removed a rate")) as conn:
            conn.execute("DELETE FROM gift_rate WHERE id = ?", (number,))

    def at(self, currency: str, into: str, day: str) -> Fraction | None:
        """Return what one unit is in the other currency on a day (YYYY-MM-DD); None if no rate holds then."""
        return finder(self._store.read)(currency, into, day)


def finder(conn: Connection) -> At:
    """What finds the rate of a day: the latest that was set for it or before, in either direction."""
    rates = _all(conn)

    def at(currency: str, into: str, day: str) -> Fraction | None:
        from fractions import Fraction  # noqa: PLC0415  loads decimal and numbers: a window at rest converts nothing

        if currency == into:
            return Fraction(1)
        held = [one for one in rates if one.on_day <= day and {one.currency, one.into} == {currency, into}]
        if not held:
            return None
        best = max(held, key=lambda one: (one.on_day, one.currency == currency))
        return Fraction(best.rate) if best.currency == currency else 1 / Fraction(best.rate)

    return at


def convert(amount: int, currency: str, into: str, rate: Fraction) -> int:
    """An amount in minor units of a currency as minor units of another, rounded half up."""
    from fractions import Fraction  # noqa: PLC0415  as above

    exact = amount * rate * Fraction(10) ** (money.digits(into) - money.digits(currency))
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def _all(conn: Connection) -> list[Rate]:
    rows = conn.execute(
        "SELECT id, currency, into_currency, on_day, rate FROM gift_rate"
        " ORDER BY currency, into_currency, on_day DESC, id DESC"
    )
    return [Rate(*row) for row in rows]


def _parsed(text: str) -> str:
    """The number with a point and without zeros before it. Raises UserError for one that is not above 0."""
    typed = text.strip()
    if not (typed.isascii() and _RATE.fullmatch(typed) and typed.strip("0.,")):
        msg = tr("“{text}” isn't a rate. Write a number above 0, such as 0.0395.").format(text=text)
        raise UserError(msg)
    whole, point, part = typed.replace(",", ".").partition(".")
    return f"{int(whole)}{point}{part}"
