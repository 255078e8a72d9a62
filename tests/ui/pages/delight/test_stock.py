"""Items, stock and vouchers on the Delight page, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.base import codes
from tests.servers.memory_keyring import install
from tests.ui.parts import toast
from tests.ui.settling import key, settle
from ui.pages.delight.page import DelightPage
from ui.pages.delight.stock import CountStrip, GiftItemStrip, ShipStrip
from ui.pages.delight.strips import EditStrip, LogStrip
from ui.pages.delight.voucher import VoucherStrip
from ui.shell.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier
CHORD = CONTROL | Qt.KeyboardModifier.ShiftModifier
CODE = "LEMON-9x7Q-1234-ABCD"


def choose(page: DelightPage, number: int) -> None:
    page.open(number)
    gift = page.gift()
    assert gift is not None
    assert gift.id == number


def logged(page: DelightPage, item: str, **more: object) -> int:
    items, member = page.bench.gifts.items, page.bench.members.find("pospis")[0]
    state = str(more.pop("state", "to_ship"))
    made = page.bench.gifts.log(member, item, "Helped", "5", state=state, item_id=items.number(item), **more)  # type: ignore[arg-type]
    settle()
    choose(page, made)
    return made


def test_what_runs_low_is_counted_with_keys_and_comes_back_with_z(page: DelightPage, demo: Window) -> None:
    items = page.bench.gifts.items
    low = page.bench.gifts.stock()[0]
    assert low.low
    page.list.setFocus()
    key(demo, "Y", CHORD)
    strip = page.strip
    assert isinstance(strip, CountStrip)
    assert strip.what.currentText() == low.item
    assert strip.aside.text() == f"The books say {low.on_hand}, reorder."
    strip.act()
    assert strip.wrong.text() == "Enter how many, as a number."
    QTest.keyClicks(strip.number, "9")
    QTest.keyClick(strip.number, Qt.Key.Key_Return, CONTROL)
    settle()
    assert items.by_size(low.id) == {"": 9}
    assert toast(demo).accessibleName() == f"{low.item}: 9 counted; the books said {low.on_hand}."
    key(demo, "Z")
    settle()
    assert items.by_size(low.id) == {"": low.on_hand}


def test_what_came_and_what_is_lost_is_entered(page: DelightPage) -> None:
    tote = page.bench.gifts.items.named("Lemon tote").id
    there = page.bench.gifts.items.by_size(tote)[""]
    page.stocking.count(tote)
    strip = page.strip
    assert isinstance(strip, CountStrip)
    strip.happened.set_key("lost")
    strip.number.setText("999")
    strip.act()
    assert strip.wrong.text().startswith(f"Only {there} of “Lemon tote”")
    strip.happened.set_key("bought")
    strip.number.setText("3")
    strip.act()
    settle()
    assert page.bench.gifts.items.by_size(tote) == {"": there + 3}


def test_an_item_is_entered_corrected_and_boxed_with_keys(page: DelightPage, demo: Window) -> None:
    items = page.bench.gifts.items
    page.list.setFocus()
    key(demo, "J", Qt.KeyboardModifier.AltModifier)
    strip = page.strip
    assert isinstance(strip, GiftItemStrip)
    strip.name.setText("Summer box")
    strip.kind.set_key("box")
    strip.cost.setText("19.50")
    strip.parts.setText("2 × Lemon tote; moon")
    strip.act()
    assert "no item “moon”" in strip.wrong.text()
    strip.parts.setText("2 × Lemon tote; recipe book")
    strip.lines["lead_days"].setText("soon")
    strip.act()
    assert "isn't a whole number" in strip.wrong.text()
    assert items.number("Summer box") is None
    strip.lines["lead_days"].setText("14")
    QTest.keyClick(strip.name, Qt.Key.Key_Return, CONTROL)
    settle()
    number = items.number("Summer box")
    assert number is not None, strip.wrong.text()
    assert items.parts_text(number) == "2 × Lemon tote; 1 × Recipe book"
    assert (items.get(number).worth, items.get(number).lead_days) == (1950, 14)
    page.stocking.items()
    again = page.strip
    assert isinstance(again, GiftItemStrip)
    again.which.set_key(str(number))
    again.which.picked.emit(str(number))
    assert (again.name.text(), again.parts.text()) == ("Summer box", "2 × Lemon tote; 1 × Recipe book")
    again.retire.click()
    settle()
    assert items.get(number).retired_at is not None
    key(demo, "Z")
    settle()
    key(demo, "Z")
    settle()
    assert items.number("Summer box") is None


def test_a_gift_takes_worth_and_sizes_from_its_item_and_keeps_its_id(page: DelightPage) -> None:
    shirt = page.bench.gifts.items.add("Wool shirt", worth=1250, sizes="S,M", customs_text="Cotton shirt")
    page.open(("log", page.bench.members.find("pospis")[0]))
    strip = page.strip
    assert isinstance(strip, LogStrip)
    strip.of.set_key(str(shirt))
    strip.of.picked.emit(str(shirt))
    assert (strip.item.text(), strip.worth.text(), strip.fit.placeholderText()) == ("Wool shirt", "12.50", "S, M")
    strip.fit.setText("M")
    strip.why.setText("Helped")
    strip.act()
    settle()
    gift = page.gift()
    assert gift is not None
    assert (gift.item_id, gift.size, gift.worth, gift.customs_text) == (shirt, "M", 1250, "Cotton shirt")


def test_words_that_are_no_item_stay_free(page: DelightPage) -> None:
    page.open(("log", page.bench.members.find("pospis")[0]))
    strip = page.strip
    assert isinstance(strip, LogStrip)
    strip.of.set_key(str(page.bench.gifts.items.named("Lemon tote").id))
    strip.item.clear()
    QTest.keyClicks(strip.item, "A song")
    assert strip.of.gift_item() is None
    strip.why.setText("Helped")
    strip.act()
    settle()
    gift = page.gift()
    assert gift is not None
    assert (gift.item, gift.item_id) == ("A song", None)


def test_more_than_there_is_asks_before_it_is_shipped(page: DelightPage, demo: Window) -> None:
    tote = page.bench.gifts.items.named("Lemon tote").id
    page.bench.gifts.items.count(tote, 0)
    made = logged(page, "Lemon tote", address_1="Street 1", city="Brno")
    page.list.setFocus()
    key(demo, "N", CHORD)
    strip = page.strip
    assert isinstance(strip, ShipStrip)
    assert strip.wrong.text() == "The books say there are none left. Ship it anyway?"
    assert page.bench.gifts.get(made).state == "to_ship"
    strip.act()
    settle()
    assert page.bench.gifts.get(made).state == "shipped"
    assert page.bench.gifts.items.by_size(tote) == {"": 0}


def test_a_card_that_the_voice_guide_blocks_goes_nowhere(page: DelightPage, demo: Window) -> None:
    from app.voice import BLOCK, Rule  # noqa: PLC0415

    page.bench.voice.add_rule(Rule(0, ("miracle",), BLOCK, "We promise none."))
    page.open(("log", page.bench.members.find("pospis")[0]))
    strip = page.strip
    assert isinstance(strip, LogStrip)
    strip.why.setText("A miracle")
    strip.card.setText("A miracle")
    assert strip.wrong.text() == "On the card, “miracle”: We promise none."
    strip.act()
    assert not strip.made
    strip.card.setText("Thank you")
    assert not strip.wrong.isVisible()
    strip.act()
    assert strip.made is not None
    made = logged(page, "Recipe book", address_1="Street 1", city="Brno", card_text="miracle")
    page.list.setFocus()
    key(demo, "N", CHORD)
    assert page.bench.gifts.get(made).state == "to_ship"
    page.show_strip(EditStrip(page.bench, page.bench.gifts.get(made)))
    edit = page.strip
    assert isinstance(edit, EditStrip)
    edit.act()
    assert edit.wrong.text().startswith("On the card")


def test_a_code_is_shown_knowingly_and_put_into_the_reply(
    page: DelightPage, demo: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    item = page.bench.gifts.items.add("Bakery voucher", kind="voucher", worth=1000)
    page.stocking.items()
    strip = page.strip
    assert isinstance(strip, GiftItemStrip)
    strip.which.picked.emit(str(item))
    path = tmp_path / "codes.txt"
    path.write_text(f"{CODE}\n{CODE}\n", encoding="utf-8")
    strip.bring(path)
    assert strip.aside.text() == "Vouchers added: 1. Delete the file now."
    assert strip.wrong.text() == "Line 2: the same code as in line 1."
    strip.close_strip()
    made = logged(page, "Bakery voucher", state="approved")
    assert not page.foot.ask.isVisible()  # a code needs no address
    page.list.setFocus()
    key(demo, "V", Qt.KeyboardModifier.AltModifier)
    voucher = page.strip
    assert isinstance(voucher, VoucherStrip)
    assert "Vouchers left: 1" in voucher.says.text()
    voucher.show_code()
    assert voucher.code.text() == CODE
    voucher.show_code()
    assert "in the window. Show it again?" in voucher.wrong.text()
    voucher.act()
    assert "Press again" in voucher.wrong.text()
    voucher.act()
    settle()
    shown = [how for _, how in page.bench.vouchers.shown_before(page.bench.vouchers.listed(item)[0].id)]
    assert shown == ["window"]  # in the reply stands a blank, until it is sent
    talk = page.stocking.talk(page.bench.gifts.get(made))
    assert talk is not None
    draft = page.bench.inbox.open(talk).draft
    assert codes.blank(page.bench.vouchers.listed(item)[0].id) in draft
    assert CODE not in draft
