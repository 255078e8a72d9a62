"""The switch of the members page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.base import clock
from tests.ui.settling import key, settle, until
from ui.pages.members.page import MembersPage
from ui.pages.members.sides import SIDES
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> MembersPage:
    demo.go("members")
    found = demo.page("members")
    assert isinstance(found, MembersPage)
    return found


def test_one_key_goes_through_all_sides_and_round(page: MembersPage, demo: Window) -> None:
    shown = []
    for _ in SIDES:
        key(demo, "U", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        shown.append(page.sides.key)
    assert shown == [*SIDES[1:], SIDES[0]]
    assert page.list.hasFocus()


@pytest.mark.parametrize("side", SIDES)
def test_a_side_is_opened_by_its_key_and_by_the_palette(page: MembersPage, demo: Window, side: str) -> None:
    page.open(side)
    assert page.sides.key == side
    page.open("people")
    demo.run(f"show_{side}")
    assert page.sides.key == side
    shown = page.sides.stack.currentWidget()
    assert shown is (page.sides.current or page.split)


def test_escape_and_a_member_lead_back_to_the_people(page: MembersPage, demo: Window) -> None:
    page.open("quiet")
    demo.run("back")
    assert page.sides.key == "people"
    page.open("new")
    who = page.bench.members.find("zofie")[0]
    page.open(who)
    settle()
    assert (page.sides.key, page.member) == ("people", who)


def test_a_member_is_added_from_any_side(page: MembersPage, demo: Window) -> None:
    page.open("quiet")
    demo.run("add_member")
    assert page.sides.key == "people"
    assert page.right.currentWidget() is page.form


def count_of(page: MembersPage, side: str) -> str:
    return page.sides.switch._segments[side]._count


def test_every_side_is_counted_without_being_shown(page: MembersPage) -> None:
    until(lambda: all(count_of(page, side) for side in SIDES[1:]))
    for side in ("quiet", "new"):
        said = int(count_of(page, side))
        page.open(side)
        assert count_of(page, side) == str(said) != "0"


def test_a_side_that_is_not_shown_is_counted_anew(page: MembersPage, demo: Window) -> None:
    until(lambda: all(count_of(page, side) for side in SIDES[1:]))
    many = int(count_of(page, "new"))
    first = page.bench.involvement.newcomers(clock.now())[0]
    page.bench.today.put_off_member(first.member_id)
    until(lambda: count_of(page, "new") == str(many - 1))
    demo.go("inbox")
    page.bench.today.put_off_member(page.bench.involvement.newcomers(clock.now())[1].member_id)
    settle()
    demo.go("members")
    until(lambda: count_of(page, "new") == str(many - 2))
