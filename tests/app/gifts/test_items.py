"""Items, boxes and their stock: entered, counted, sent and taken back, and never below none."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.actions import Actions
from app.base.errors import BugError, NotFoundError, UserError
from app.base.money import Money
from app.base.paths import Profile
from app.gifts import Gifts, lacks_address, next_state
from app.members import Members
from app.store.sqlite import scalar
from app.store.store import Store
from app.workbench import Workbench
from tests.examples import quick


@pytest.fixture
def desk(store: Store) -> Gifts:
    Members(store).add("Ελένη Παπαδοπούλου", language="el")
    return Gifts(store)


def gift(desk: Gifts, item: str, state: str = "idea", **more: Any) -> int:
    return desk.log(1, item, "why", Money(500, "EUR"), state=state, **more)


def test_an_item_is_added_found_changed_and_retired(store: Store, desk: Gifts) -> None:
    items = desk.items
    number = items.add("  Lemon   tote ", kind="swag", worth=1200, currency="eur", sizes="S, M,,L,M", lead_days="10")
    item = items.get(number)
    assert (item.name, item.worth, item.currency, item.sizes, item.lead_days, item.is_counted) == (
        "Lemon tote", 1200, "EUR", ("S", "M", "L"), 10, False,
    )  # fmt: skip
    assert items.named("LEMÓN tote").id == number
    with pytest.raises(UserError, match="“Lemon Tote” already"):
        items.add("Lemon Tote")
    items.edit(number, {"name": "lemon Tote", "allergens": "none"})
    items.retire(number)
    assert items.listed() == []
    assert [one.id for one in items.listed(retired=True)] == [number]
    with pytest.raises(NotFoundError, match="There are: none yet"):
        items.named("Lemon tote")
    Actions(store).undo()
    assert items.listed()[0].name == "lemon Tote"
    with pytest.raises(NotFoundError, match="no item I-99"):
        items.get(99)


@pytest.mark.parametrize(
    ("values", "says"),
    [({"name": " "}, "what the item is called"), ({"kind": "car"}, "isn't a kind of item"),
     ({"lead_days": "soon"}, "“soon” isn't a whole number"), ({"reorder_at": -1}, "the least is 0"),
     ({"worth": 10**15}, "too many"), ({"currency": "lemon"}, "currency")],
)  # fmt: skip
def test_what_an_item_cannot_be_is_said(desk: Gifts, values: dict[str, object], says: str) -> None:
    with pytest.raises(UserError, match=says):
        desk.items.add(**{"name": "Mug", **values})  # type: ignore[arg-type]
    assert desk.items.listed() == []


def test_a_currency_of_other_decimals_asks_for_the_cost(desk: Gifts) -> None:
    number = desk.items.add("Mug", worth=1550, currency="EUR")
    with pytest.raises(UserError, match="in the new currency"):
        desk.items.edit(number, {"currency": "ISK"})
    desk.items.edit(number, {"currency": "ISK", "worth": 2000})
    with pytest.raises(BugError):
        desk.items.edit(number, {"retired_at": 1})


def test_stock_is_counted_received_and_lost_by_size(desk: Gifts) -> None:
    items = desk.items
    number = items.add("Shirt", sizes="S,M", reorder_at=3)
    assert items.count(number, 5, "M") == 5
    assert items.change(number, 2, "bought", "S") == 2
    assert items.change(number, 1, "lost", "M") == 4
    assert items.by_size(number) == {"S": 2, "M": 4}
    assert [(one.on_hand, one.low) for one in items.stock()] == [(6, False)]
    with pytest.raises(UserError, match="Only 2 of “Shirt”"):
        items.change(number, 3, "lost", "S")
    with pytest.raises(UserError, match="Choose a size of “Shirt”: S, M"):
        items.count(number, 1)
    with pytest.raises(UserError, match="0 or more"):
        items.count(number, -1, "S")
    with pytest.raises(UserError, match="1 or more"):
        items.change(number, 0, "bought", "S")
    with pytest.raises(UserError, match="too many"):
        items.count(number, 10**20, "S")
    assert items.count(number, 3, "S") == 1


def test_what_was_counted_before_there_were_sizes_can_still_be_counted_away(desk: Gifts) -> None:
    number = desk.items.add("Shirt")
    desk.items.count(number, 4)
    desk.items.edit(number, {"sizes": "S,M"})
    assert desk.items.by_size(number) == {"S": 0, "M": 0, "": 4}
    desk.items.count(number, 0, "")
    assert desk.items.by_size(number) == {"S": 0, "M": 0}


def test_a_box_takes_its_parts_and_each_only_once(desk: Gifts) -> None:
    items = desk.items
    bottle, card, small, box = (items.add(name) for name in ("Bottle", "Card", "Small box", "Box"))
    items.count(bottle, 3)
    items.count(card, 1)
    items.fill(small, {bottle: 1})
    items.fill(box, {bottle: 2, small: 1, card: 1})
    assert [(item.name, qty) for item, qty in items.parts(box)] == [("Bottle", 2), ("Small box", 1), ("Card", 1)]
    assert items.missing(box) == []
    assert items.missing(box, qty=2) == [("Bottle", "", 3), ("Card", "", 1)]
    with pytest.raises(UserError, match="inside itself"):
        items.fill(small, {box: 1})
    with pytest.raises(UserError, match="at least 1"):
        items.fill(box, {bottle: 0})
    number = gift(desk, "Box", "shipped")
    assert {one.item: one.on_hand for one in items.stock()} == {"Bottle": 0, "Card": 0}
    desk.set_state(number, "to_ship")
    assert {one.item: one.on_hand for one in items.stock()} == {"Bottle": 3, "Card": 1}


def test_a_size_counts_as_it_is_typed(desk: Gifts) -> None:
    number = desk.items.add("Shirt", sizes="S,M")
    desk.items.count(number, 1, "M")
    gift(desk, "Shirt", "shipped", size=" m ")
    assert desk.items.by_size(number) == {"S": 0, "M": 0}


def test_more_than_there_is_was_found_and_a_gift_that_changes_moves_its_stock(store: Store, desk: Gifts) -> None:
    items = desk.items
    mug, tote = items.add("Mug"), items.add("Tote")
    items.count(mug, 1)
    items.count(tote, 5)
    number = gift(desk, "Mug", "shipped", qty=3)
    moves = store.read.execute("SELECT qty, why FROM stock_move WHERE item_id = ? ORDER BY id", (mug,)).fetchall()
    assert [tuple(row) for row in moves] == [(1, "counted"), (2, "found"), (-3, "sent")]
    desk.edit(number, {"item": "Tote", "item_id": tote})
    assert (items.by_size(mug), items.by_size(tote)) == ({"": 1}, {"": 2})
    desk.edit(number, {"why": "another"})
    assert items.by_size(tote) == {"": 2}


def test_a_gift_stays_of_its_item_whatever_that_is_called(desk: Gifts) -> None:
    number = desk.items.add("Mug", customs_text="Ceramic mug, gift")
    made = gift(desk, "mug")
    assert (desk.get(made).item_id, desk.get(made).customs_text) == (number, "Ceramic mug, gift")
    desk.items.edit(number, {"name": "Big mug"})
    desk.edit(made, {"item": "mug", "why": "still"})
    assert desk.get(made).item_id == number
    desk.edit(made, {"item": "A song"})
    assert desk.get(made).item_id is None
    with pytest.raises(NotFoundError, match="no item I-99"):
        desk.log(1, "Gone", "why", Money(1, "EUR"), item_id=99)
    other = desk.log(1, "Something by id", "why", Money(1, "EUR"), item_id=number)
    assert (desk.get(other).item_id, desk.get(other).item) == (number, "Something by id")


def test_codes_need_no_address(desk: Gifts) -> None:
    desk.items.add("Shop voucher", kind="voucher")
    card = desk.items.add("Gift card", kind="gift_card")
    for name in ("Shop voucher", "Gift card"):
        made = desk.get(gift(desk, name, "approved"))
        assert (lacks_address(made), next_state(made)) == (False, "to_ship")
    desk.items.count(card, 2)  # cards that lie here go by parcel
    assert lacks_address(desk.get(gift(desk, "Gift card", "approved")))


def test_an_undo_that_would_leave_less_than_none_is_refused(store: Store, desk: Gifts) -> None:
    number = desk.items.add("Mug")
    desk.items.count(number, 3)
    counted = Actions(store).last()[0].id
    gift(desk, "Mug", "shipped", qty=2)
    with pytest.raises(UserError, match="have left the stock"):
        Actions(store).undo(counted)
    assert desk.items.by_size(number) == {"": 1}


class Shelf(RuleBasedStateMachine):
    """Two items and a box of both: counted, bought, lost, sent, taken back, undone and redone."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.bench = Workbench(Profile(self.folder))
        self.member = self.bench.members.add("Eleni")
        items = self.bench.gifts.items
        self.items = [items.add("Mug", is_counted=True), items.add("Shirt", sizes="S,M", is_counted=True)]
        self.items.append(items.add("Box"))
        items.fill(self.items[2], {self.items[0]: 2, self.items[1]: 1})
        self.gifts = list[int]()
        self.first = self.bench.actions.last()[0].id

    def teardown(self) -> None:
        if hasattr(self, "bench"):
            self.bench.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @rule(which=st.integers(0, 1), there=st.integers(-1, 6), size=st.sampled_from(["", "S", "M"]))
    def count(self, which: int, there: int, size: str) -> None:
        with suppress(UserError):
            self.bench.gifts.items.count(self.items[which], there, size)
            assert self.bench.gifts.items.by_size(self.items[which])[size] == there

    @rule(which=st.integers(0, 1), qty=st.integers(0, 4), why=st.sampled_from(["bought", "found", "lost"]))
    def change(self, which: int, qty: int, why: str) -> None:
        with suppress(UserError):
            self.bench.gifts.items.change(self.items[which], qty, why, "S" if which else "")

    @rule(which=st.integers(0, 2), qty=st.integers(1, 3), size=st.sampled_from(["", "s", "M", "XXL"]))
    def log(self, which: int, qty: int, size: str) -> None:
        self.gifts.append(
            self.bench.gifts.log(
                self.member, "It", "why", Money(1, "EUR"), item_id=self.items[which], qty=qty, size=size
            )
        )

    @rule(which=st.integers(0, 9), state=st.sampled_from(["idea", "to_ship", "shipped", "lost", "returned", "thanked"]))
    def move(self, which: int, state: str) -> None:
        with suppress(NotFoundError, IndexError):
            self.bench.gifts.set_state(self.gifts[which], state)

    @rule(which=st.integers(0, 9), qty=st.integers(1, 3), other=st.integers(0, 2))
    def edit(self, which: int, qty: int, other: int) -> None:
        with suppress(NotFoundError, IndexError):
            self.bench.gifts.edit(self.gifts[which], {"qty": qty, "item_id": self.items[other]})

    @rule(back=st.integers(0, 4))
    def undo(self, back: int) -> None:
        stood = self.bench.actions.last(6)
        with suppress(UserError, IndexError):
            if stood[back].id > self.first:
                self.bench.actions.undo(stood[back].id)

    @rule()
    def redo(self) -> None:
        with suppress(UserError):
            self.bench.actions.redo()

    @invariant()
    def there_is_never_less_than_none(self) -> None:
        if not hasattr(self, "bench"):
            return
        conn = self.bench.store.read
        worst = scalar(
            conn, "SELECT coalesce(min(n), 0) FROM (SELECT sum(qty) AS n FROM stock_move GROUP BY item_id, size)"
        )
        assert worst >= 0
        for one in self.bench.gifts.stock():
            assert one.on_hand == sum(self.bench.gifts.items.by_size(one.id).values())


TestShelf: Any = Shelf.TestCase
TestShelf.settings = settings(max_examples=5 if quick() else 25, stateful_step_count=20, deadline=None)
TestShelf = pytest.mark.slow(TestShelf)
