"""Budgets and rates are set in the window, and who deserves a gift is a key away at every size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.base.money import Money
from tests.ui.parts import toast
from tests.ui.settling import key, settle, until
from ui.look import text
from ui.pages.delight.page import DelightPage
from ui.pages.delight.spending import BudgetStrip, RateStrip
from ui.pages.delight.strips import LogStrip
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
CHORD = CTRL | Qt.KeyboardModifier.ShiftModifier
YEAR = clock.local(clock.now()).year


@pytest.fixture
def page(page: DelightPage) -> DelightPage:
    page.list.setFocus()
    return page


def budget(page: DelightPage, occasion: str = "") -> int | None:
    found = [one for one in page.bench.gifts.budgets.of(YEAR, occasion) if one.amount is not None]
    return found[0].amount if found else None


def budgets(page: DelightPage, demo: Window) -> BudgetStrip:
    key(demo, "B", CTRL)
    assert isinstance(page.strip, BudgetStrip)
    return page.strip


def rates(page: DelightPage, demo: Window) -> RateStrip:
    key(demo, "R", CTRL)
    assert isinstance(page.strip, RateStrip)
    return page.strip


def wrong(strip: BudgetStrip | RateStrip) -> str:
    strip.act()
    assert not strip.wrong.isHidden()
    return text.plain(strip.wrong.text())


def test_an_occasion_gets_a_budget_of_its_own_and_z_takes_it_back(page: DelightPage, demo: Window) -> None:
    whole = budget(page)
    strip = budgets(page, demo)
    assert strip.amount.text() == "600"
    strip.occasion.set_key("birthday")
    strip.occasion.picked.emit("birthday")
    before = budget(page, "birthday")
    strip.amount.setText("80")
    strip.act()
    settle()
    assert (budget(page), budget(page, "birthday")) == (whole, 8_000)
    assert text.plain(toast(demo).accessibleName()).startswith(f"Budget {YEAR} for “Birthday”: ")
    page.list.setFocus()
    key(demo, "Z")
    assert budget(page, "birthday") == before


def test_a_budget_below_what_is_used_asks_once(page: DelightPage, demo: Window) -> None:
    strip = budgets(page, demo)
    strip.amount.setText("10")
    asked = wrong(strip)
    assert asked.startswith(f"This leaves the {YEAR} budget ")
    assert asked.endswith("Press again to do it all the same.")
    assert budget(page) == 60_000
    strip.act()
    settle()
    assert budget(page) == 1_000


def test_the_short_form_above_asks_as_well(page: DelightPage, demo: Window) -> None:
    page.budget.ask()
    page.budget.amount.setText("10")
    page.budget._give()
    assert (budget(page), page.budget.asking) == (60_000, True)
    assert f"This leaves the {YEAR} budget" in toast(demo).accessibleName()
    page.budget._give()
    assert budget(page) == 1_000


@pytest.mark.parametrize(
    ("amount", "currency", "says"),
    [
        ("", "EUR", "Enter the amount"),
        ("600", "euros", "isn't a currency"),
        ("10.50", "JPY", "isn't an amount"),
        ("1.2345", "KWD", "isn't an amount"),
        ("-5", "EUR", "isn't an amount"),
        ("600 CZK", "EUR", "is in CZK, but this is in EUR"),
    ],
)
def test_what_is_no_budget_is_said_in_one_sentence(
    page: DelightPage, demo: Window, amount: str, currency: str, says: str
) -> None:
    strip = budgets(page, demo)
    strip.amount.setText(amount)
    strip.currency.setText(currency)
    said = wrong(strip)
    assert says in said
    assert strip.amount.text() == amount


def test_a_budget_in_dinars_has_three_decimals(page: DelightPage, demo: Window) -> None:
    strip = budgets(page, demo)
    strip.amount.setText("1.250")
    strip.currency.setText("kwd")
    strip.act()
    settle()
    found = {one.currency: one.amount for one in page.bench.gifts.budgets.of(YEAR)}
    assert found["KWD"] == 1_250


def test_a_rate_of_a_day_is_set_listed_and_removed(page: DelightPage, demo: Window) -> None:
    member = page.bench.members.find("Marcus Bell")[0]
    page.bench.gifts.log(member, "Dates", "Kind", Money(1_500, "KWD"), state="approved", over=True)
    strip = rates(page, demo)
    assert (strip.source.text(), strip.into.text()) == ("KWD", "EUR")  # what has no rate yet
    assert "counted apart" in strip.aside.text()
    strip.rate.setText("3,2")
    strip.day.setText(f"{YEAR}-01-01")
    strip.act()
    settle()
    found = page.bench.gifts.rates.find("KWD", "EUR", f"{YEAR}-01-01")
    assert found.rate == "3.2"
    assert all(one.currency != "KWD" for one in page.bench.gifts.budgets.of(YEAR))
    count = len(page.bench.gifts.rates.listed())
    strip = rates(page, demo)
    gone = next(one for one in strip.removals if "1 KWD" in one.accessibleName())
    gone.click()
    assert "nobody can tell whether Marcus Bell stays within" in text.plain(strip.wrong.text())
    gone.click()
    settle()
    assert len(page.bench.gifts.rates.listed()) == count - 1
    page.list.setFocus()
    key(demo, "Z")
    assert len(page.bench.gifts.rates.listed()) == count


@pytest.mark.parametrize(
    ("source", "rate", "into", "day", "says"),
    [
        ("CZK", "", "EUR", "today", "isn't a rate"),
        ("CZK", "0", "EUR", "today", "isn't a rate"),
        ("CZK", "-1", "EUR", "today", "isn't a rate"),
        ("CZK", "0.04", "EUR", "the day after never", "the day after never"),
        ("crowns", "0.04", "EUR", "today", "isn't a currency"),
        ("EUR", "1", "EUR", "today", "given twice"),
    ],
)
def test_what_is_no_rate_is_said_in_one_sentence(
    page: DelightPage, demo: Window, source: str, rate: str, into: str, day: str, says: str
) -> None:
    before = page.bench.gifts.rates.listed()
    strip = rates(page, demo)
    for field, typed in ((strip.source, source), (strip.rate, rate), (strip.into, into), (strip.day, day)):
        field.setText(typed)
    assert says in wrong(strip)
    assert page.bench.gifts.rates.listed() == before


def test_the_panel_has_links_to_both(page: DelightPage, demo: Window) -> None:
    demo.resize(1280, 860)
    settle()
    for name, kind in (("set_budget", BudgetStrip), ("set_rate", RateStrip)):
        page.side.money_asked.emit(name)
        assert isinstance(page.strip, kind)


@pytest.mark.parametrize("size", [100, 200])
def test_who_deserves_one_is_a_key_away_where_there_is_no_room(page: DelightPage, demo: Window, size: int) -> None:
    demo.resize(900, 700)
    demo.appearance._set_text_size(size)
    until(lambda: page.side.deserving is not None and not page.finding.busy)
    settle()
    assert (page.side.isVisible(), page.deserve.isVisible()) == (False, True)
    key(demo, "U", CHORD)
    settle()
    focused = QApplication.focusWidget()
    assert page.side.isVisible()
    assert not page.main.isVisible()
    assert page.side.deserving is not None
    assert focused is page.side.deserving.lines[0]
    assert page.side.width() >= page.width() - 2
    key(demo, "U", CHORD)  # the same key leads back
    settle()
    assert (page.side.isVisible(), page.main.isVisible(), page.list.hasFocus()) == (False, True, True)
    key(demo, "U", CHORD)
    demo.run("back")
    settle()
    assert page.main.isVisible()
    key(demo, "U", CHORD)
    key(demo, "G")  # logs it for whom the focus is on
    settle()
    assert isinstance(page.strip, LogStrip)
    assert page.main.isVisible()
    demo.appearance._set_text_size(100)


def test_beside_the_table_the_key_leads_in_and_out(page: DelightPage, demo: Window) -> None:
    demo.resize(1280, 860)
    until(lambda: page.side.deserving is not None and not page.finding.busy)
    settle()
    assert not page.deserve.isVisible()
    key(demo, "U", CHORD)
    assert page.side.focused() is not None
    assert page.main.isVisible()
    key(demo, "U", CHORD)
    assert page.list.hasFocus()


def test_the_occasion_is_not_cut_at_the_usual_size(page: DelightPage, demo: Window) -> None:
    demo.resize(1280, 800)
    key(demo, "G")
    settle()
    assert isinstance(page.strip, LogStrip)
    choice = page.strip.occasion
    longest = max(choice.fontMetrics().horizontalAdvance(choice.itemText(at)) for at in range(choice.count()))
    assert choice.width() >= longest + 36
