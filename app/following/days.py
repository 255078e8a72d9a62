"""By when, as it is said to somebody in one of the five languages: "by Friday", "do pátku". Pure."""

from __future__ import annotations

from datetime import date

_NEAR_DAYS = 6
_WEEKDAYS = {
    "en": ("by Monday", "by Tuesday", "by Wednesday", "by Thursday", "by Friday", "by Saturday", "by Sunday"),
    "is": (
        "á mánudaginn", "á þriðjudaginn", "á miðvikudaginn", "á fimmtudaginn", "á föstudaginn", "á laugardaginn",
        "á sunnudaginn",
    ),
    "hu": ("hétfőig", "keddig", "szerdáig", "csütörtökig", "péntekig", "szombatig", "vasárnapig"),
    "cs": ("do pondělí", "do úterý", "do středy", "do čtvrtka", "do pátku", "do soboty", "do neděle"),
    "el": (
        "έως τη Δευτέρα", "έως την Τρίτη", "έως την Τετάρτη", "έως την Πέμπτη", "έως την Παρασκευή",
        "έως το Σάββατο", "έως την Κυριακή",
    ),
}  # fmt: skip
_DATES = {
    "en": "by {day} {month}", "is": "fyrir {day}.{number}.", "hu": "legkésőbb ekkor: {number}. {day}.",
    "cs": "do {day}. {number}.", "el": "έως τις {day}/{number}",
}  # fmt: skip
_TODAY = {"en": "today", "is": "í dag", "hu": "ma", "cs": "dnes", "el": "σήμερα"}
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def by_when(day: str, today: date, language: str) -> str:
    """Return by when in a text of that language, for an ISO date; "" for none, or another language than the five.

    Within six days the weekday is named, later the date.
    """
    if not day or language not in _WEEKDAYS:
        return ""
    then = date.fromisoformat(day)
    if then == today:
        return _TODAY[language]
    if 0 < (then - today).days <= _NEAR_DAYS:
        return _WEEKDAYS[language][then.weekday()]
    return _DATES[language].format(day=then.day, number=then.month, month=_ENGLISH_MONTHS[then.month - 1])
