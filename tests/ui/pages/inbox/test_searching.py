"""Searching in the inbox by keys: suggestions, marks, counts, the way to the first hit and back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.base import clock
from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.inbox import Query
from tests.stories.hand import Hand
from tests.ui.opening import opened
from ui.shell.window import Window
from ui.widgets.buttons import PaintedButton


@pytest.fixture(scope="module")
def shown(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """One window for all of these."""
    folder = tmp_path_factory.mktemp("searching") / "profile"
    shutil.copytree(planted, folder)
    with opened(Profile(folder)) as made:
        yield made


@pytest.fixture
def page(shown: Window) -> Any:
    """The inbox, with nothing searched for."""
    shown.go("inbox")
    page: Any = shown.page("inbox")
    page.list.end_search()
    page.list.filter.clear()
    page.list.focus_rows()
    return page


def search(page: Any, typed: str) -> Hand:
    """Type a search and let it be counted."""
    hand = Hand(page.window())
    hand.keys("/")
    assert page.list.search.field.hasFocus()
    hand.types(typed)
    Hand.until(lambda: page.list.searching.asked is not None and page.list.searching.asked.typed == typed)
    Hand.until(page.list.searching.settled)
    return hand


@pytest.mark.slow
def test_hits_are_counted_as_sql_counts_them_and_the_switch_follows(page: Any) -> None:
    search(page, "label:parcel")
    ask = page.bench.store.read.execute
    there = (
        "conversation_label cl JOIN label l ON l.id = cl.label_id AND l.name = 'parcel'"
        " JOIN conversation c ON c.id = cl.conversation_id"
    )
    talks = ask(f"SELECT count(*) FROM {there}").fetchone()[0]
    messages = ask(f"SELECT count(*) FROM {there} JOIN message m ON m.conversation_id = c.id").fetchone()[0]
    assert page.list.searching.line.text() == f"{messages} messages in {talks} conversations"
    switch = page.list.filter.switch
    assert switch.current() == "all"
    waiting = ask(f"SELECT count(*) FROM {there} WHERE c.state = 'needs_me'").fetchone()[0]
    assert f"Unanswered {waiting}" in [part.accessibleName() for part in switch.findChildren(PaintedButton)]
    page.list.filter.show_state("needs_me")
    Hand.until(page.list.searching.settled)
    assert page.list.model.rowCount() == waiting > 0
    assert f"in {waiting} conversations" in page.list.searching.line.text()


@pytest.mark.slow
def test_the_counts_of_a_search_follow_what_is_done_to_its_hits(page: Any) -> None:
    search(page, "label:parcel")
    page.list.filter.show_state("needs_me")
    Hand.until(page.list.searching.settled)
    asked, inbox = page.list.searching.asked, page.bench.inbox
    before = page.list.searching.line.text()
    inbox.done([page.list.model.id_at(0)], reason="Found")
    Hand.until(lambda: page.list.searching.line.text() != before)
    left = page.bench.search.count_all(asked).conversations("needs_me")
    assert page.list.searching.line.text().endswith(f"in {left} conversation" + "s" * (left != 1))
    page.bench.actions.undo()
    Hand.until(lambda: page.list.searching.line.text() == before)


def test_another_list_is_shown_also_while_the_search_field_is_in_hand(page: Any) -> None:
    Hand(page.window()).keys("/")
    page.list.filter.switch.chosen.emit("waiting")
    assert page.list.filter.query == Query("waiting")
    assert page.list.model.numbers() == [ref.id for ref in page.bench.inbox.refs(Query("waiting"), 10_000)]


def test_a_view_lists_just_what_is_counted_of_it_and_esc_leads_back(page: Any) -> None:
    views, query = page.bench.views, page.list.filter.query
    narrow, label = (
        views.add("Narrow", "limon", Query("needs_me")),
        views.add("Label", "", Query("all", None, "parcel")),
    )
    before = page.opened.row.id
    page.viewing.shelf(f"view-{narrow}")
    listed = page.list.model.numbers()
    assert listed == views.listed(views.get(narrow), 1_000)
    assert 0 < len(listed) < len(views.listed(views.get(narrow)._replace(query=Query("all")), 1_000))
    page.viewing.shelf(f"view-{label}")  # a list, from within a search
    assert (page.list.search.words(), page.list.filter.query.label) == ("", "parcel")
    assert sorted(page.list.model.numbers()) == sorted(views.listed(views.get(label), 1_000))
    page.list.filter.clear()
    page.list.select_id(before)
    page.viewing.shelf(f"view-{narrow}")
    Hand(page.window()).keys("Escape")
    assert (page.opened.row.id, page.list.filter.query) == (before, query)


@pytest.mark.slow
def test_hits_behind_a_first_look_without_any_are_listed_and_the_first_is_opened(page: Any) -> None:
    bench, now = page.bench, clock.now()
    account = page.opened.account_id
    anna, crowd = Author("anna-far", "anna-far", "Anna"), Author("crowd", "crowd", "Crowd")
    bench.intake.take(account, [Incoming("far", now - 90_000_000, "zyxword alone", anna, thread="far")])
    near = [Incoming(f"near{i}", now - 50_000 + i, f"zyxword {i}", crowd, thread="near") for i in range(1200)]
    bench.intake.take(account, near)
    number = bench.search.messages('"zyxword alone"')[0].conversation_id
    with bench.store.write() as conn:  # too many to be listed: the index is walked, and each hit looked at
        conn.execute("UPDATE conversation SET public = id <> ?", (number,))
    search(page, "zyxword is:private")
    assert bench.search.page(page.list.searching.asked).hits == ()
    assert page.list.model.numbers() == [number]
    assert page.list.rows.isVisible()
    Hand.until(lambda: page.opened is not None and page.opened.row.id == number)


@pytest.mark.slow
def test_enter_goes_to_the_first_hit_and_esc_back_to_where_one_was(page: Any) -> None:
    page.list.step(2)
    before, query = page.opened.row.id, page.list.filter.query
    assert query == Query()
    hand = search(page, "limon")
    hand.keys("Enter")
    assert page.list.rows.hasFocus()
    assert page.opened.row.id == page.list.model.id_at(0) != before
    hand.keys("Escape")
    assert page.list.search.words() == ""
    assert (page.opened.row.id, page.list.current_id(), page.list.filter.query) == (before, before, query)
    assert page.list.rows.hasFocus()
    search(page, "limon").keys("Escape")
    assert (page.opened.row.id, page.list.filter.query) == (before, query)


@pytest.mark.slow
def test_hits_are_marked_in_the_open_conversation(page: Any) -> None:
    hand = search(page, "bazalk")
    hand.keys("Enter")
    Hand.until(page.talk.story.extraSelections)
    marked = [one.cursor.selectedText().lower() for one in page.talk.story.extraSelections()]
    assert set(marked) == {"bazalk"}
    hand.keys("Escape")
    Hand.until(lambda: not page.talk.story.extraSelections())


def test_tab_takes_a_suggestion_and_arrows_choose_another(page: Any) -> None:
    hand = search(page, "lab")
    suggestions = page.list.search.suggestions
    Hand.until(lambda: [hint.title for hint in suggestions.hints()] == ["label:"])
    assert page.list.rows.isVisible()
    hand.keys("Tab")
    assert page.list.search.words() == "label:"
    Hand.until(lambda: len(suggestions.hints()) > 1)
    second = suggestions.hints()[1]
    hand.keys("Down", "Down", "Enter")
    assert page.list.search.words() == second.text
    assert page.list.search.field.hasFocus()
    hand.keys("Enter")
    assert page.list.rows.hasFocus()
    assert not suggestions.isVisible()


@pytest.mark.slow
def test_what_is_not_understood_is_said_and_a_slip_forgiven(page: Any) -> None:
    search(page, "label:parsel")
    assert page.list.model.rowCount() == 0
    assert any("parcel" in words for words in _said(page.list))
    page.list.end_search()
    search(page, "limonda")
    assert page.list.model.rowCount() > 0
    assert "Showing" in page.list.searching.line.text()


def test_all_from_a_member_leads_back_by_esc_also_through_a_gift(page: Any) -> None:
    before = page.opened.row.id
    hand = Hand(page.window())
    hand.keys("f")
    assert page.window().page_id == "members"
    hand.keys("g")
    Hand.until(lambda: page.window().page_id == "delight")
    hand.keys("Escape")
    hand.keys("Escape")
    assert page.window().page_id == "members"
    hand.keys("Escape")
    assert page.window().page_id == "inbox"
    assert (page.opened.row.id, page.list.rows.hasFocus()) == (before, True)


def _said(parent: Any) -> list[str]:
    return [label.text() for label in parent.findChildren(QLabel) if label.isVisible()]
