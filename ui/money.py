"""Money on the screen: the gift's own currency, the locale's digits."""

from __future__ import annotations

from PySide6.QtCore import QLocale

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
_WHOLE = frozenset({"ISK", "JPY", "KRW", "CLP", "VND"})
"""Currencies without minor units (ISO 4217) that our people meet."""


def shown(amount: int, currency: str) -> str:
    """An amount as `bare` writes it, isolated for the middle of a sentence."""
    return f"\u2068{bare(amount, currency)}\u2069"


def bare(amount: int, currency: str) -> str:
    """An amount in minor units as people write it: "€15", "€15.50", "1,200 CZK"; cents only where there are any."""
    digits = 0 if currency in _WHOLE else 2
    whole, rest = divmod(abs(amount), 10**digits)
    locale = QLocale()
    number = locale.toString(whole) if locale.language() != QLocale.Language.C else f"{whole:,}"
    if rest:
        number += f"{locale.decimalPoint() or '.'}{rest:0{digits}d}"
    sign = "−" if amount < 0 else ""
    mark = _SIGNS.get(currency)
    return f"{sign}{mark}{number}" if mark else f"{sign}{number}\u00a0{currency}"
