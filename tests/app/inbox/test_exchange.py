"""What several people said to each other, as it is read for a judgement."""

from __future__ import annotations

from app.inbox.exchange import WINDOW, between, exchange, with_several
from app.workbench import Workbench
from tests.app.saying import NOW, account, said


def take(bench: Workbench, *people: str) -> list[int]:
    place = account(bench.store, "discourse", "Forum")
    items = [
        said(f"m{number}", NOW + number * 60, f"Words {number}", who, thread="t") for number, who in enumerate(people)
    ]
    bench.intake.take(place, items)
    return [row[0] for row in bench.store.read.execute("SELECT id FROM message ORDER BY id")]


def test_a_conversation_of_several_is_told_from_one_with_us(bench: Workbench) -> None:
    alone = take(bench, "anna", "us", "anna")
    assert with_several(bench.store.read, alone) == []
    several = bench.store.read.execute("SELECT id FROM account").fetchone()[0]
    bench.intake.take(several, [said("m9", NOW + 900, "And I", "petr", thread="t")])
    newest = bench.store.read.execute("SELECT max(id) FROM message").fetchone()[0]
    assert with_several(bench.store.read, [newest]) == [1]


def test_what_was_said_stands_in_its_order_with_who_said_it(bench: Workbench) -> None:
    numbers = take(bench, "anna", "us", "petr")
    talk = exchange(bench.store.read, 1, numbers)
    assert [(one.id, one.out, one.who > 0) for one in talk.said] == [
        (numbers[0], False, True), (numbers[1], True, False), (numbers[2], False, True),
    ]  # fmt: skip
    assert talk.public
    assert [one.name for one in talk.said] == ["Anna", "", "Petr"]


def test_of_a_long_chat_only_the_latest_is_read(bench: Workbench) -> None:
    numbers = take(bench, *(["anna", "petr"] * 40))
    talk = exchange(bench.store.read, 1, numbers[-2:])
    assert len(talk.said) == WINDOW + 2
    assert talk.title == ""
    assert exchange(bench.store.read, 1, numbers[:2]).said[-1].id == numbers[1]


def test_nothing_is_open_where_nobody_quarrels_or_is_introduced(bench: Workbench) -> None:
    take(bench, "anna", "petr")
    assert between(bench.store, 1, 1) == (False, False)
    bench.quarrels.raise_case(1)
    bench.introductions.add(1, 2, "")
    assert between(bench.store, 1, 1) == (True, True)
    assert between(bench.store, 1, 0) == (True, False)
