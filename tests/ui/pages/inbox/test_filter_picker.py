"""The filter of the list: groups, more than one choice at a time, and numbers that are those of the file."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.base import clock
from tests.stories.hand import Hand
from tests.ui.settling import settle
from tests.ui.talking import inbox
from ui.pages.inbox.filter_picker import FilterPicker
from ui.shell.window import Window
from ui.widgets.pick_list import ALL


@pytest.fixture
def page(demo: Window) -> Any:
    found = inbox(demo)
    found.list.filter.clear()
    return found


def opened(page: Any) -> FilterPicker:
    page.list.filter.button.click()
    picker: FilterPicker = page.window().findChildren(FilterPicker)[-1]
    assert picker.isVisible()
    return picker


def choose(page: Any, picker: FilterPicker, *titles: str) -> None:
    """By keys: type a few letters, Enter."""
    hand = Hand(page.window())
    for title in titles:
        hand.types(title)
        hand.keys("Enter")
        Hand.until(page.list.searching.settled)
    assert picker.isVisible()


def listed(page: Any) -> set[int]:
    return set(page.list.model.numbers())


_BLOG_OR_FORUM_IN_GREEK_OR_CZECH = """
    SELECT DISTINCT c.id FROM conversation c JOIN message m ON m.conversation_id = c.id
    JOIN account a ON a.id = m.account_id
    WHERE a.name IN ('Blog', 'E-mail') AND coalesce(nullif(m.language, ''), c.language) IN ('el', 'cs')
    AND c.state = ?
"""


@pytest.mark.slow
def test_several_channels_and_languages_at_once_with_the_numbers_of_the_file(demo: Window, page: Any) -> None:
    picker = opened(page)
    choose(page, picker, "Blog", "E-mail", "Greek", "Czech")
    assert page.list.search.words() == "channel:Blog channel:E-mail lang:el lang:cs"
    assert page.list.filter.query.state == "needs_me"  # where the person was
    on = {row.title for row in picker.rows() if row.mark == ALL}
    assert on == {"Unanswered", "Blog", "E-mail", "Greek", "Czech"}
    for state in ("needs_me", "waiting", "all"):
        sql = (
            _BLOG_OR_FORUM_IN_GREEK_OR_CZECH
            if state != "all"
            else _BLOG_OR_FORUM_IN_GREEK_OR_CZECH.replace("= ?", "<> ?")
        )
        wanted = {number for (number,) in demo.bench.store.read.execute(sql, (state,))}
        assert wanted
        page.list.filter.switch.set_current(state)
        page.list.filter.show_state(state)
        Hand.until(page.list.searching.settled)
        assert listed(page) == wanted
        count = page.list.filter._hits.conversations("" if state == "all" else state)
        assert count == len(wanted)
    picker.come_back()
    choose(page, picker, "Blog", "E-mail", "Greek", "Czech")
    assert page.list.search.words() == ""
    assert page.list.searching.asked is None


def test_among_the_unanswered_whoever_waits_longest_is_first(demo: Window, page: Any) -> None:
    before = list(page.list.model.numbers())
    choose(page, opened(page), "E-mail")
    here = page.list.model.numbers()
    assert 1 < len(here) < len(before)
    assert here == [number for number in before if number in set(here)]
    assert demo.bench.inbox.row(here[0]).state == "needs_me"


def test_kinds_of_members_and_labels_that_all_have_to_hold(demo: Window, page: Any) -> None:
    picker = opened(page)
    press = "SELECT i.id FROM identity i JOIN member p ON p.id = i.member_id WHERE p.kind = 'press'"
    choose(page, picker, "All", "Press")
    wanted = demo.bench.store.read.execute(
        f"SELECT id FROM conversation WHERE messages > 0 AND identity_id IN ({press})"
    ).fetchall()
    assert listed(page) == {number for (number,) in wanted}
    heading = next(row for row in picker.rows() if row.title == "Label")
    assert heading.aside == "all of these"
    assert next(row for row in picker.rows() if row.title == "Channel").aside == "any of these"


def test_the_places_are_there_with_their_numbers(demo: Window, page: Any) -> None:
    demo.bench.inbox.snooze(page.list.model.numbers()[:2], clock.now() + 86_400)
    settle()
    picker = opened(page)
    counts = demo.bench.inbox.counts()
    rows = {row.title: row for row in picker.rows()}
    assert (rows["Snoozed"].aside, rows["Done"].aside) == (str(counts["snoozed"]), str(counts["done"]))
    assert counts["snoozed"] >= 2
    choose(page, picker, "Snoozed")
    assert len(listed(page)) == counts["snoozed"]
    assert page.list.filter.query.state == "snoozed"
    row = demo.rail.rows["inbox/snoozed"]
    Hand.until(row.isVisible)
    page.list.filter.clear()
    Hand.until(lambda: str(counts["snoozed"]) in row.accessibleName())
    demo._chosen("inbox/snoozed")
    assert page.list.filter.query.state == "snoozed"


@pytest.mark.slow
def test_headings_are_passed_by_and_a_click_puts_a_choice_in(demo: Window, page: Any) -> None:
    picker, hand = opened(page), Hand(demo)
    rows = picker.rows()
    assert not rows[0].key
    assert picker.current() == rows[1]
    seen = []
    for _ in range(len(rows)):
        row = picker.current()
        assert row is not None
        assert row.key
        seen.append(row.key)
        hand.keys("Down")
    assert len(set(seen)) == sum(1 for row in rows if row.key)
    for _ in range(len(rows)):
        hand.keys("Up")
        assert picker.current() is not None
        assert picker.current().key  # type: ignore[union-attr]
    assert picker.current() == rows[1]
    hand.types("blo")
    at = next(place for place, row in enumerate(picker.rows()) if row.title == "Blog")
    view = picker._list
    middle: QPoint = view.visualRect(view.model().index(at, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert page.list.search.words() == "channel:Blog"
    hand.keys("Escape")
    settle()
    assert not [one for one in demo.findChildren(FilterPicker) if one.isVisible()]


def test_each_row_is_read_as_a_sentence(page: Any) -> None:
    picker = opened(page)
    choose(page, picker, "Blog")
    said = {row.title: row.spoken for row in picker.rows() if row.key}
    assert said["Blog"] == "Blog, chosen"
    assert said["E-mail"] == "E-mail, not chosen"
