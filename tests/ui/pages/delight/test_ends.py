"""Another stage, an end, once more, a choice, and the budget that a step goes over: on the delight page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.base import clock
from app.base.money import Money
from tests.ui.parts import toast
from tests.ui.settling import key, settle
from ui.pages.delight.ends import ChoiceStrip, StageStrip
from ui.pages.delight.page import DelightPage
from ui.pages.delight.strips import EditStrip
from ui.shell.window import Window
from ui.widgets.labels import Label

CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
YEAR = clock.local(clock.now()).year


@pytest.fixture
def page(page: DelightPage) -> DelightPage:
    page.list.setFocus()
    return page


def logged(page: DelightPage, state: str, cents: int = 500) -> int:
    """A gift that is logged and selected."""
    member = page.bench.members.find("pospis")[0]
    number = page.bench.gifts.log(member, "Mug", "Kind", Money(cents, "EUR"), state=state, over=True)
    page.open(number)
    settle()
    gift = page.gift()
    assert gift is not None
    assert gift.id == number
    return number


def test_an_idea_that_goes_over_is_moved_on_by_the_second_press(page: DelightPage, demo: Window) -> None:
    number = logged(page, "idea", 900_000)
    key(demo, "N", CHORD)
    assert page.bench.gifts.get(number).state == "idea"
    shown = toast(demo).accessibleName()
    assert f"over the {YEAR} budget" in shown
    assert shown.endswith("Press again to do it all the same.")
    key(demo, "N", CHORD)
    assert page.bench.gifts.get(number).state == "approved"


def test_a_command_that_took_the_money_meanwhile_is_asked_about_anew(page: DelightPage, demo: Window) -> None:
    number = logged(page, "idea", 900_000)
    key(demo, "N", CHORD)
    other = page.bench.members.find("zofie")[0]
    page.bench.gifts.log(other, "Box", "Kind", Money(100, "EUR"), state="approved", over=True)
    key(demo, "N", CHORD)
    assert page.bench.gifts.get(number).state == "idea"
    key(demo, "N", CHORD)
    assert page.bench.gifts.get(number).state == "approved"


def test_a_dearer_gift_is_saved_by_the_second_press(page: DelightPage) -> None:
    number = logged(page, "approved")
    page.handlers()["edit_gift"]()
    strip = page.strip
    assert isinstance(strip, EditStrip)
    strip.worth.setText("9000")
    strip.act()
    assert f"over the {YEAR} budget" in strip.wrong.text()
    assert page.bench.gifts.get(number).worth == 500
    strip.act()
    assert page.bench.gifts.get(number).worth == 900_000


def test_no_thank_you_and_charity_from_the_keyboard(page: DelightPage, demo: Window) -> None:
    number = logged(page, "asked")
    key(demo, "M", ALT)
    strip = page.strip
    assert isinstance(strip, StageStrip)
    assert strip.state.key() == "declined"
    strip.state.set_key("charity")
    strip.act()
    assert "which charity" in strip.wrong.text()
    strip.charity.setText("Street dogs of Pécs")
    strip.act()
    gift = page.bench.gifts.get(number)
    assert (gift.state, gift.charity) == ("charity", "Street dogs of Pécs")
    assert toast(demo).accessibleName().endswith("now “Given to charity”.")


def test_what_has_left_goes_back_by_the_second_press(page: DelightPage) -> None:
    number = logged(page, "shipped")
    page.handlers()["gift_stage"]()
    strip = page.strip
    assert isinstance(strip, StageStrip)
    strip.state.set_key("to_ship")
    strip.act()
    assert "has left already" in strip.wrong.text()
    assert page.bench.gifts.get(number).state == "shipped"
    strip.act()
    assert page.bench.gifts.get(number).state == "to_ship"


def test_a_lost_one_is_sent_again_with_one_key(page: DelightPage, demo: Window) -> None:
    number = logged(page, "shipped")
    assert "gift_again" not in page.handlers()
    page.bench.gifts.set_state(number, "lost")
    page.open(number)
    key(demo, "R", ALT)
    gift = page.gift()
    assert gift is not None
    assert (gift.again_of, gift.state) == (number, "approved")


def test_a_member_chooses_among_items(page: DelightPage, demo: Window) -> None:
    tin, gold = (page.bench.gifts.items.add(name, worth=worth) for name, worth in (("Tin", 900), ("Gold", 2_000)))
    number = logged(page, "approved")
    key(demo, "C", ALT)
    strip = page.strip
    assert isinstance(strip, ChoiceStrip)
    strip.boxes[tin].setChecked(True)
    strip.act()
    assert "at least two" in strip.wrong.text()
    strip.boxes[gold].setChecked(True)
    strip.act()
    assert [item.name for item in page.bench.gifts.choices.offered(number)] == ["Gold", "Tin"]
    key(demo, "C", ALT)
    strip = page.strip
    assert isinstance(strip, ChoiceStrip)
    assert strip.boxes[gold].isChecked()
    strip.chosen.set_key(str(gold))
    strip.act()
    gift = page.bench.gifts.get(number)
    assert (gift.item, gift.worth) == ("Gold", 2_000)
    assert gift.item_id == gold


def test_what_is_counted_apart_and_an_occasions_budget_stand_at_the_side(page: DelightPage) -> None:
    page.bench.gifts.budgets.set(YEAR, "EUR", 5_000, "birthday")
    member = page.bench.members.find("pospis")[0]
    page.bench.gifts.log(member, "Mug", "Kind", Money(90, "KWD"), state="shipped", over=True)
    page.open(page.bench.gifts.listed()[0].id)
    labels = [label.text() for label in page.side.findChildren(Label)]
    assert "Birthday, in EUR" in labels
    assert "There's no rate from KWD to EUR, so 1 gift in KWD is counted apart." in labels
