"""An allergy meets what an item may hold: the window says so before it is logged, approved and shipped, once each."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.pages.delight.test_stock import choose, logged
from tests.ui.parts import toast
from tests.ui.settling import key, settle
from ui.pages.delight.page import DelightPage
from ui.pages.delight.stock import ShipStrip
from ui.pages.delight.strips import LogStrip
from ui.shell.window import Window

CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SAID = "Allergic to hazelnuts"


def cookies(page: DelightPage) -> int:
    member = page.bench.members.find("pospis")[0]
    page.bench.members.own.add_note(member, SAID)
    return page.bench.gifts.items.add("Cookies", kind="swag", worth=500, allergens="May contain nuts")


def test_it_is_said_before_a_gift_is_approved(page: DelightPage, demo: Window) -> None:
    cookies(page)
    made = logged(page, "Cookies", state="idea")
    page.list.setFocus()
    key(demo, "N", CHORD)
    settle()
    assert page.bench.gifts.get(made).state == "idea"
    said = toast(demo).accessibleName()
    assert f"“{SAID}”. “Cookies”: “May contain nuts”" in said
    assert "Press again" in said
    key(demo, "N", CHORD)
    settle()
    assert page.bench.gifts.get(made).state == "approved"


def test_it_is_said_with_what_the_stock_lacks(page: DelightPage, demo: Window) -> None:
    page.bench.gifts.items.count(cookies(page), 0)
    made = logged(page, "Cookies", address_1="Street 1", city="Brno")
    choose(page, made)
    page.list.setFocus()
    key(demo, "N", CHORD)
    strip = page.strip
    assert isinstance(strip, ShipStrip)
    assert f"“{SAID}”. “Cookies”: “May contain nuts”" in strip.wrong.text()
    assert "none left" in strip.wrong.text()
    strip.act()
    settle()
    assert page.bench.gifts.get(made).state == "shipped"


def test_the_form_says_it_before_a_gift_is_logged(page: DelightPage) -> None:
    number, member = cookies(page), page.bench.members.find("pospis")[0]
    before = len(page.bench.gifts.of_member(member))
    page.open(("log", member))
    strip = page.strip
    assert isinstance(strip, LogStrip)
    strip.of.picked.emit(str(number))
    strip.of.set_key(str(number))
    strip._picked("")
    strip.why.setText("She helped")
    strip.act()
    assert f"“{SAID}”. “Cookies”: “May contain nuts”" in strip.wrong.text()
    assert len(page.bench.gifts.of_member(member)) == before
    strip.act()
    settle()
    assert len(page.bench.gifts.of_member(member)) == before + 1
