"""A teammate's cell as a value: a status, a date, an amount, words; or what to ask about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.base import money
from app.base.errors import UserError
from app.base.words import N_, tr
from app.returns import days, status_words
from app.returns.rows import COLUMN_NAMES, Question

CLEARS = "-"
"""What a teammate writes to make a cell blank: a blank one changes nothing."""
_CLEARING = frozenset("-–—−")
_DATES = ("answered_on", "shipped_on")
_LONG_CELL = 32_000
"""Characters above which spreadsheets cut a cell off; what is left of it is no edit."""
_NAMES = {"handoffs": N_("a status of a hand-off"), "gifts": N_("a stage of a gift")}


@dataclass(frozen=True, slots=True)
class Column:
    """How the cells of a column are read: which file, which column, the day, and the order of its dates."""

    kind: str
    name: str
    today: date
    order: str = ""
    currency: str = ""


def same(cell: str, base: str) -> bool:
    """Whether a cell is as it went out, but for what spreadsheets do: line ends, spaces at the end, an apostrophe.

    A spreadsheet of ours has no guards, so that a CSV which is made of it has lost an apostrophe that was in the words.
    """
    if cell == base:
        return True
    ours, theirs = trimmed(base), trimmed(cell)
    if ours == theirs or (ours[:1] == "'" and ours == f"'{theirs}"):
        return True
    return len(theirs) > _LONG_CELL and ours.startswith(theirs)


def trimmed(text: str) -> str:
    """Words without what spreadsheets add or take: spaces at the ends of lines, another kind of line end."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


def clears(cell: str) -> bool:
    """Whether a cell says that the value is to be taken out."""
    return cell.strip() in _CLEARING and bool(cell.strip())


def cleared(cell: str, column: str) -> str | Question:
    """What such a cell comes to: nothing, or a question in a column that always has a value."""
    if column not in ("status", "currency"):
        return ""
    reason = tr("{column} can't be made blank.").format(column=tr(COLUMN_NAMES[column]))
    return Question(column, cell.strip(), reason)


def names_currency(cell: str) -> bool:
    """Whether an amount says its currency itself."""
    return any(letter.isalpha() or letter in "€$£¥₺₴₪₹" for letter in cell)


def value(cell: str, column: Column) -> str | Question:
    """What a cell that is not blank says; a question where that is not certain."""
    if column.name == "status":
        return _status(cell, column)
    if column.name in _DATES:
        return _day(cell, column)
    if column.name == "actual_cost":
        return _amount(cell, column)
    if column.name == "currency":
        return _currency(cell, column)
    return trimmed(cell)


def of_base(cell: str, column: Column) -> str:
    """The value of a cell of ours, as it went out."""
    if not cell.strip():
        return ""
    if column.name in ("owner", "answer", "ticket", "carrier", "tracking"):
        return trimmed(cell)
    found = value(cell, replace(column, order=days.DAY_FIRST))
    return trimmed(cell) if isinstance(found, Question) else found


def damaged(cell: str, column: str) -> Question:
    """What is said of a cell that a spreadsheet changed into a rounded number, or an error."""
    reason = tr("“{text}” is what a spreadsheet left of a longer value. Ask for it again, as text.")
    return Question(column, cell, reason.format(text=cell.strip()))


def formula(cell: str, column: str) -> Question:
    """What is said of a formula: it is never worked out here."""
    reason = tr("The cell holds a formula ({text}). Ask for the value itself.")
    return Question(column, cell, reason.format(text=_short(cell)))


def _status(cell: str, column: Column) -> str | Question:
    key, likely = status_words.read(cell, column.kind)
    if key:
        return key
    reason = tr("“{text}” isn't {what}.").format(text=_short(cell), what=tr(_NAMES[column.kind]))
    return Question(column.name, cell.strip(), reason, likely)


def _day(cell: str, column: Column) -> str | Question:
    found = days.read(cell, column.today, column.order)
    if len(found) == 1:
        return found[0].isoformat()
    if not found:
        reason = tr("“{text}” isn't a date that Rapport can read.").format(text=_short(cell))
        return Question(column.name, cell.strip(), reason)
    reason = tr("“{text}” can be two dates: which one is the month?").format(text=_short(cell))
    readings = sorted(found, key=lambda day: (day > column.today, abs(day - column.today)))
    return Question(column.name, cell.strip(), reason, tuple(day.isoformat() for day in readings))


def _amount(cell: str, column: Column) -> str | Question:
    """An amount as `money.short` writes it; with its currency behind it if it names another than the gift's."""
    try:
        found = money.parse(cell, column.currency)
    except UserError as why:
        return Question(column.name, cell.strip(), str(why))
    if found.currency != column.currency:
        reason = tr("“{text}” is in {currency}, the gift is in {wanted}. Say what it is in {wanted}.").format(
            text=_short(cell), currency=found.currency, wanted=column.currency
        )
        return Question(column.name, cell.strip(), reason)
    return money.short(found.amount, found.currency)


def _currency(cell: str, column: Column) -> str | Question:
    try:
        return money.code(cell)
    except UserError as why:
        return Question(column.name, cell.strip(), str(why))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"  # noqa: PLR2004  as many as fit into a line
