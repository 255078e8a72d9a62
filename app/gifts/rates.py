"""Rates of currencies, entered by hand: what one unit of a currency is in another from a day on.

They are exact decimals, and used either way; an amount is rounded once, half up, when it is converted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.base import money
from app.store.sqlite import Connection

if TYPE_CHECKING:
    from fractions import Fraction

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


def finder(conn: Connection) -> At:
    """What finds the rate of a day: the latest that was set for it or before, in either direction."""
    rates = every(conn)

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


def every(conn: Connection) -> list[Rate]:
    """Return all rates by currency, the latest first."""
    rows = conn.execute(
        "SELECT id, currency, into_currency, on_day, rate FROM gift_rate"
        " ORDER BY currency, into_currency, on_day DESC, id DESC"
    )
    return [Rate(*row) for row in rows]
