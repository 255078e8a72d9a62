"""Convert a table's row to a gift that was given. Errors are texts for the `errors` column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.base import ids, money
from app.base.errors import UserError
from app.base.text import fold
from app.base.words import tr
from app.contacts.person import Person
from app.gifts import OCCASION_NAMES, SPENT, STATES
from app.imports.rows import Reader, RowError

_STAGES = {
    "idea": "idea hugmynd ötlet nápad ιδέα idee idée",
    "approved": "approved ok samþykkt jóváhagyva schváleno εγκρίθηκε εγκεκριμένο genehmigt approuvé aprobado",
    "to_ship": (
        "to_ship to_send pending packed ordered til_sendingar ósent pantað küldendő feladandó megrendelve k_odeslání"
        " objednáno προς_αποστολή παραγγέλθηκε zu_versenden bestellt"
    ),
    "shipped": (
        "shipped sent given delivered posted mailed arrived handed_over sent_out send sendt gefið afhent komið"
        " elküldve átadva feladva megérkezett kiszállítva odesláno předáno doručeno dáno στάλθηκε δόθηκε παραδόθηκε"
        " εστάλη versandt verschickt gegeben übergeben zugestellt envoyé donné livré enviado entregado"
    ),
    "thanked": (
        "thanked done finished closed þakkað lokið búið megköszönve kész lezárva poděkováno hotovo ευχαρίστησε έγινε"
        " ολοκληρώθηκε bedankt erledigt remercié terminé agradecido hecho"
    ),
}
_STATES = {fold(word.replace("_", " ")): state for state, words in _STAGES.items() for word in words.split()}
_TEXTS = ("size", "carrier", "tracking", "card_text")
_MAX_QTY = 1_000_000


@dataclass(frozen=True, slots=True)
class GivenGift:
    """A gift from a row: to whom, the columns of `gift`, its stage, and when it was given (Unix seconds).

    `number` is the id that the row bears if Rapport wrote it, else None.
    """

    person: Person
    values: dict[str, Any]
    state: str
    at: int
    number: int | None = None


def gift(reader: Reader, cells: Sequence[str], currency: str, file: str, gift_id: int | None) -> GivenGift:
    """Convert a row; `currency` is that of amounts that name none, `file` the reason of gifts without one.

    `gift_id` is the column of our own ids, if there is one. Raises RowError.
    """
    item = reader.cell(cells, "item")
    if not item:
        msg = tr("the gift is blank")
        raise RowError(msg)
    person, at = reader.person(cells), reader.at(cells)
    named = reader.cell(cells, "currency")
    try:
        used = money.code(named) if named else currency
        cost = _money(reader.cell(cells, "worth"), used)
        paid = _money(reader.cell(cells, "actual_cost"), used)
    except UserError as why:
        raise RowError(str(why).rstrip(".")) from None
    if cost is not None and paid is not None and cost.currency != paid.currency:
        msg = tr("the value and the actual cost are in different currencies")
        raise RowError(msg)
    known = cost or paid or money.Money(0, used)
    occasion, reason = _occasion(reader.cell(cells, "occasion")), reader.cell(cells, "why")
    values: dict[str, Any] = {
        "item": item,
        "why": reason or reader.cell(cells, "occasion") or tr("Given before; from {file}").format(file=file),
        "worth": known.amount,
        "currency": known.currency,
        "qty": _quantity(reader.cell(cells, "qty")),
        **{name: reader.cell(cells, name) for name in _TEXTS if reader.cell(cells, name)},
    }
    if occasion:
        values["occasion"] = occasion
    if paid is not None:
        values["actual_cost"] = paid.amount
    return GivenGift(person, values, _state(reader.cell(cells, "state")), at, _number(cells, gift_id))


def own_ids(header: Sequence[str]) -> int | None:
    """The column of our own gifts' ids; None if the table has none."""
    titles = [fold(title).replace(" ", "_") for title in header]
    return titles.index("gift_id") if "gift_id" in titles else None


def _number(cells: Sequence[str], column: int | None) -> int | None:
    if column is None or column >= len(cells) or not cells[column].strip():
        return None
    try:
        kind, number = ids.parse(cells[column].strip())
    except UserError:
        return None
    return number if kind == ids.GIFT else None


def _money(text: str, currency: str) -> money.Money | None:
    return money.parse(text, currency) if text else None


def _state(text: str) -> str:
    """The stage that a word means; a gift of which nothing is said was given, and is over."""
    folded = fold(text).replace("_", " ").strip(" .!")
    if not folded:
        return "thanked"
    if folded in _STATES:
        return _STATES[folded]
    msg = tr("“{state}” isn't a gift stage. Choose from: {stages}").format(state=text, stages=", ".join(STATES))
    raise RowError(msg)


def _occasion(text: str) -> str:
    """The occasion of ours that is called so; "" for any other, which is a reason then."""
    folded = fold(text).replace("_", " ")
    names = {fold(name): key for key, name in OCCASION_NAMES.items()} | {
        fold(tr(n)): k for k, n in OCCASION_NAMES.items()
    }
    return names.get(folded, "") or next((key for key in OCCASION_NAMES if key.replace("_", " ") == folded), "")


def _quantity(text: str) -> int:
    bare = text.strip().removesuffix(".0").removesuffix(",0")
    if not bare:
        return 1
    if bare.isascii() and bare.isdecimal() and 0 < int(bare[:9]) < _MAX_QTY:
        return int(bare)
    msg = tr("“{quantity}” isn't a quantity").format(quantity=text)
    raise RowError(msg)


def is_spent(state: str) -> bool:
    """Whether a gift in this stage counts as spent, in the year in which it was given."""
    return state in SPENT
