"""A shipper's file says what leaves us: the stock is asked row by row, and nothing goes below none of it unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.errors import UserError
from app.gifts import NotYetError
from app.returns import Preview
from app.returns.rows import LEAVING
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.returns.returning import community, sent


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    """Two gifts of the same box are to be shipped; a box is two bottles, and there are three bottles."""
    community(bench)
    items = bench.gifts.items
    bottle = items.add("Bottle", kind="swag", worth=300)
    box = items.add("Box", kind="box", worth=1_000)
    items.fill(box, {bottle: 2})
    items.count(bottle, 3)
    for number in (1, 2):
        member = bench.handoffs.get(number).member_id or 0
        bench.gifts.log(
            member, "Box", "It broke", "10 EUR", state="to_ship", item_id=box, address_1=f"Street {number}", city="Ath"
        )
    return bench


def back(bench: Workbench, folder: Path, **more: str) -> Preview:
    """Both gifts come back as shipped."""
    copy = sent(bench, folder, "gifts")
    for row in (0, 1):
        copy.edit(row, status="shipped", tracking=f"T-{row}", **more)
    return bench.returns.read(copy.save(folder))


def there(bench: Workbench) -> int:
    (stock,) = bench.gifts.stock()
    return stock.on_hand


def states(bench: Workbench) -> list[str]:
    return [bench.gifts.get(number).state for number in (1, 2)]


def test_what_one_row_takes_is_not_there_for_the_next(bench: Workbench, tmp_path: Path) -> None:
    found = back(bench, tmp_path)
    assert [row.reason for row in found.applied] == ["From the stock: 2 × Bottle."]
    (waits,) = found.rejected
    (question,) = waits.questions
    assert (waits.number, question.column, question.reason) == (
        2, LEAVING, "The books say these are missing: 1 × Bottle. Ship it anyway?",
    )  # fmt: skip
    assert bench.returns.apply(found).rows == 1
    assert (states(bench), there(bench)) == (["shipped", "to_ship"], 1)


def test_a_row_that_is_short_goes_once_that_is_said_and_the_stock_ends_at_none(
    bench: Workbench, tmp_path: Path
) -> None:
    found = back(bench, tmp_path)
    (waits,) = found.rejected
    found = bench.returns.answer(found, waits.line, LEAVING, waits.questions[0].readings[0])
    assert (len(found.applied), found.rejected) == (2, [])
    assert bench.returns.apply(found).rows == 2
    assert (states(bench), there(bench)) == (["shipped", "shipped"], 0)
    bench.actions.undo()
    assert (states(bench), there(bench)) == (["to_ship", "to_ship"], 3)


def test_a_yes_is_to_what_was_shown(bench: Workbench, tmp_path: Path) -> None:
    found = bench.returns.agree(back(bench, tmp_path))
    assert found.rejected == []
    bench.gifts.items.count(1, 0)  # counted while the file was open: what is missing is another number now
    with pytest.raises(UserError, match=r"2 × Bottle.*Read the file again"):
        bench.returns.apply(found)
    assert (states(bench), there(bench)) == (["to_ship", "to_ship"], 0)


def test_enough_in_stock_asks_nothing(bench: Workbench, tmp_path: Path) -> None:
    bench.gifts.items.count(1, 4)
    found = back(bench, tmp_path)
    assert found.rejected == []
    bench.returns.apply(found)
    assert there(bench) == 0


def test_a_card_that_the_guide_stops_is_asked_about(bench: Workbench, tmp_path: Path) -> None:
    bench.gifts.items.count(1, 9)
    bench.gifts.edit(2, {"card_text": "Calm down"})
    bench.returns._stops = lambda gift, _state: "On the card: no." if gift.card_text else ""
    found = back(bench, tmp_path)
    assert [(row.number, row.questions[0].reason) for row in found.rejected] == [(2, "On the card: no.")]


def test_what_costs_more_than_the_budget_is_asked_about_and_nothing_is_written(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.gifts.items.count(1, 9)
    bench.gifts.budgets.set(bench.gifts.budgets.of()[0].year, "EUR", 2_500)
    found = back(bench, tmp_path, actual_cost="20")
    with pytest.raises(NotYetError) as asked:
        bench.returns.apply(found)
    assert (states(bench), there(bench)) == (["to_ship", "to_ship"], 9)
    assert bench.returns.apply(found, over=asked.value.over).rows == 2


def test_the_shell_says_how_to_ship_all_the_same(bench: Workbench, tmp_path: Path) -> None:
    copy = sent(bench, tmp_path, "gifts")
    for row in (0, 1):
        copy.edit(row, status="shipped")
    path, shell = copy.save(tmp_path), Shell(bench.profile.folder)
    bench.close()
    said = shell.run("merge-back", path, "--dry-run").out
    assert "From the stock: 2 × Bottle." in said
    assert "The books say these are missing: 1 × Bottle. Ship it anyway?" in said
    assert "--anyway" in said
    assert shell.told("merge-back", path, "--anyway")["written"] == 2
    again = Workbench(bench.profile)
    assert (states(again), there(again)) == (["shipped", "shipped"], 0)
    again.close()
