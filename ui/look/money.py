"""Money on the screen: currency and digits as `app.base.money` has them, written the locale's way."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from app.base import money

_DIGITS = "0123456789"


def display(amount: int, currency: str) -> str:
    """An amount as `bare` writes it, isolated for the middle of a sentence."""
    return f"\u2068{bare(amount, currency)}\u2069"


def bare(amount: int, currency: str) -> str:
    """An amount in minor units as people write it: "€15", "€15.50", "1,200 CZK"; cents only where there are any."""
    whole, _, rest = money.short(abs(amount), currency).partition(".")
    locale = QLocale()
    plain = locale.language() == QLocale.Language.C
    number = f"{int(whole):,}" if plain else locale.toString(int(whole))
    if rest:
        number += f"{'.' if plain else locale.decimalPoint()}{rest if plain else _native(rest, locale)}"
    below, mark = "−" if amount < 0 else "", money.sign(currency)
    return f"{below}{mark}{number}" if mark else f"{below}{number}\u00a0{currency}"


def _native(digits: str, locale: QLocale) -> str:
    """The digits as the locale writes them, which may be others than 0 to 9."""
    zero = locale.zeroDigit()
    return (
        digits.translate({ord(one): ord(zero) + place for place, one in enumerate(_DIGITS)})
        if len(zero) == 1
        else digits
    )
