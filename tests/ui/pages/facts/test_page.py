"""The page of facts in a real window: kept and changed by keys, and what is offered to those who were told."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.inbox import drafts
from tests.stories.hand import Hand
from tests.ui.settling import key, until
from ui.pages.facts.page import FactsPage
from ui.pages.facts.strips import EmbargoStrip, FactStrip
from ui.shell.window import Window

CHORD = Qt.KeyboardModifier.ControlModifier
POSTAGE = "Postage beyond Reykjavík"


@pytest.fixture
def page(demo: Window) -> FactsPage:
    assert demo.run("facts")
    found = demo.page("facts")
    assert isinstance(found, FactsPage)
    return found


def spoken(page: FactsPage) -> list[str]:
    told = page.told_model
    return [told.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(len(told.rows))]


def test_what_changed_and_who_was_told_it_stand_below_each_other(page: FactsPage) -> None:
    assert [fact.name for fact in page.facts.rows] == [POSTAGE, "Sulphites in the ginger", "Warehouse on Saturdays"]
    said = page.facts.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"{POSTAGE}, 1 to put right, 1.190 kr."
    assert len(spoken(page)) == 1
    assert "Ásdís Eva Kristinsdóttir\u2069, to put right, " in spoken(page)[0]
    page.fact_rows.choose(2)
    assert "still true" in spoken(page)[0]
    assert {"put_right", "leave_told", "put_right_all"}.isdisjoint(page.handlers())


def test_a_fact_is_noted_and_changed_by_keys(page: FactsPage, demo: Window) -> None:
    hand = Hand(demo)
    key(demo, "N", CHORD)
    strip = page.strip
    assert isinstance(strip, FactStrip)
    hand.types("Price of a mug")
    strip.values[""].setText("12 €")
    strip.values["is"].setText("1.800 kr.")
    strip.act()
    fact = demo.bench.facts.get("price-of-a-mug")
    assert {value.language: value.words for value in fact.values} == {"": "12 €", "is": "1.800 kr."}
    page.open(fact.id)
    key(demo, "E", CHORD)
    changed = page.strip
    assert isinstance(changed, FactStrip)
    changed.values[""].setText("14 €")
    changed.values["is"].clear()
    changed.look.setText("2099-01-31")
    changed.act()
    fact = demo.bench.facts.get("price-of-a-mug")
    assert ([value.words for value in fact.values], fact.look_on) == (["14 €"], "2099-01-31")
    demo.run("undo")
    fact = demo.bench.facts.get("price-of-a-mug")
    assert ([value.words for value in fact.values], fact.look_on) == (["12 €", "1.800 kr."], "")


def test_what_is_wrong_is_said_in_the_form_which_stays(page: FactsPage, demo: Window) -> None:
    demo.run("new_fact")
    assert isinstance(page.strip, FactStrip)
    page.strip.name.setText(POSTAGE)
    page.strip.act()
    assert page.strip.wrong.text() == "What does it say? A fact needs a value."
    page.strip.key.setText("postage")
    page.strip.values[""].setText("5 €")
    page.strip.act()
    assert "already a fact with the shortcut “postage”" in page.strip.wrong.text()


def test_the_reply_that_puts_it_right_is_one_key_away(page: FactsPage, demo: Window) -> None:
    key(demo, "R")
    assert demo.page_id == "inbox"
    inbox: Any = demo.page("inbox")
    field = inbox.composer.field
    assert "„990 kr.“" in field.toPlainText()
    assert "„1.190 kr.“" in field.toPlainText()
    assert field.hasFocus()
    told = page.told_model.rows[0]
    assert drafts.get(demo.bench.store.read, told.conversation_id) is not None


def test_it_is_left_as_it_is_and_undo_brings_it_back(page: FactsPage, demo: Window) -> None:
    demo.run("leave_told")
    until(lambda: "left as it is" in spoken(page)[0])
    demo.run("undo")
    until(lambda: "to put right" in spoken(page)[0])


def test_a_fact_that_still_holds_is_looked_at_again_in_three_months(page: FactsPage, demo: Window) -> None:
    page.fact_rows.choose(1)
    due = page.facts.rows[1]
    assert demo.run("still_true")
    assert demo.bench.facts.get(due.id).look_on > due.look_on


def test_an_embargo_is_set_and_changed_and_offers_no_news_before_its_day(page: FactsPage, demo: Window) -> None:
    assert demo.run("embargoes")
    assert [one.subject for one in page.embargoes.rows] == ["Large returnable bottles"]
    assert "waits for the news" in spoken(page)[0]
    assert "put_right" not in page.handlers()
    key(demo, "N", CHORD)
    strip = page.strip
    assert isinstance(strip, EmbargoStrip)
    strip.subject.setText("A shop in Akureyri")
    strip.words.setText("Akureyr*, shop up north")
    strip.until.setText("2020-01-01")
    strip.holding[""].setText("We can't say yet.")
    strip.act()
    assert strip.wrong.text() == "An embargo ends on a day to come; 1 January 2020 is not."
    strip.until.setText("2099-01-01")
    strip.act()
    made = demo.bench.embargoes.named("akureyri")
    assert (made.words, made.day) == (("Akureyr*", "shop up north"), "2099-01-01")
    page.open("embargoes")
    demo.run("drop_fact")
    assert len(demo.bench.embargoes.listed()) == 1
    demo.run("undo")
    assert len(demo.bench.embargoes.listed()) == 2


def test_enter_below_opens_the_conversation(page: FactsPage, demo: Window) -> None:
    page.told.setFocus()
    Hand(demo).keys("Enter")
    assert demo.page_id == "inbox"
