"""Who may be the same person, in the window: listed with reasons, side by side, merged, parted, told apart, put off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.settling import key, settle
from ui.pages.members.page import MembersPage
from ui.pages.members.same import SameSide
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(demo: Window) -> MembersPage:
    demo.go("members")
    found = demo.page("members")
    assert isinstance(found, MembersPage)
    return found


@pytest.fixture
def side(page: MembersPage) -> SameSide:
    """The side, with what it has found in the demo."""
    page.open("same")
    found = page.sides.current
    assert isinstance(found, SameSide)
    settle(lambda: found.model.rowCount() == 3, 20)
    return found


def who(page: MembersPage, typed: str) -> int:
    return int(page.bench.members.find(typed)[0])


def names(side: SameSide) -> list[set[str]]:
    return [set(side.bench.members.names([row.one, row.other]).values()) for row in side.model.rows]


def choose(side: SameSide, name: str) -> None:
    side.list.choose(next(at for at, row in enumerate(side.model.rows) if name in row.names))
    side._show()


def test_pairs_are_found_behind_the_page_and_counted_in_the_switch(page: MembersPage) -> None:
    switch = page.sides.switch
    settle(lambda: switch.findChild(type(switch._segments["same"])) is not None and side_count(page) == "3", 20)
    assert page.sides.key == "people"


def side_count(page: MembersPage) -> str:
    return page.sides.switch._segments["same"]._count


def test_a_row_says_both_names_and_the_reason(side: SameSide) -> None:
    choose(side, "Žofka V.")
    said = side.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Žofie Dvořáková and Žofka V., Same name on Forum and Mastodon: zofka"
    assert side.view.why.text().lstrip("\u200e") == "Same name on Forum and Mastodon: zofka"


def test_a_key_merges_and_the_next_pair_is_shown(side: SameSide, demo: Window) -> None:
    choose(side, "Žofka V.")
    row = side.current()
    assert row is not None
    send(demo, press(Qt.Key.Key_Return, "", 0, CTRL))
    settle()
    assert side.bench.members.get(row.other).id == row.one
    assert "Žofie Dvořáková and Žofka V. are one member now: Žofie Dvořáková." in toast(demo).accessibleName()
    settle(lambda: len(names(side)) == 2, 20)
    assert side.current() is not None


def test_the_value_that_is_chosen_is_kept(side: SameSide, demo: Window) -> None:
    choose(side, "Žofka V.")
    row = side.current()
    assert row is not None
    choices = side.view.choices()
    assert choices["name"].checkedId() == 0  # the whole name, not the short one
    for button in (choices["name"].button(1), choices["greeting"].button(1)):
        assert button is not None
        button.click()
    demo.run("merge_pair")
    settle()
    kept = side.bench.members.get(row.one)
    assert (kept.name, kept.greeting) == ("Žofka V.", "Milá Žofko")
    assert {"Also known as Žofie Dvořáková", "Greeting: Milá Žofie"} <= set(kept.note.split("\n"))


def test_delete_tells_two_apart_for_good_and_undo_asks_again(page: MembersPage, side: SameSide, demo: Window) -> None:
    choose(side, "Molnár Nóra")
    side.list.setFocus()
    send(demo, press(Qt.Key.Key_Delete))
    assert "Molnár Nóra and Molnár Nóra are two people." in toast(demo).accessibleName()
    settle()
    assert {"Molnár Nóra"} not in names(side)
    page.open("people")
    page.open("same")
    settle(lambda: side._working is None, 20)
    assert {"Molnár Nóra"} not in names(side)
    demo.run("undo")
    settle(lambda: {"Molnár Nóra"} in names(side), 20)


def test_later_puts_a_pair_at_the_end(side: SameSide, demo: Window) -> None:
    first = names(side)[0]
    side.list.setFocus()
    key(demo, "S")
    assert names(side)[-1] == first
    assert side.list.place() == 0


def test_merge_with_somebody_shows_both_side_by_side_first(page: MembersPage, demo: Window) -> None:
    keep, other = who(page, "zofie"), who(page, "vankova")
    page.open(keep)
    page.list.setFocus()
    key(demo, "M", CTRL)
    QTest.keyClicks(page.profile.chooser.field, "vank")
    QTest.keyClick(page.profile.chooser.field, Qt.Key.Key_Return)
    settle()
    side = page.sides.current
    assert isinstance(side, SameSide)
    assert page.bench.members.get(other).id == other
    row = side.current()
    assert row is not None
    assert (row.one, row.other) == (keep, other)
    send(demo, press(Qt.Key.Key_Return, "", 0, CTRL))
    settle()
    assert page.bench.members.get(other).id == keep
    assert (page.sides.key, page.member) == ("people", keep)


def test_the_last_merge_is_parted_from_the_profile_which_says_what_goes_to_whom(
    page: MembersPage, demo: Window
) -> None:
    keep, other = who(page, "zofie"), who(page, "vankova")
    page.open(keep)
    assert "part_member" not in page.handlers()
    page.bench.pairs.merge(keep, other)
    settle()
    page.open(keep)
    assert demo.run("part_member")
    strip = page.profile.strip
    assert strip is not None
    said = [line.text() for line in strip.lines]  # type: ignore[attr-defined]
    assert said[0].startswith("Goes to Tereza Vaňková: 2 names, ")
    strip.go.click()
    settle()
    assert page.bench.members.get(other).id == other
    assert "Tereza Vaňková is no longer merged with Žofie Dvořáková." in toast(demo).accessibleName()


def test_escape_leads_from_the_pairs_to_the_people(page: MembersPage, side: SameSide, demo: Window) -> None:
    side.list.setFocus()
    send(demo, press(Qt.Key.Key_Escape))
    assert page.sides.key == "people"


def test_the_profile_asks_whether_another_is_the_same_person(page: MembersPage, side: SameSide, demo: Window) -> None:
    zofie, nora = who(page, "zofie"), who(page, "norikonyhaja")
    page.open(zofie)
    asked = page.profile.suggested
    assert asked.isVisible()
    assert "Žofka V." in asked.question.text()
    assert "Same name on Forum and Mastodon: zofka" in asked.why.text()
    page.open(nora)
    asked.no.click()
    assert "Molnár Nóra and Molnár Nóra are two people." in toast(demo).accessibleName()
    assert not asked.isVisible()
    page.open(zofie)
    asked.compare.click()
    row = side.current()
    assert row is not None
    assert (page.sides.key, row.one, row.names[1]) == ("same", zofie, "Žofka V.")
    assert row.reasons
    page.open(who(page, "vankova"))
    assert not asked.isVisible()
