"""The desk of items: what can be given, what a box is made of, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.base import clock, ids, money
from app.base.errors import BugError, NotFoundError, UserError
from app.base.text import fold
from app.base.words import N_, tr
from app.gifts import leaving, stock
from app.gifts.rows import LEFT, Gift, Stock
from app.gifts.stock import Part
from app.store.sqlite import Connection, Row
from app.store.store import Store

KIND_NAMES = {
    "swag": N_("Swag"),
    "box": N_("Delight box"),
    "gift_card": N_("Gift card"),
    "voucher": N_("Voucher"),
    "card": N_("Handwritten card"),
    "other": N_("Something else"),
}
KINDS = tuple(KIND_NAMES)
EDITABLE = (
    "name", "kind", "worth", "currency", "sizes", "supplier", "lead_days", "customs_text", "allergens", "note",
    "reorder_at", "is_counted",
)  # fmt: skip
_PIECE = re.compile(r"(\d{1,9})\s*[×x*]\s*(.+)")
_TEXTS = ("name", "supplier", "customs_text", "allergens", "note")
_NUMBERS = ("worth", "lead_days", "reorder_at")
MOST = 1_000_000
"""The most of anything that can be in stock or in a box."""
_MOST_WORTH = 10**12
_SELECT = f"SELECT id, {', '.join(EDITABLE)}, retired_at FROM gift_item"


@dataclass(frozen=True, slots=True)
class GiftItem:
    """Something that can be given; `worth` in minor units of `currency` is what one costs."""

    id: int
    name: str
    kind: str
    worth: int
    currency: str
    sizes: tuple[str, ...]
    supplier: str
    lead_days: int
    customs_text: str
    allergens: str
    note: str
    reorder_at: int
    is_counted: bool
    retired_at: int | None


class Items:
    """The tables `gift_item`, `gift_item_part` and `stock_move`."""

    def __init__(self, store: Store) -> None:
        """Every change is an undoable action."""
        self._store = store

    def listed(self, *, retired: bool = False) -> list[GiftItem]:
        """Return the items that are offered, or with `retired` all, by name."""
        where = "" if retired else " WHERE retired_at IS NULL"
        return sorted(map(_gift_item, self._store.read.execute(_SELECT + where)), key=lambda item: fold(item.name))

    def get(self, number: int) -> GiftItem:
        """Return an item; raises NotFoundError."""
        row = self._store.read.execute(f"{_SELECT} WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("There's no item {item}.").format(item=ids.display(ids.ITEM, number)))
        return _gift_item(row)

    def named(self, typed: str) -> GiftItem:
        """Return the item of that name, accents and case aside; raises NotFoundError that names those there are."""
        number = find(self._store.read, typed)
        if number is None:
            names = ", ".join(item.name for item in self.listed()) or tr("none yet")
            msg = tr("There's no item “{name}”. There are: {names}.").format(name=typed.strip(), names=names)
            raise NotFoundError(msg)
        return self.get(number)

    def number(self, typed: str) -> int | None:
        """Return the id of the item of that name that is offered, or None."""
        return find(self._store.read, typed)

    def add(self, name: str, **values: object) -> int:
        """Add an item and return its id; `values` may be any of EDITABLE. Raises UserError, also for a known name."""
        columns = self._checked({"name": name, **values})
        with self._store.write(tr("New item: {name}").format(name=columns["name"])) as conn:
            return _insert(conn, columns)

    def edit(self, number: int, values: Mapping[str, object]) -> None:
        """Change any of EDITABLE. Raises UserError as `add`; gifts of it keep the name that they were given under."""
        before, columns = self.get(number), self._checked(values, but=number)
        if not columns:
            return
        if money.digits(str(columns.get("currency", before.currency))) != money.digits(before.currency) and (
            "worth" not in columns
        ):
            raise UserError(tr("Enter what it costs in the new currency too."))
        settings = ", ".join(f"{name} = ?" for name in columns)
        with self._store.write(tr("Changed item: {name}").format(name=before.name)) as conn:
            conn.execute(f"UPDATE gift_item SET {settings} WHERE id = ?", (*columns.values(), number))

    def retire(self, number: int, *, retired: bool = True) -> None:
        """Offer it no longer, or again. Gifts of it stay what they are."""
        item = self.get(number)
        title = tr("No longer offered: {name}") if retired else tr("Offered again: {name}")
        with self._store.write(title.format(name=item.name)) as conn:
            at = clock.now() if retired else None
            conn.execute("UPDATE gift_item SET retired_at = ? WHERE id = ?", (at, number))

    def parts(self, box: int) -> list[tuple[GiftItem, int]]:
        """Return what a box is made of, with how many of each."""
        rows = self._store.read.execute("SELECT item_id, qty FROM gift_item_part WHERE box_id = ? ORDER BY id", (box,))
        return [(self.get(number), qty) for number, qty in rows.fetchall()]

    def save(self, number: int | None, values: Mapping[str, object], parts: Mapping[int, int]) -> int:
        """Add an item (None) or change one, with what it is made of, as one action; returns its id. Errors as there."""
        name = " ".join(str(values.get("name", "")).split())
        known = {} if number is None else {part.id: qty for part, qty in self.parts(number)}
        columns = self._checked(values, but=number or 0)
        if number is None:
            self._check_parts(None, parts)
        with self._store.write(tr("Item: {name}").format(name=name)) as conn:
            if number is None:
                number = _insert(conn, columns)
                put_parts(conn, number, parts)
            else:
                self.edit(number, values)
                if dict(parts) != known:
                    self.fill(number, parts)
        return number

    def fill(self, box: int, parts: Mapping[int, int]) -> None:
        """Say what a box is made of: item ids with how many of each. Raises UserError for a box inside itself."""
        item = self.get(box)
        self._check_parts(item, parts)
        with self._store.write(tr("Filled the box: {name}").format(name=item.name)) as conn:
            put_parts(conn, box, parts)

    def _check_parts(self, box: GiftItem | None, parts: Mapping[int, int]) -> None:
        """Raise UserError for a part that can't be in the box; None is one that is not there yet."""
        names = {number: self.get(number).name for number in parts}
        for number, qty in parts.items():
            if qty > MOST:
                raise _too_many(qty)
            if qty < 1:
                msg = tr("{count} is too few: put at least 1 “{name}” into the box.").format(
                    count=qty, name=names[number]
                )
                raise UserError(msg)
            if box is not None and (number == box.id or box.id in self._inside(number)):
                msg = tr("“{name}” can't be in “{box}”: that box would be inside itself.").format(
                    name=names[number], box=box.name
                )
                raise UserError(msg)

    def parts_text(self, box: int) -> str:
        """Return what a box is made of as `parts_typed` reads it: "2 × Bottle; 1 × Recipe book"."""
        return "; ".join(f"{qty} × {part.name}" for part, qty in self.parts(box))

    def parts_typed(self, typed: str) -> dict[int, int]:
        """Return the parts that were typed, as `fill` takes them. Raises NotFoundError for an item that isn't there."""
        parts = dict[int, int]()
        for piece in filter(None, (piece.strip() for piece in typed.split(";"))):
            found = _PIECE.fullmatch(piece)
            number = self.named(found[2] if found else piece).id
            parts[number] = parts.get(number, 0) + int(found[1] if found else 1)
        return parts

    def _inside(self, number: int) -> set[int]:
        found, todo = set[int](), [number]
        while todo:
            rows = self._store.read.execute("SELECT item_id FROM gift_item_part WHERE box_id = ?", (todo.pop(),))
            new = {row["item_id"] for row in rows.fetchall()} - found
            found |= new
            todo += new
        return found

    def stock(self) -> list[Stock]:
        """Return the counted items with how many there are in all sizes, those that run low first."""
        rows = self._store.read.execute(
            "SELECT i.id, i.name, coalesce(sum(m.qty), 0) AS there, i.reorder_at FROM gift_item i"
            " LEFT JOIN stock_move m ON m.item_id = i.id WHERE i.is_counted AND i.retired_at IS NULL"
            " GROUP BY i.id ORDER BY there > i.reorder_at, i.name"
        )
        return [Stock(*row) for row in rows]

    def by_size(self, number: int) -> dict[str, int]:
        """Return how many there are of an item by size; of one without sizes only under ""."""
        item = self.get(number)
        rows = self._store.read.execute(
            "SELECT size, sum(qty) FROM stock_move WHERE item_id = ? GROUP BY size", (number,)
        )
        return dict.fromkeys(item.sizes or ("",), 0) | {
            size: there for size, there in rows if there or size in item.sizes
        }

    def missing(self, number: int, size: str = "", qty: int = 1) -> list[tuple[str, str, int]]:
        """Return what the stock lacks to send so many: name, size, and how many more are needed; [] if nothing."""
        lacking = stock.missing(self._store.read, number, size, qty)
        return [(self.get(part.item_id).name, part.size, part.qty) for part in lacking]

    def asks_of(self, gift: Gift, state: str) -> str:
        """What to ask before a gift goes to a state: as `asks` if it leaves us by that, else ""."""
        return self.asks(gift.item_id, gift.size, gift.qty) if state in LEFT and gift.state not in LEFT else ""

    def asks(self, number: int | None, size: str = "", qty: int = 1) -> str:
        """What to ask before so many are shipped: whether to ship more than there is; "" if there is nothing to ask."""
        return "" if number is None else leaving.asks(self._store.read, number, size, qty, {})

    def count(self, number: int, there: int, size: str = "", note: str = "") -> int:
        """Write down how many were counted, and return the difference to the books. From then on it is counted.

        Raises UserError below 0, or for a size that the item does not have.
        """
        item = self._sized(number, size)
        if there < 0:
            raise UserError(tr("Enter how many there are: 0 or more."))
        if there > MOST:
            raise _too_many(there)
        with self._store.write(tr("Counted stock: {item}").format(item=item.name)) as conn:
            difference = there - stock.on_hand(conn, number, size)
            conn.execute("UPDATE gift_item SET is_counted = 1 WHERE id = ?", (number,))
            stock.move(conn, Part(number, size, difference), "counted", note=note)
            return difference

    def change(self, number: int, qty: int, why: str, size: str = "", note: str = "") -> int:
        """Note that `qty` came ("bought", "found") or went ("lost"), and return how many there are then.

        `qty` is above 0 in either case. Raises UserError if fewer are there than went.
        """
        item = self._sized(number, size)
        if why not in ("bought", "found", "lost"):
            raise BugError(why)
        if qty < 1:
            raise UserError(tr("Enter how many: 1 or more."))
        if qty > MOST:
            raise _too_many(qty)
        title = {
            "bought": tr("Into stock: {count} {item}"), "found": tr("Found: {count} {item}"),
            "lost": tr("Out of stock: {count} {item}"),
        }[why].format(count=qty, item=item.name)  # fmt: skip
        with self._store.write(title) as conn:
            there = stock.on_hand(conn, number, size)
            if why == "lost" and there < qty:
                msg = tr("Only {there} of “{item}” are in stock, so {count} can't be taken out. Count them again.")
                raise UserError(msg.format(there=there, item=item.name, count=qty))
            conn.execute("UPDATE gift_item SET is_counted = 1 WHERE id = ?", (number,))
            stock.move(conn, Part(number, size, -qty if why == "lost" else qty), why, note=note)
            return there + (-qty if why == "lost" else qty)

    def stock_in_words(self, number: int, size: str = "") -> str:
        """Return what the books say there is of an item in a size, and whether to order more, as a sentence."""
        item, there = self.get(number), self.by_size(number)
        if not item.is_counted:
            return tr("It hasn't been counted yet.")
        left = sum(there.values())
        words = tr("The books say {count}, reorder.") if left <= item.reorder_at else tr("The books say {count}.")
        return words.format(count=there.get(size, 0))

    def _sized(self, number: int, size: str) -> GiftItem:
        item = self.get(number)
        if size not in (item.sizes or ("",)) and not stock.on_hand(self._store.read, number, size):
            sizes = ", ".join(item.sizes)
            if not sizes:
                raise UserError(tr("“{item}” has no sizes.").format(item=item.name))
            raise UserError(tr("Choose a size of “{item}”: {sizes}.").format(item=item.name, sizes=sizes))
        return item

    def _checked(self, values: Mapping[str, object], but: int = 0) -> dict[str, Any]:
        given = _checked(values)
        if "name" in given and find(self._store.read, given["name"], retired=True) not in (None, but):
            raise UserError(tr("There's an item “{name}” already.").format(name=given["name"]))
        return given


def find(conn: Connection, name: str, *, retired: bool = False) -> int | None:
    """The id of the item of that name, accents and case aside; None if there is none, or it is no longer offered."""
    wanted = fold(" ".join(name.split()))
    rows = conn.execute("SELECT id, name FROM gift_item WHERE retired_at IS NULL OR ?", (retired,))
    return next((row["id"] for row in rows if fold(row["name"]) == wanted), None)


def count_named(conn: Connection, name: str, there: int, reorder_at: int | None) -> None:
    """Count an item by its name in the open transaction; a new name becomes an item."""
    number = find(conn, name, retired=True)
    if number is None:
        number = _insert(conn, {"name": name, "is_counted": 1})
    conn.execute(
        "UPDATE gift_item SET is_counted = 1, reorder_at = coalesce(?, reorder_at) WHERE id = ?", (reorder_at, number)
    )
    stock.move(conn, Part(number, "", there - stock.on_hand(conn, number)), "counted")


def _checked(values: Mapping[str, object]) -> dict[str, Any]:
    """The values as their columns hold them. Raises UserError for one that cannot be."""
    given: dict[str, Any] = dict(values)
    if not given.keys() <= set(EDITABLE):
        raise BugError(sorted(given.keys() - set(EDITABLE)))
    given |= {name: " ".join(str(given[name]).split()) for name in _TEXTS if name in given}
    given |= {name: _number(given[name]) for name in _NUMBERS if name in given}
    if not given.get("name", "x"):
        raise UserError(tr("Enter what the item is called."))
    if given.get("kind", KINDS[0]) not in KINDS:
        msg = tr("“{kind}” isn't a kind of item. Choose from: {kinds}.")
        raise UserError(msg.format(kind=given["kind"], kinds=", ".join(KINDS)))
    if "currency" in given:
        given["currency"] = money.code(str(given["currency"]))
    if "sizes" in given:
        given["sizes"] = ",".join(_sizes(given["sizes"]))
    if "is_counted" in given:
        given["is_counted"] = int(bool(given["is_counted"]))
    return given


def _too_many(count: int) -> UserError:
    return UserError(tr("{count} is too many: the most is {most}.").format(count=count, most=MOST))


def _number(value: object) -> int:
    """A whole number of 0 or more. Raises UserError."""
    text = str(value).strip()
    try:
        number = int(text)
    except ValueError as why:
        raise UserError(tr("“{value}” isn't a whole number.").format(value=text)) from why
    if number > _MOST_WORTH:
        raise UserError(tr("{count} is too many: the most is {most}.").format(count=number, most=_MOST_WORTH))
    if number < 0:
        raise UserError(tr("{value} is too low: the least is 0.").format(value=number))
    return number


def _insert(conn: Connection, columns: Mapping[str, Any]) -> int:
    made = conn.execute(
        f"INSERT INTO gift_item ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        tuple(columns.values()),
    )
    number = int(made.lastrowid or 0)
    _adopt(conn, number, str(columns["name"]))
    return number


def put_parts(conn: Connection, box: int, parts: Mapping[int, int]) -> None:
    """Say in the open transaction what a box is made of."""
    conn.execute("DELETE FROM gift_item_part WHERE box_id = ?", (box,))
    conn.executemany(
        "INSERT INTO gift_item_part (box_id, item_id, qty) VALUES (?, ?, ?)",
        [(box, number, qty) for number, qty in parts.items()],
    )


def _adopt(conn: Connection, number: int, name: str) -> None:
    """Gifts of that name that have not left us yet are gifts of the new item: its stock is theirs too."""
    wanted = fold(name)
    left = ", ".join(f"'{state}'" for state in LEFT)
    rows = conn.execute(f"SELECT id, item FROM gift WHERE item_id IS NULL AND state NOT IN ({left})").fetchall()
    same = [(number, row["id"]) for row in rows if fold(" ".join(row["item"].split())) == wanted]
    conn.executemany("UPDATE gift SET item_id = ? WHERE id = ?", same)


def _gift_item(row: Row) -> GiftItem:
    values = dict(zip(row.keys(), row, strict=True))
    values |= {"sizes": _sizes(values["sizes"]), "is_counted": bool(values["is_counted"])}
    return GiftItem(**values)


def _sizes(text: object) -> tuple[str, ...]:
    """The sizes in a text with commas, or of a sequence; each once."""
    found = text.split(",") if isinstance(text, str) else list(text)  # type: ignore[call-overload]
    return tuple(dict.fromkeys(size for size in (" ".join(str(one).split()) for one in found) if size))
