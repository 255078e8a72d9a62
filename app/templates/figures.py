"""Days and sums as the reader of a text writes them, in five languages. Pure."""

from __future__ import annotations

from datetime import date

from app.base import money

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "is": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου "
    "Δεκεμβρίου",
}
_ORDER = {"en": "{day} {month}", "is": "{day}. {month}", "hu": "{month} {day}.", "cs": "{day}. {month}",
          "el": "{day} {month}"}  # fmt: skip
_MARKS = {"en": (",", "."), "is": (".", ","), "hu": ("\u00a0", ","), "cs": ("\u00a0", ","), "el": (".", ",")}
"""What groups thousands, and what stands before the decimals."""
_OWN_SIGNS = {("is", "ISK"): "kr.", ("hu", "HUF"): "Ft", ("cs", "CZK"): "Kč"}


def day_in(day: date, language: str) -> str:
    """A day without its year as it is written in a language (3 October, 3. október, október 3.); else as YYYY-MM-DD."""
    if language not in _MONTHS:
        return day.isoformat()
    month = _MONTHS[language].split()[day.month - 1]
    return _ORDER[language].format(day=day.day, month=month)


def sum_in(amount: int, currency: str, language: str) -> str:
    """An amount in minor units as it is written in a language: €1,990 in English, 1 990 Kč in Czech."""
    groups, decimal = _MARKS.get(language, ("\u00a0", "."))
    whole, _, cents = money.plain(amount, currency).partition(".")
    number = f"{int(whole):,}".replace(",", groups) + (f"{decimal}{cents}" if cents.strip("0") else "")
    sign = money.sign(currency)
    if language == "en":
        return f"{sign}{number}" if sign else f"{number} {currency}"
    return f"{number}\u00a0{_OWN_SIGNS.get((language, currency), sign or currency)}"
