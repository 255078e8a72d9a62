"""The desk of gifts: the `gift` table, with addresses that lie apart (`app/gifts/addresses.py`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from app.base import clock, ids, money
from app.base.errors import NotFoundError, UserError
from app.base.money import Money
from app.base.words import tr
from app.gifts import again, items, lapsing, moving, records
from app.gifts.budget import Budgets
from app.gifts.choice import Choices
from app.gifts.columns import check_currency, checked, checked_state
from app.gifts.consent import Answer, NotYetError, agreed
from app.gifts.items import Items
from app.gifts.rate_book import Rates
from app.gifts.rows import (
    ENDS,
    LISTS,
    OVER,
    SPENT,
    STATE_NAMES,
    STATES,
    Gift,
    Needs,
    Stock,
    Usual,
    ends_open,
    goes_back,
    lacks_address,
    needs_address,
    next_state,
    to_thank,
)
from app.gifts.so_far import Had, had
from app.store.sqlite import Connection, scalar
from app.store.store import Store

_NO_LIMIT = 1 << 62


class Gifts:
    """Gifts: who got what, why, and in which stage it is."""

    def __init__(self, store: Store) -> None:
        """Every change is an undoable action."""
        self._store = store
        self.budgets = Budgets(store)
        self.rates = Rates(store)
        self.items = Items(store)

    @cached_property
    def choices(self) -> Choices:
        """Items that members may choose among."""
        return Choices(self._store, self.items, self.budgets)

    def counts(self) -> dict[str, int]:
        """Return the number of gifts by state, and in each of LISTS."""
        rows = self._store.read.execute("SELECT state, count(*) FROM gift GROUP BY state")
        numbers = {state: int(count) for state, count in rows}
        lists = {name: sum(numbers.get(state, 0) for state in states) for name, states in LISTS.items()}
        return {state: numbers.get(state, 0) for state in STATES} | lists

    def needs(self, now: int | None = None) -> Needs:
        """Return how many gifts need the person to act; `now` in Unix seconds."""
        open_ = self.listed(limit=_NO_LIMIT)
        address = sum(needs_address(gift) for gift in open_)
        ready = sum(gift.state == "to_ship" and not lacks_address(gift) for gift in open_)
        at = clock.now() if now is None else now
        return Needs(address, ready, sum(to_thank(gift, at) for gift in open_))

    def listed(self, stage: str = "in_work", limit: int = 500) -> list[Gift]:
        """Return the gifts in a state, in one of LISTS or `all`, by stage, oldest first; if over, latest first.

        Raises UserError for an unknown stage.
        """
        if stage not in (*STATES, *LISTS, "all"):
            msg = tr("“{stage}” isn't a gift stage. Choose from: {stages}, In work, All.").format(
                stage=stage, stages=", ".join(map(tr, STATE_NAMES.values()))
            )
            raise UserError(msg)
        wanted = {"all": STATES, **LISTS}.get(stage, (stage,))
        over = ", ".join(f"'{state}'" for state in OVER)
        order = " ".join(f"WHEN '{state}' THEN {rank}" for rank, state in enumerate(STATES))
        after = (
            f"WHERE g.state IN ({', '.join('?' * len(wanted))}) ORDER BY CASE g.state {order} END,"
            f" CASE WHEN g.state IN ({over}) THEN -g.state_at ELSE g.state_at END, g.id LIMIT ?"
        )
        return records.read(self._store.read, after, (*wanted, limit))

    def get(self, number: int) -> Gift:
        """Return a gift; raises NotFoundError."""
        return records.get(self._store.read, number)

    def of_member(self, member_id: int) -> list[Gift]:
        """Return a member's gifts, latest first."""
        return records.read(
            self._store.read, "WHERE g.member_id = ? ORDER BY g.created_at DESC, g.id DESC", (member_id,)
        )

    def of_conversation(self, conversation_id: int) -> list[Gift]:
        """Return the gifts of a conversation, oldest first."""
        after = "WHERE g.conversation_id = ? ORDER BY g.created_at, g.id"
        return records.read(self._store.read, after, (conversation_id,))

    def had(self, member_id: int, year: int | None = None) -> Had:
        """Return what a member has had so far, with the sums of a year (default: this year)."""
        return had(self._store.read, (member_id,), year)[member_id]

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
        known = self.had(member_id)
        if not known.gifts:
            return tr("No gifts so far.")
        return tr("Last gift: {item}, {date}. This year: {sums}.").format(
            item=known.last_item, date=clock.local(known.last_at).date(), sums=known.words or tr("nothing")
        )

    def log(  # noqa: PLR0913  a gift has that many sides, each by its name
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
        over: Answer = False,
        **more: object,
    ) -> int:
        """Add a gift to a member, now or as of `at` (Unix seconds), and return its id.

        `worth` may be a typed amount; `currency` is used if that names none. `details` and `more` may set any of
        EDITABLE, such as occasion, conversation_id, size or an address. Raises UserError without an item or a reason,
        for an unknown stage or occasion, and NotYetError if it goes over the budget and `over` does not agree to that.
        """
        cost = money.parse(worth, currency) if isinstance(worth, str) else worth
        given = {"item": item, "why": why, **(details or {}), **more, "worth": cost.amount, "currency": cost.currency}
        columns = checked(given)
        now = clock.now() if at is None else at
        checked_state(state)
        with (
            self._store.write(
                tr("Gift for {member}: {item}").format(member=self._name(member_id), item=columns["item"])
            ) as conn,
            self.budgets.kept(conn, over, member_id),
        ):
            number = records.insert(conn, member_id, columns, now)
            if state != "idea":
                moving.put(conn, number, state, now)
            return number

    def set_state(
        self, number: int, state: str, *, over: Answer = False, back: Answer = False, charity: str = ""
    ) -> None:
        """Move a gift to a stage or an end; shipping sets the date to today and reduces the stock.

        `charity` is who gets it instead. Raises UserError for an end that is not open to it, and NotYetError if it
        goes over the budget, or back from where it has left us or ended, and `over` or `back` do not agree to that.
        """
        checked_state(state)
        self._go(number, lambda _gift: state, over, back, charity)

    def advance(self, number: int, *, seen: str = "", over: Answer = False) -> str:
        """Move a gift to its next stage and return that; raises UserError after the last one, or as `set_state`.

        With `seen` also if it is no longer in that state, as somebody moved it in the meantime.
        """

        def following(gift: Gift) -> str:
            state = next_state(gift, clock.now())
            if seen not in ("", gift.state):
                raise _moved_meanwhile(gift)
            if state is None:
                msg = tr("{item} for {member} is at its end: there is no next stage.").format(
                    item=gift.item, member=gift.member
                )
                raise UserError(msg)
            return state

        return self._go(number, following, over)

    def _go(self, number: int, where: Callable[[Gift], str], over: Answer, back: Answer = "", charity: str = "") -> str:
        """Move a gift to where it goes as it stands within the transaction, and return that state."""
        shown, name = self.get(number), charity.strip()
        state = where(shown)
        title = tr("{stage}: {item} for {member}").format(
            stage=tr(STATE_NAMES[state]), item=shown.item, member=shown.member
        )
        with self._store.write(title) as conn:
            gift = records.get(conn, number)
            if where(gift) != state:
                raise _moved_meanwhile(gift)
            if state == gift.state:
                return state
            if state == "charity" and not (name or gift.charity):
                raise UserError(tr("Enter which charity gets it."))
            if state in ENDS and state not in ends_open(gift):
                msg = tr("{item} for {member} can't be “{end}”: it is at “{stage}”.")
                stages = {"end": tr(STATE_NAMES[state]), "stage": tr(STATE_NAMES[gift.state])}
                raise UserError(msg.format(item=gift.item, member=gift.member, **stages))
            asked = "" if agreed(back, goes_back(gift, state)) else goes_back(gift, state)
            try:
                with self.budgets.kept(conn, over, gift.member_id):
                    if name:
                        records.update(conn, number, {"charity": name})
                    moving.move(conn, number, state, clock.now())
            except NotYetError as why:
                raise NotYetError(why.over, goes_back(gift, state)) from why
            if asked:
                raise NotYetError(back=asked)
        return state

    def edit(self, number: int, values: Mapping[str, object], *, over: Answer = False) -> None:
        """Change any of EDITABLE (amounts in minor units); raises UserError and NotYetError as `log` does."""
        columns, gift = checked(values), self.get(number)
        if not columns:
            return
        title = tr("Changed gift: {item} for {member}").format(item=gift.item, member=gift.member)
        with self._store.write(title) as conn, self.budgets.kept(conn, over, gift.member_id):
            check_currency(records.get(conn, number), columns)
            records.update(conn, number, columns)

    def again(self, number: int, *, over: Answer = False) -> int:
        """Approve anew a gift that got lost or came back, and return the new one's id; raises as `again.send_again`."""
        return again.send_again(self._store, self.budgets, number, over)

    def lapse(self, now: int | None = None) -> int:
        """Let unanswered gifts lapse whose day has passed, as one action, and return how many; as `lapsing.lapse`."""
        return lapsing.lapse(self._store, now)

    def drop(self, number: int) -> None:
        """Delete a gift (can be undone); raises UserError if it was shipped."""
        gift = self.get(number)
        if gift.state in SPENT:
            msg = tr("{item} for {member} has been shipped, so it stays on the list.").format(
                item=gift.item, member=gift.member
            )
            raise UserError(msg)
        if scalar(self._store.read, "SELECT EXISTS (SELECT 1 FROM gift WHERE again_of = ?)", (number,)):
            msg = tr("{item} for {member} was sent again, so it stays on the list.").format(
                item=gift.item, member=gift.member
            )
            raise UserError(msg)
        with self._store.write(
            tr("Dropped gift: {item} for {member}").format(item=gift.item, member=gift.member)
        ) as conn:
            conn.execute("DELETE FROM gift WHERE id = ?", (number,))

    def mark_exported(self, conn: Connection, numbers: Iterable[int], at: int) -> None:
        """Record in the open transaction that these were exported at `at`; does not count as a new revision."""
        conn.executemany("UPDATE gift SET exported_at = ? WHERE id = ?", [(at, number) for number in numbers])

    def stock(self) -> list[Stock]:
        """Return the stock, items that run low first."""
        return self.items.stock()

    def count_stock(self, item: str, on_hand: int, reorder_at: int | None = None) -> None:
        """Set the number in stock of an item, new or known; raises UserError for a blank item or below zero."""
        if on_hand < 0 or not item.strip():
            msg = tr("Enter what it is and how many there are (0 or more).")
            raise UserError(msg)
        with self._store.write(tr("Counted stock: {item}").format(item=item.strip())) as conn:
            items.count_named(conn, item.strip(), on_hand, reorder_at)

    def _name(self, member_id: int) -> str:
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
        if row is None:
            msg = tr("There's no member {member}.").format(member=ids.display(ids.MEMBER, member_id))
            raise NotFoundError(msg)
        return str(row["name"])


def _moved_meanwhile(gift: Gift) -> UserError:
    msg = tr("{item} for {member} has moved in the meantime: it is at “{stage}” now.")
    return UserError(msg.format(item=gift.item, member=gift.member, stage=tr(STATE_NAMES[gift.state])))


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
