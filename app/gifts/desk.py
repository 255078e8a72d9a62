"""The desk of gifts: the `gift` and `gift_stock` tables."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from app.base import clock, ids, money
from app.base.errors import BugError, NotFoundError, UserError
from app.base.money import Money
from app.base.words import tr
from app.gifts.budget import Budgets
from app.gifts.rows import (
    IN_WORK,
    OCCASIONS,
    SPENT,
    STATE_NAMES,
    STATES,
    Gift,
    Given,
    Needs,
    Stock,
    Usual,
    lacks_address,
    next_state,
    to_thank,
)
from app.store.merged import current_member
from app.store.sqlite import Connection
from app.store.store import Store

_NO_LIMIT = 1 << 62
_ADDRESS_COLUMNS = ("address_1", "address_2", "address_3", "postal_code", "city", "country")
_HAS_OWN_ADDRESS = " OR ".join(f"g.{name} <> ''" for name in _ADDRESS_COLUMNS)
_ADDRESS = ", ".join(f"CASE WHEN {_HAS_OWN_ADDRESS} THEN g.{name} ELSE p.{name} END" for name in _ADDRESS_COLUMNS)
_SELECT = f"""
SELECT g.id, g.rev, g.member_id, p.name, g.conversation_id, g.item, g.why, g.occasion, g.worth, g.currency, g.state,
  g.state_at, g.created_at, g.size, g.qty, coalesce(nullif(g.recipient, ''), nullif(p.recipient, ''), p.name),
  {_ADDRESS},
  g.customs_text, g.declared_value, g.card_text, coalesce(g.shipped_on, ''), g.carrier, g.tracking, g.actual_cost,
  g.exported_at, p.last_at
FROM gift g JOIN member p ON p.id = g.member_id
"""
_TEXTS = (
    "item",
    "why",
    "size",
    "recipient",
    *_ADDRESS_COLUMNS,
    "customs_text",
    "declared_value",
    "card_text",
    "carrier",
    "tracking",
)
EDITABLE = (*_TEXTS, "occasion", "worth", "currency", "qty", "shipped_on", "actual_cost", "conversation_id")


class Gifts:
    """Gifts: who got what, why, and in which stage it is."""

    def __init__(self, store: Store) -> None:
        """Every change is an undoable action."""
        self._store = store
        self.budgets = Budgets(store)

    def counts(self) -> dict[str, int]:
        """Return the number of gifts by stage; `in_work` counts all stages but the last."""
        rows = self._store.read.execute("SELECT state, count(*) FROM gift GROUP BY state")
        numbers = {state: int(count) for state, count in rows}
        return {"in_work": sum(numbers.get(state, 0) for state in IN_WORK)} | {
            state: numbers.get(state, 0) for state in STATES
        }

    def needs(self, now: int | None = None) -> Needs:
        """Return how many gifts need the person to act; `now` in Unix seconds."""
        open_ = self.listed(limit=_NO_LIMIT)
        address = sum(lacks_address(gift) for gift in open_)
        ready = sum(gift.state == "to_ship" and not lacks_address(gift) for gift in open_)
        at = clock.now() if now is None else now
        return Needs(address, ready, sum(to_thank(gift, at) for gift in open_))

    def listed(self, stage: str = "in_work", limit: int = 500) -> list[Gift]:
        """Return the gifts of a stage, `in_work` or `all`, by stage, oldest first; thanked ones latest first.

        Raises UserError for an unknown stage.
        """
        if stage not in (*STATES, "in_work", "all"):
            msg = tr("“{stage}” isn't a gift stage. Choose from: {stages}, In work, All.").format(
                stage=stage, stages=", ".join(map(tr, STATE_NAMES.values()))
            )
            raise UserError(msg)
        wanted = {"in_work": IN_WORK, "all": STATES}.get(stage, (stage,))
        order = " ".join(f"WHEN '{state}' THEN {rank}" for rank, state in enumerate(STATES))
        sql = (
            f"{_SELECT} WHERE g.state IN ({', '.join('?' * len(wanted))}) ORDER BY CASE g.state {order} END,"
            " CASE g.state WHEN 'thanked' THEN -g.state_at ELSE g.state_at END, g.id LIMIT ?"
        )
        return _gifts(self._store.read, sql, (*wanted, limit))

    def get(self, number: int) -> Gift:
        """Return a gift; raises NotFoundError."""
        gifts = _gifts(self._store.read, f"{_SELECT} WHERE g.id = ?", (number,))
        if not gifts:
            msg = tr("There's no gift {gift}.").format(gift=ids.display(ids.GIFT, number))
            raise NotFoundError(msg)
        return gifts[0]

    def of_member(self, member_id: int) -> list[Gift]:
        """Return a member's gifts, latest first."""
        return _gifts(
            self._store.read, f"{_SELECT} WHERE g.member_id = ? ORDER BY g.created_at DESC, g.id DESC", (member_id,)
        )

    def of_conversation(self, conversation_id: int) -> list[Gift]:
        """Return the gifts of a conversation, oldest first."""
        sql = f"{_SELECT} WHERE g.conversation_id = ? ORDER BY g.created_at, g.id"
        return _gifts(self._store.read, sql, (conversation_id,))

    def given(self, member_id: int, year: int | None = None) -> Given:
        """Return a member's gifts so far and their sums for a year (default: this year), without ideas."""
        wanted = year or clock.local(clock.now()).year
        real = [gift for gift in self.of_member(member_id) if gift.state != "idea"]
        sums: dict[str, int] = {}
        for gift in real:
            if clock.local(gift.created_at).year == wanted:
                sums[gift.currency] = sums.get(gift.currency, 0) + gift.cost
        return Given(len(real), real[0] if real else None, tuple(sums.items()))

    def usual(self) -> Usual:
        """Return the defaults for a new gift: those of the latest one, else only the settings' currency."""
        row = self._store.read.execute("SELECT item, worth, currency FROM gift ORDER BY id DESC LIMIT 1").fetchone()
        if row is not None:
            item, worth, currency = row
            return Usual(item, money.short(worth, currency), currency)
        setting = self._store.read.execute("SELECT value FROM setting WHERE key = 'currency'").fetchone()
        return Usual("", "", setting["value"] if setting else "EUR")

    def said_of(self, member_id: int) -> str:
        """Return a member's last gift and this year's sums as a line of text."""
        given = self.given(member_id)
        if given.last is None:
            return tr("No gifts so far.")
        sums = tr(" and ").join(money.display(amount, currency) for currency, amount in given.sums) or tr("nothing")
        return tr("Last gift: {item}, {date}. This year: {sums}.").format(
            item=given.last.item, date=clock.local(given.last.created_at).date(), sums=sums
        )

    def log(
        self,
        member_id: int,
        item: str,
        why: str,
        worth: Money | str,
        currency: str = "EUR",
        *,
        state: str = "idea",
        details: Mapping[str, object] | None = None,
        at: int | None = None,
        **more: object,
    ) -> int:
        """Add a gift to a member, now or as of `at` (Unix seconds), and return its id.

        `worth` may be a typed amount; `currency` is used if that names none. `details` and `more` may set any of
        EDITABLE, such as occasion, conversation_id, size or an address. Raises UserError without an item or a reason,
        and for an unknown stage or occasion. Exceeding the budget is no error: see `budgets.warning`.
        """
        cost = money.parse(worth, currency) if isinstance(worth, str) else worth
        given = {"item": item, "why": why, **(details or {}), **more, "worth": cost.amount, "currency": cost.currency}
        columns = checked(given)
        now = clock.now() if at is None else at
        columns |= {"member_id": member_id, "state": _state(state), "state_at": now, "created_at": now}
        if state in SPENT:
            columns.setdefault("shipped_on", clock.local(now).date().isoformat())
        with self._store.write(
            tr("Gift for {member}: {item}").format(member=self._name(member_id), item=columns["item"])
        ) as conn:
            columns["member_id"] = current_member(conn, member_id)
            made = conn.execute(
                f"INSERT INTO gift ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                tuple(columns.values()),
            )
            if state in SPENT:
                _reduce_stock(conn, str(columns["item"]), int(columns.get("qty", 1)))
            return int(made.lastrowid or 0)

    def set_state(self, number: int, state: str) -> None:
        """Move a gift to a stage; shipping sets the date to today and reduces the stock. Raises UserError."""
        gift, now = self.get(number), clock.now()
        if gift.state == _state(state):
            return
        was, sent = gift.state in SPENT, state in SPENT
        shipped_on = (gift.shipped_on or clock.local(now).date().isoformat()) if sent else None
        with self._store.write(
            tr("{stage}: {item} for {member}").format(stage=tr(STATE_NAMES[state]), item=gift.item, member=gift.member)
        ) as conn:
            conn.execute(
                "UPDATE gift SET state = ?, state_at = ?, shipped_on = ?, rev = rev + 1 WHERE id = ?",
                (state, now, shipped_on, number),
            )
            if sent != was:
                _reduce_stock(conn, gift.item, gift.qty if sent else -gift.qty)

    def advance(self, number: int) -> str:
        """Move a gift to its next stage and return that; raises UserError after the last one."""
        gift = self.get(number)
        state = next_state(gift.state)
        if state is None:
            msg = tr("{member} has already said thank you for this: there is no next stage.").format(member=gift.member)
            raise UserError(msg)
        self.set_state(number, state)
        return state

    def edit(self, number: int, values: Mapping[str, object]) -> None:
        """Change any of EDITABLE (amounts in minor units); raises UserError as `log` does."""
        columns, gift = checked(values), self.get(number)
        if not columns:
            return
        _check_currency(gift, columns)
        settings = ", ".join(f"{name} = ?" for name in columns)
        with self._store.write(
            tr("Changed gift: {item} for {member}").format(item=gift.item, member=gift.member)
        ) as conn:
            conn.execute(f"UPDATE gift SET {settings}, rev = rev + 1 WHERE id = ?", (*columns.values(), number))

    def drop(self, number: int) -> None:
        """Delete a gift (can be undone); raises UserError if it was shipped."""
        gift = self.get(number)
        if gift.state in SPENT:
            msg = tr("{item} for {member} has been shipped, so it stays on the list.").format(
                item=gift.item, member=gift.member
            )
            raise UserError(msg)
        with self._store.write(
            tr("Dropped gift: {item} for {member}").format(item=gift.item, member=gift.member)
        ) as conn:
            conn.execute("DELETE FROM gift WHERE id = ?", (number,))

    def mark_exported(self, conn: Connection, numbers: Iterable[int]) -> None:
        """Record in the open transaction that these were exported just now; does not count as a new revision."""
        now = clock.now()
        conn.executemany("UPDATE gift SET exported_at = ? WHERE id = ?", [(now, number) for number in numbers])

    def stock(self) -> list[Stock]:
        """Return the stock, items that run low first."""
        rows = self._store.read.execute(
            "SELECT id, item, on_hand, reorder_at FROM gift_stock ORDER BY on_hand > reorder_at, item"
        )
        return [Stock(*row) for row in rows]

    def count_stock(self, item: str, on_hand: int, reorder_at: int | None = None) -> None:
        """Set the number in stock of an item, new or known; raises UserError for a blank item or below zero."""
        if on_hand < 0 or not item.strip():
            msg = tr("Enter what it is and how many there are (0 or more).")
            raise UserError(msg)
        with self._store.write(tr("Counted stock: {item}").format(item=item.strip())) as conn:
            conn.execute(
                "INSERT INTO gift_stock (item, on_hand, reorder_at) VALUES (?, ?, coalesce(?, 0))"
                " ON CONFLICT (item) DO UPDATE SET on_hand = excluded.on_hand, reorder_at = coalesce(?, reorder_at)",
                (item.strip(), on_hand, reorder_at, reorder_at),
            )

    def _name(self, member_id: int) -> str:
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
        if row is None:
            msg = tr("There's no member {member}.").format(member=ids.display(ids.MEMBER, member_id))
            raise NotFoundError(msg)
        return str(row["name"])


def _gifts(conn: Connection, sql: str, values: Sequence[object]) -> list[Gift]:
    return [Gift(*row) for row in conn.execute(sql, values)]


def _reduce_stock(conn: Connection, item: str, count: int) -> None:
    """Reduce the stock of an item, to no less than zero; a negative `count` returns items."""
    conn.execute("UPDATE gift_stock SET on_hand = max(on_hand - ?, 0) WHERE item = ?", (count, item))


def _state(state: str) -> str:
    if state not in STATES:
        msg = tr("“{state}” isn't a gift stage. Choose from: {stages}.").format(
            state=state, stages=", ".join(map(tr, STATE_NAMES.values()))
        )
        raise UserError(msg)
    return state


def checked(values: Mapping[str, object]) -> dict[str, Any]:
    """Return values of EDITABLE as their columns hold them. Raises UserError for one that cannot be."""
    given: dict[str, Any] = dict(values)
    if not given.keys() <= set(EDITABLE):
        raise BugError(sorted(given.keys() - set(EDITABLE)))
    given |= {name: str(given[name]).strip() for name in _TEXTS if name in given}
    for name, question in (
        ("item", tr("Enter what the gift is.")),
        ("why", tr("Enter a reason: every gift needs one.")),
    ):
        if not given.get(name, "x"):
            raise UserError(question)
    if given.get("occasion", OCCASIONS[0]) not in OCCASIONS:
        msg = tr("“{occasion}” isn't an occasion. Choose from: {occasions}.").format(
            occasion=given["occasion"], occasions=", ".join(OCCASIONS)
        )
        raise UserError(msg)
    _check_sums(given)
    if "shipped_on" in given:
        given["shipped_on"] = clock.day(str(given["shipped_on"] or ""))
    return given


def _check_currency(gift: Gift, columns: Mapping[str, object]) -> None:
    """Raise UserError if a new currency has other minor units and an amount stays: 1550 cents are not 1550 yen."""
    currency = str(columns.get("currency", gift.currency))
    kept = [name for name in ("worth", "actual_cost") if name not in columns and getattr(gift, name) is not None]
    if kept and money.digits(currency) != money.digits(gift.currency):
        msg = tr(
            "Changing to {currency} changes the amounts. Enter the value in {currency} too, and "
            "the actual cost if there is one."
        ).format(currency=currency)
        raise UserError(msg)


def _check_sums(given: dict[str, Any]) -> None:
    """Validate amounts (not negative), quantity (at least 1) and currency; raises UserError."""
    if "currency" in given:
        given["currency"] = money.code(str(given["currency"]))
    for name, least in (("worth", 0), ("actual_cost", 0), ("qty", 1)):
        if given.get(name) is not None and int(given[name]) < least:
            msg = tr("{value} is too low for a gift: the minimum is {least}.").format(value=given[name], least=least)
            raise UserError(msg)


def hand_over(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Give the gifts of member `gone` to member `into`, in the transaction that merges or parts them.

    With `rows`, only those of these ids.
    """
    conn.execute(
        "UPDATE gift SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        (into, gone, None if rows is None else json.dumps(list(rows))),
    )


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the gifts of one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved: then nothing here goes with them.
    """
    if messages is None:
        conn.execute("UPDATE gift SET conversation_id = ? WHERE conversation_id = ?", (kept, gone))
