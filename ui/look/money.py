"""Formatting of money in the locale, with currency signs and digits from `app.base.money`."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from app.base import money

_DIGITS = "0123456789"


def display(amount: int, currency: str) -> str:
    """An amount formatted by `bare`, isolated (U+2068) for use in a sentence."""
    return f"\u2068{bare(amount, currency)}\u2069"


def bare(amount: int, currency: str) -> str:
    """Format an amount in minor units: "€15", "€15.50", "1,200 CZK"; without ".00"."""
    whole, _, rest = money.short(abs(amount), currency).partition(".")
    locale = QLocale()
    plain = locale.language() == QLocale.Language.C
    number = f"{int(whole):,}" if plain else locale.toString(int(whole))
    if rest:
        number += f"{'.' if plain else locale.decimalPoint()}{rest if plain else _native(rest, locale)}"
    below, mark = "−" if amount < 0 else "", money.sign(currency)
    return f"{below}{mark}{number}" if mark else f"{below}{number}\u00a0{currency}"


def _native(digits: str, locale: QLocale) -> str:
    """Replace ASCII digits by the locale's own."""
    zero = locale.zeroDigit()
    return (
        digits.translate({ord(digit): ord(zero) + place for place, digit in enumerate(_DIGITS)})
        if len(zero) == 1
        else digits
    )
