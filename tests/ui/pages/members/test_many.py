"""Several members at once, by keyboard: marked, labelled, given a kind; and lists that are kept."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.settling import until
from ui.pages.members.list_picker import ListDialog, ListPicker, ValuePicker
from ui.pages.members.table import FEW, collation
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    demo.go("members")
    found: Any = demo.page("members")
    found.list.setFocus()
    return found


def _mark_three(page: Any) -> list[int]:
    page.list.choose(0)
    Hand(page.window()).keys("X", "Shift+J", "Shift+J")
    marked = page.many.marks.ids()
    assert marked == page.model.numbers()[:3]
    return list(marked)


def _front(window: Window, kind: type[QWidget]) -> Any:
    return next(one for one in window.findChildren(kind) if one.isVisible())


@pytest.mark.slow
def test_three_are_marked_and_get_a_label_with_one_undo(demo: Window, page: Any) -> None:
    marked = _mark_three(page)
    assert page.many._bar.words.text() == "3 members selected"
    Hand(demo).keys("M")
    hand = Hand(demo)
    hand.types("baker")
    hand.keys("Enter")
    assert all("baker" in demo.bench.members.own.labels(number) for number in marked)
    assert "baker" in toast(demo).accessibleName()
    assert "put on 3 members" in toast(demo).accessibleName()
    hand.keys("Escape")
    demo.run("undo")
    assert not any("baker" in demo.bench.members.own.labels(number) for number in marked)
    assert page.many.marks.ids() == marked


@pytest.mark.slow
def test_a_kind_is_set_for_all_that_are_marked(demo: Window, page: Any) -> None:
    marked = _mark_three(page)
    before = [demo.bench.members.get(number).kind for number in marked]
    assert demo.run("set_kind")
    assert _front(demo, ValuePicker)
    Hand(demo).types("amb")
    Hand(demo).keys("Enter")
    assert {demo.bench.members.get(number).kind for number in marked} == {"ambassador"}
    demo.run("undo")
    assert [demo.bench.members.get(number).kind for number in marked] == before


@pytest.mark.slow
def test_esc_first_ends_the_marking(demo: Window, page: Any) -> None:
    _mark_three(page)
    Hand(demo).keys("Escape")
    assert page.many.marks.ids() == []
    assert demo.page_id == "members"


@pytest.mark.slow
def test_conditions_are_typed_and_what_is_not_understood_is_said(demo: Window, page: Any) -> None:
    page.search.setText("kind:press")
    by_sql = demo.bench.store.read.execute(
        "SELECT count(*) FROM member WHERE kind = 'press' AND merged_into IS NULL"
    ).fetchone()[0]
    assert page.model.rowCount() == by_sql > 0
    page.search.setText("kind:dragon")
    assert page.model.rowCount() == 0
    assert "dragon" in page.nobody._more.text()


@pytest.mark.slow
def test_what_is_found_is_kept_as_a_list_and_chosen_again(demo: Window, page: Any) -> None:
    page.search.setText("city:Brno")
    found = page.model.numbers()
    assert found
    assert demo.run("save_member_list")
    dialog = _front(demo, ListDialog)
    dialog.name.setText("Regulars in Brno")
    dialog.keep()
    page.search.clear()
    QApplication.processEvents()
    titles = [page.kind.itemText(at) for at in range(page.kind.count())]
    assert titles[-1] == "Regulars in Brno"
    assert demo.run("edit_member_lists")
    assert _front(demo, ListPicker)
    Hand(demo).keys("Enter")
    until(lambda: page.model.numbers() == found)
    assert page.kind.currentText() == "Regulars in Brno"


@pytest.mark.slow
def test_the_table_is_sorted_by_involvement(page: Any) -> None:
    page._sort("involvement")
    levels = [page.model.row_at(place).level for place in range(page.model.rowCount())]
    order = ("core", "contributor", "participant", "visitor", "")
    assert levels == sorted(levels, key=order.index)
    assert len(set(levels)) > 2


def _crowd(window: Window, count: int) -> None:
    """So many further members, written at once."""
    with window.bench.store.write() as conn:
        conn.executemany(
            "INSERT INTO member (name, language, first_at, last_at, created_at) VALUES (?, 'cs', 1, ?, 1)",
            [(f"{'Žofie' if number % 2 else 'Adam'} Novák {number}", number) for number in range(count)],
        )


@pytest.mark.slow
def test_of_thousands_the_first_are_there_at_once_and_all_soon_after(demo: Window, page: Any) -> None:
    _crowd(demo, FEW + 500)
    all_of_them = demo.bench.members.count()
    page._sort("name")
    assert page.model.rowCount() == FEW
    assert len(page.model.numbers()) == all_of_them  # a file of these is never short of some
    until(lambda: page.model.rowCount() == all_of_them)
    names = [page.model.row_at(place).name for place in range(0, all_of_them, 200)]
    key = collation().sortKey
    by_name = demo.bench.members.sort_names(page.model.numbers())
    keys = [key(by_name[number]) for number in page.model.numbers()]
    assert all(not later < earlier for earlier, later in pairwise(keys))
    assert len(names) > 10
