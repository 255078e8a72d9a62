"""The delight page in a real window."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.gifts import Budget
from tests.ui.parts import toast
from tests.ui.presses import held_down, press, send
from tests.ui.settling import key, settle
from ui.frame import files
from ui.look import text
from ui.pages.delight import ENTRY, words
from ui.pages.delight.budget import parts, year_gone
from ui.pages.delight.page import DelightPage
from ui.pages.delight.strips import AddressStrip, EditStrip, LogStrip
from ui.shell.window import Window

CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def choose(page: DelightPage, member: str) -> int:
    place = next(at for at in range(page.model.rowCount()) if (one := page.model.row_at(at)) and member in one.member)
    page.list.choose(place)
    gift = page.gift()
    assert gift is not None
    return gift.id


def test_the_bar_shows_what_was_used_and_never_more_than_all_of_it() -> None:
    assert parts(Budget(2026, "EUR", 1000, 500, 250, 3)) == (0.5, 0.25)
    assert sum(parts(Budget(2026, "EUR", 100, 500, 250, 3))) == 1
    assert parts(Budget(2026, "EUR", 0, 0, 0, 0)) == (0, 0)
    assert year_gone(date(2026, 12, 31)) == 1
    assert 0.49 < year_gone(date(2026, 7, 1)) < 0.51


def test_the_rail_counts_what_waits(page: DelightPage) -> None:
    assert ENTRY.counter is not None
    assert ENTRY.counter(page.bench) == page.bench.gifts.needs().total > 0


def test_a_key_takes_the_gift_to_its_next_stage_and_z_back(page: DelightPage, demo: Window) -> None:
    number = choose(page, "Petr Hanák")
    page.list.setFocus()
    key(demo, "N", CHORD)
    assert page.bench.gifts.get(number).state == "approved"
    assert page.gift().id == number  # type: ignore[union-attr]
    assert toast(demo).accessibleName() == "Swag box for Petr Hanák: now “Approved”."
    key(demo, "Z")
    settle()
    assert page.bench.gifts.get(number).state == "idea"
    assert toast(demo).accessibleName() == "Undone: Approved: Swag box for Petr Hanák"


def test_a_gift_needs_a_reason_and_is_logged_with_keys_alone(page: DelightPage, demo: Window) -> None:
    page.list.setFocus()
    key(demo, "G")
    strip = page.strip
    assert isinstance(strip, LogStrip)
    QTest.keyClicks(strip.whom.field, "pospis")
    QTest.keyClick(strip.whom.field, Qt.Key.Key_Return)
    strip.act()
    assert "reason" in strip.wrong.text()
    QTest.keyClicks(strip.why, "Answered nine newcomers")
    strip.occasion.set_key("surprise")
    QTest.keyClick(strip.why, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    gift = page.gift()
    assert gift is not None
    assert (gift.member, gift.why, gift.occasion, gift.state) == (
        "Klára Pospíšilová", "Answered nine newcomers", "surprise", "idea",
    )  # fmt: skip
    assert page.strip is None


def test_over_the_budget_is_said_once_and_then_done(page: DelightPage) -> None:
    member = page.bench.members.find("pospis")[0]
    page.open(("log", member))
    strip = page.strip
    assert isinstance(strip, LogStrip)
    strip.item.setText("Golden lemon")
    strip.worth.setText("9000")
    strip.why.setText("Too kind")
    strip.state.set_key("approved")
    before = page.bench.gifts.counts()["approved"]
    strip.act()
    assert "over the 2026 budget" in strip.wrong.text()
    strip.worth.setText("9500")
    strip.act()  # another sum has to be said anew
    assert page.bench.gifts.counts()["approved"] == before
    strip.act()
    assert page.bench.gifts.counts()["approved"] == before + 1


def test_esc_closes_the_strip_and_nothing_is_logged(page: DelightPage) -> None:
    before = page.bench.gifts.counts()
    page.open(("log", page.bench.members.find("zofie")[0]))
    strip = page.strip
    assert isinstance(strip, LogStrip)
    QTest.keyClick(strip.why, Qt.Key.Key_Escape)
    assert not strip.isVisible()
    assert page.bench.gifts.counts() == before


@pytest.mark.slow
def test_an_address_is_kept_with_gift_and_member_and_undone_in_one_step(page: DelightPage, demo: Window) -> None:
    number = choose(page, "Birna")
    gift = page.bench.gifts.get(number)
    assert not gift.address_1
    assert page.foot.ask.isVisible()
    page.list.setFocus()
    key(demo, "D", CHORD)
    strip = page.strip
    assert isinstance(strip, AddressStrip)
    strip.keep.setChecked(True)
    strip.act()
    assert strip.wrong.text()
    strip.lines["address_1"].setText("Strandgata 7")
    strip.act()
    settle()
    assert page.bench.gifts.get(number).address_1 == "Strandgata 7"
    assert page.bench.members.get(gift.member_id).address_1 == "Strandgata 7"
    assert not page.foot.ask.isVisible()
    page.list.setFocus()
    key(demo, "Z")
    settle()
    assert page.bench.members.get(gift.member_id).address_1 == ""
    assert page.bench.gifts.get(number).address_1 == ""


def _to_ship_without_address(page: DelightPage) -> int:
    """A gift for a member without an address, approved by a key and put to those to ship; its id."""
    member = page.bench.members.add("Sigga Jónsdóttir")
    number = page.bench.gifts.log(member, "Lemon soap", "Helped at the fair", "9 EUR")
    settle()
    choose(page, "Sigga")
    page.list.setFocus()
    key(page.frame.window(), "N", CHORD)  # type: ignore[arg-type]  # the window
    settle()
    assert page.bench.gifts.get(number).state == "approved"
    page.bench.gifts.set_state(number, "to_ship")
    settle()
    choose(page, "Sigga")
    page.list.setFocus()
    return number


def test_the_next_stage_never_says_that_an_address_was_asked_for_or_came_when_it_was_not(
    page: DelightPage, demo: Window
) -> None:
    number = _to_ship_without_address(page)
    for state, title in (("approved", ""), ("asked", "Enter the address"), ("to_ship", "Enter the address")):
        page.bench.gifts.set_state(number, state, back=True)
        settle()
        demo.go("delight")
        page.open(number)
        assert (page.foot.step.isVisibleTo(page.foot), words.step(page.bench.gifts.get(number), 0)) == (
            bool(title),
            title,
        )
        page.list.setFocus()
        key(demo, "N", CHORD)
        settle()
        assert page.bench.gifts.get(number).state == state
        if state != "approved":
            assert isinstance(page.strip, AddressStrip)
            page.back()


@pytest.mark.slow
def test_a_gift_without_an_address_is_not_shipped_before_one_is_entered(page: DelightPage, demo: Window) -> None:
    number = _to_ship_without_address(page)
    for _ in range(2):
        key(demo, "N", CHORD)
        settle()
        page.list.setFocus()
    strip = page.strip
    assert isinstance(strip, AddressStrip)
    assert page.bench.gifts.get(number).state == "to_ship"
    assert "no address yet" in strip.aside.text()
    assert strip.in_person.isVisible()
    strip.lines["address_1"].setText("Strandgata 7")
    strip.lines["city"].setText("Akureyri")
    strip.act()
    settle()
    assert page.bench.gifts.get(number).state == "to_ship"
    key(demo, "N", CHORD)
    settle()
    assert page.strip is None
    assert page.bench.gifts.get(number).state == "shipped"


@pytest.mark.slow
def test_a_gift_handed_over_in_person_needs_none_and_z_undoes_it(page: DelightPage, demo: Window) -> None:
    number = _to_ship_without_address(page)
    key(demo, "N", CHORD)
    strip = page.strip
    assert isinstance(strip, AddressStrip)
    strip.in_person.click()
    settle()
    assert page.strip is None
    assert page.bench.gifts.get(number).state == "shipped"
    assert toast(demo).accessibleName() == "Lemon soap for Sigga Jónsdóttir: now “Shipped”."
    gift = page.gift()
    assert gift is not None
    assert gift.id == number
    assert text.plain(page.foot.says.text()).strip("\u200e") == f"Given on {gift.shipped_on}."
    page.list.setFocus()
    key(demo, "Z")
    settle()
    assert page.bench.gifts.get(number).state == "to_ship"


def test_with_an_address_the_form_offers_nothing_in_person(page: DelightPage, demo: Window) -> None:
    choose(page, "Žofie")
    demo.run("gift_address")
    strip = page.strip
    assert isinstance(strip, AddressStrip)
    assert not strip.in_person.isVisible()
    assert strip.aside.text() == ""


@pytest.mark.slow
def test_at_1280_pixels_what_a_gift_lacks_is_read_in_full(page: DelightPage, demo: Window) -> None:
    assert demo.width() == 1280
    talk = page.bench.inbox.next_needing()
    assert talk is not None
    for name in ("Guðrún Ásta Þórðardóttir", "Sigga"):
        member = page.bench.members.add(name)
        for state in ("approved", "to_ship"):
            number = page.bench.gifts.log(member, "Soap", "Helped", "9 EUR", state=state, conversation_id=talk)
            settle()
            page.open(number)
            settle()
            assert page.foot.talk.isVisible()
            assert "No address yet." in page.foot.says.text()
            for label in (page.foot.says, page.foot.name):
                assert label.width() >= label.sizeHint().width(), (name, state, label.text())


def test_the_shipping_list_is_written_and_said(
    page: DelightPage, demo: Window, tmp_path: Path, qt: QApplication
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    qt.setProperty(files.READY, str(out))
    demo.run("shipping_list")
    written = next(out.iterdir())
    rows = list(csv.DictReader(written.read_text("utf-8-sig").splitlines()))
    assert len(rows) == page.bench.gifts.counts()["to_ship"]
    assert {row["recipient"] for row in rows} >= {"Žofie Dvořáková"}
    assert str(written) in toast(demo).accessibleName()


def test_z_after_the_shipping_list_undoes_the_export_and_not_what_was_before(
    page: DelightPage, demo: Window, tmp_path: Path, qt: QApplication
) -> None:
    number = choose(page, "Petr Hanák")
    page.list.setFocus()
    key(demo, "N", CHORD)
    out = tmp_path / "out"
    out.mkdir()
    qt.setProperty(files.READY, str(out))
    demo.run("shipping_list")
    (written,) = out.iterdir()
    page.list.setFocus()
    key(demo, "Z")
    settle()
    assert page.bench.gifts.get(number).state == "approved"
    assert toast(demo).accessibleName() == f"Undone: Exported gifts to ship: {written.name}. The file itself stays."
    assert not any(gift.exported_at for gift in page.bench.gifts.listed("to_ship"))
    assert written.exists()


def test_a_cancelled_dialog_writes_nothing(page: DelightPage, demo: Window, qt: QApplication) -> None:
    assert page.isVisible()
    qt.setProperty(files.READY, "")
    said = toast(demo).accessibleName() if demo._toast else ""
    demo.run("shipping_list")
    assert "written" not in said
    assert (toast(demo).accessibleName() if demo._toast else "") == said


def test_a_stage_with_nothing_says_so(page: DelightPage) -> None:
    for gift in page.bench.gifts.listed("prepared"):
        page.bench.gifts.set_state(gift.id, "thanked")
    page.stages.set_current("prepared")
    page._staged("prepared")
    assert page.model.rowCount() == 0
    assert page.middle.currentIndex() == 2


@pytest.mark.slow
@pytest.mark.parametrize("field", ["amount", "currency", "_set"])
def test_enter_in_the_budget_sets_it_and_stays_on_the_page(page: DelightPage, demo: Window, field: str) -> None:
    page.budget.ask()
    page.budget.amount.setText("900")
    demo.activateWindow()
    settle(demo.isActiveWindow)
    getattr(page.budget, field).setFocus()
    send(demo, press(Qt.Key.Key_Return, "\r", 36))
    settle()
    assert page.bench.gifts.budgets.of()[0].amount == 90_000
    assert demo.page_id == "delight"
    assert demo.focusWidget() is page.list
    send(demo, held_down(Qt.Key.Key_Return, "\r", 36))  # the key is still down, and the list has the focus now
    assert demo.page_id == "delight"


@pytest.mark.parametrize(("typed", "currency", "amount"), [
    ("1500", "KWD", 1_500_000), ("1.500", "KWD", 1_500), ("1,500", "UGX", 1_500), ("1,500", "CZK", 150_000),
])  # fmt: skip
def test_enter_once_more_leaves_the_budget_as_it_is(window: Window, typed: str, currency: str, amount: int) -> None:
    window.go("delight")
    page = window.page("delight")
    assert isinstance(page, DelightPage)
    page.budget.amount.setText(typed)
    page.budget.currency.setText(currency)
    for _ in range(2):
        page.budget._give()
        found = page.bench.gifts.budgets.of()[0]
        assert (found.amount, found.currency) == (amount, currency)
        page.budget.ask()


def test_a_sum_in_another_currency_than_the_field_says_is_not_taken(page: DelightPage) -> None:
    choose(page, "Petr Hanák")
    page._edit()
    strip = page.strip
    assert isinstance(strip, EditStrip)
    strip.worth.setText("$15")
    strip.act()
    assert "is in USD, but this is in EUR" in strip.wrong.text()


def test_without_a_budget_the_page_asks_for_one(window: Window) -> None:
    window.go("delight")
    page = window.page("delight")
    assert isinstance(page, DelightPage)
    assert page.budget.pages.currentIndex() == 1
    assert page.middle.currentIndex() == 1
    page.budget.amount.setText("1.200")
    page.budget.currency.setText("czk")
    page.budget._give()
    settle()
    assert page.bench.gifts.budgets.of()[0].amount == 120_000
    assert page.budget.pages.currentIndex() == 0


def test_enter_goes_to_the_conversation_that_the_gift_came_from(page: DelightPage, demo: Window) -> None:
    choose(page, "Žofie")
    page.list.setFocus()
    send(demo, press(Qt.Key.Key_Return, "\r"))
    assert demo.page_id == "inbox"


def test_the_currency_that_was_set_is_proposed_at_once(demo: Window, page: DelightPage) -> None:
    demo.go("settings")
    demo.bench.settings.put("currency", "CZK")
    page.budget.currency.setText(page.budget._currency)
    demo.go("delight")
    assert page.budget.currency.text() == "CZK"


def test_a_requested_address_is_said_to_be_unanswered_only_until_they_write(page: DelightPage, demo: Window) -> None:
    (gift,) = demo.bench.gifts.listed("asked")  # in the demo the answer is there, to be taken with a key
    page.open(gift.id)
    settle()
    assert "They've written since you asked. See whether the address is there." in page.foot.says.text()
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE gift SET asked_at = (SELECT last_at FROM member WHERE id = member_id)")
    unanswered = "Address requested; there's no answer yet."
    settle(lambda: unanswered in page.foot.says.text())
    assert unanswered in page.foot.says.text()
