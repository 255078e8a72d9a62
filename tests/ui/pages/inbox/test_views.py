"""Saved views in the window: saved by key, counted in the rail as the file holds, opened, moved, removed, undone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.store.sqlite import scalar
from tests.stories.hand import Hand
from tests.ui.parts import palette, toast
from tests.ui.talking import inbox
from ui.pages.inbox.view_picker import NameDialog, ViewPicker
from ui.shell.rail import ViewRow
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    """The inbox page, in front."""
    found = inbox(demo)
    found.list.focus_rows()
    return found


def _save(demo: Window, name: str) -> None:
    Hand(demo).keys("Ctrl+Shift+S")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NameDialog)
    dialog.name.setText(name)
    dialog.keep()


def _row(demo: Window, name: str) -> ViewRow | None:
    return next((row for row in demo.rail.views.rows() if row._title == name), None)


@pytest.mark.slow
def test_a_search_is_saved_counted_and_shown_again(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("/")
    hand.types("σπασ")
    hand.until(lambda: 0 < page.list.model.rowCount() < 10)
    found = {page.list.model.id_at(at) for at in range(page.list.model.rowCount())}
    page.list.focus_rows()
    _save(demo, "Σπασμένα")
    hand.until(lambda: (row := _row(demo, "Σπασμένα")) is not None and row._count == len(found))
    page.list.search.field.clear()
    page.list.filter.clear()
    row = _row(demo, "Σπασμένα")
    assert row is not None
    row.click()
    hand.until(lambda: page.list.search.words() == "σπασ")
    assert {page.list.model.id_at(at) for at in range(page.list.model.rowCount())} == found


@pytest.mark.slow
def test_a_filter_counts_as_sql_does_and_follows_changes(demo: Window, page: Any) -> None:
    hand, bench = Hand(demo), demo.bench
    page.list.filter.show_view(page.list.filter.query._replace(state="all", label="parcel"))
    _save(demo, "All parcels")
    sql = (
        "SELECT count(*) FROM conversation_label cl JOIN label l ON l.id = cl.label_id AND l.name = 'parcel'"
        " JOIN conversation c ON c.id = cl.conversation_id AND c.state <> 'empty'"
    )
    many = scalar(bench.store.read, sql)
    hand.until(lambda: (row := _row(demo, "All parcels")) is not None and row._count == many)
    other = bench.store.read.execute(
        "SELECT id FROM conversation c WHERE state = 'done'"
        " AND NOT EXISTS (SELECT 1 FROM conversation_label WHERE conversation_id = c.id)"
    ).fetchone()[0]
    bench.inbox.label(other, ["parcel"])
    hand.until(lambda: (row := _row(demo, "All parcels")) is not None and row._count == many + 1)
    assert scalar(bench.store.read, sql) == many + 1


def test_a_list_narrowed_to_a_label_that_goes_shows_all_again(demo: Window, page: Any) -> None:
    label = demo.bench.labels.named("parcel")
    assert label is not None
    page.list.filter.show(page.list.filter.query._replace(label="parcel"))
    assert page.list.filter.narrows()
    demo.bench.labels.rename(label.id, "Παραγγελία")
    Hand.until(lambda: not page.list.filter.narrows())
    assert page.list.model.rowCount() > 0


def test_a_label_that_goes_leaves_the_reply_that_is_being_written_in_hand(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), page.opened.row.id
    demo.bench.inbox.label([number], ["Rare"])
    page.list.filter.show(page.list.filter.query._replace(state="all", label="Rare"))
    hand.keys("R")
    hand.types("Dear")
    label = demo.bench.labels.named("Rare")
    assert label is not None
    demo.bench.labels.delete(label.id)
    hand.until(lambda: not page.list.filter.narrows())
    assert page.composer.field.hasFocus()
    hand.types(" Anna")
    assert (page.opened.row.id, page.composer.field.toPlainText()) == (number, "Dear Anna")


@pytest.mark.usefixtures("page")
def test_nothing_to_save_says_so(demo: Window) -> None:
    Hand(demo).keys("Ctrl+Shift+S")
    assert toast(demo).accessibleName() == "Search or filter the list first: then it can be saved as a view."


def test_views_are_renamed_moved_and_removed_by_keys_and_found_in_the_palette(demo: Window, page: Any) -> None:
    hand, views = Hand(demo), demo.bench.views
    every = page.list.filter.query._replace(state="all")
    had = [view.name for view in views.every()]
    for name in ("One", "Two", "Three"):
        views.add(name, name, every)
    demo.run("edit_views")
    picker = next(one for one in demo.findChildren(ViewPicker) if one.isVisible())
    hand.types("Three")
    hand.keys("Alt+Up")
    assert [view.name for view in views.every()] == [*had, "One", "Three", "Two"]
    hand.keys("Tab")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("one")
    dialog.keep()
    assert dialog.wrong.text() != ""  # there is one of that name
    dialog.name.setText("Drei")
    dialog.keep()
    hand.until(lambda: demo.focusWidget() is picker.field)
    picker.field.clear()
    picker.show_picks()
    picker.choose(len(had) + 2)
    picker.dropped.emit(picker.current().key)  # type: ignore[union-attr]
    assert [view.name for view in views.every()] == [*had, "One", "Drei"]
    hand.keys("Escape", "Z")
    assert [view.name for view in views.every()] == [*had, "One", "Drei", "Two"]
    hand.keys("Ctrl+K")
    hand.types("drei")
    assert any(getattr(row, "title", "") == "Drei" for row in palette(demo)._rows.rows)
