"""Forms about a give-away in a real window: collecting, the promise, calling off, telling, passing a prize on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.giveaways import NewEntry, Plan
from app.giveaways.notices import OTHERS, WINNERS
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.frame import files
from ui.pages.delight import collecting, giveaways
from ui.pages.delight.collecting import CollectStrip
from ui.pages.delight.giveaway_forms import CallOffStrip, PassOnStrip, SeedStrip
from ui.pages.delight.giveaways import GiveawayStrip
from ui.pages.delight.page import DelightPage
from ui.pages.delight.telling import TellStrip
from ui.shell.window import Window


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Path]:
    """A table that the dialog for files answers with."""
    path = tmp_path / "in.csv"
    app = QApplication.instance()
    assert app is not None
    app.setProperty(files.READY, str(path))
    yield path
    app.setProperty(files.READY, None)


def contest(window: Window, page: DelightPage, people: str = "abc", *, drawn: bool = False) -> int:
    """A give-away that is open, or drawn, shown in its strip."""
    desk = window.bench.giveaways
    number = desk.add(Plan("Mugs", 1, "Mug", seed_promise="Lottery"))
    desk.enter_rows(number, [NewEntry(f"Person {who}", f"{who}@x.example", "E-mail") for who in people])
    if drawn:
        desk.close(number)
        desk.draw(number, "4 8 15")
    page._give_away(number)
    return number


def form(page: DelightPage, kind: type[Any]) -> Any:
    assert isinstance(page.strip, kind), page.strip
    return page.strip


def test_comments_under_a_post_are_shown_before_they_are_entered(demo: Window, page: DelightPage) -> None:
    number = contest(demo, page, "")
    demo.run("giveaway_collect")
    strip = form(page, CollectStrip)
    assert strip.source.key() == "post"
    places = range(strip.post.count())
    shown = {}
    for place in places:
        strip.post.setCurrentIndex(place)
        strip._look()
        shown[place] = strip.preview.text()
    place = next(place for place in places if "entr" in shown[place])
    strip.post.setCurrentIndex(place)
    strip._look()
    first = int(strip.preview.text().split(" ", 1)[0])
    assert demo.bench.giveaways.size(number) == 0
    Hand(demo).keys("Ctrl+Enter")
    assert form(page, GiveawayStrip).facts.text().startswith("Open · 1 prize")
    assert demo.bench.giveaways.size(number) == first
    demo.run("giveaway_collect")
    strip = form(page, CollectStrip)
    strip.post.setCurrentIndex(place)
    strip._look()
    assert strip.preview.text() == "Nobody new is found there."


def test_what_cannot_be_collected_is_said_and_nothing_lost(demo: Window, page: DelightPage, table: Path) -> None:
    contest(demo, page, "")
    demo.run("giveaway_collect")
    strip = form(page, CollectStrip)
    strip.source.set_key("conversation")
    strip._show()
    strip.act()
    assert strip.wrong.text() == "Choose first where they come from."
    strip.conversation.setText("C-ZZZZ")
    strip._look()
    assert strip.preview.text()
    strip.act()
    assert not strip.wrong.isHidden()
    table.write_text("colour,size\nred,L\n", "utf-8")
    strip.source.set_key("file")
    strip._show()
    strip.choose.click()
    assert "names nobody" in strip.preview.text()
    table.write_text("name,email\nAna,ana@x.example\n,\n", "utf-8")
    strip.choose.click()
    assert strip.preview.text().startswith("1 entry: ")
    strip.close_strip()
    assert isinstance(page.strip, GiveawayStrip)


def test_very_many_are_entered_and_closed_away_from_the_windows_thread(
    demo: Window, page: DelightPage, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "_FEW", 5)
    monkeypatch.setattr(giveaways, "_FEW", 5)
    number = contest(demo, page, "")
    table.write_text("name,email\n" + "".join(f"P{at},p{at}@x.example\n" for at in range(20)), "utf-8")
    demo.run("giveaway_collect")
    strip = form(page, CollectStrip)
    strip.source.set_key("file")
    strip._show()
    strip.choose.click()
    strip.act()
    assert not strip.go.isEnabled()
    settle(lambda: isinstance(page.strip, GiveawayStrip), 20)
    shown = form(page, GiveawayStrip)
    settle(lambda: shown.facts.text().startswith("Open · 1 prize · 20 taking part"), 20)
    shown.act()
    settle(lambda: demo.bench.giveaways.get(number).closed_at is not None and shown.go.title() == "Draw", 20)
    assert shown.aside.text().startswith("Closed. Publish its hash")


def test_promise_is_changed_before_it_is_closed(demo: Window, page: DelightPage) -> None:
    number = contest(demo, page)
    demo.run("giveaway_promise")
    strip = form(page, SeedStrip)
    assert strip.promise.text() == "Lottery"
    strip.fallback.setText("the week after")
    Hand(demo).keys("Ctrl+Enter")
    assert demo.bench.giveaways.get(number).seed_promise == "Lottery; if that never comes: the week after"
    assert "the week after" in form(page, GiveawayStrip).facts.text()
    demo.run("giveaway_promise")
    strip = form(page, SeedStrip)
    assert (strip.promise.text(), strip.fallback.text()) == ("Lottery", "the week after")
    strip.close_strip()
    form(page, GiveawayStrip).act()
    assert "giveaway_promise" not in page.handlers()


def test_one_is_called_off_and_goes_on_again(demo: Window, page: DelightPage) -> None:
    number = contest(demo, page)
    demo.run("giveaway_call_off")
    form(page, CallOffStrip).act()
    strip = form(page, GiveawayStrip)
    assert strip.facts.text().startswith("Called off · ")
    assert strip.buttons["collect"].isHidden()
    strip.act()
    telling = form(page, TellStrip)
    assert telling.whom.key() == "everybody"
    assert telling.facts.text() == "3 to be told · 0 drafts ready · 0 told"
    telling.close_strip()
    form(page, GiveawayStrip).buttons["reopen"].click()
    assert demo.bench.giveaways.get(number).called_off_at is None
    demo.bench.actions.undo()
    settle()
    assert form(page, GiveawayStrip).facts.text().startswith("Called off · ")


def test_others_are_told_by_drafts_that_are_looked_through(demo: Window, page: DelightPage) -> None:
    number = contest(demo, page, "abcd", drawn=True)
    before = demo.bench.unsent.count()
    form(page, GiveawayStrip).act()
    assert "1 gift for a winner, as an idea." in toast(demo).accessibleName()
    assert form(page, GiveawayStrip).go.title() == "Approve their gifts"
    form(page, GiveawayStrip).act()
    assert demo.bench.giveaways.ideas(number) == 0
    demo.run("giveaway_tell")
    strip = form(page, TellStrip)
    assert (strip.whom.key(), strip.go.title()) == (WINNERS, "Begin 1 draft")
    strip.whom.set_key(OTHERS)
    strip._picked(OTHERS)
    assert strip.facts.text() == "3 to be told · 0 drafts ready · 0 told"
    strip.act()
    assert strip.aside.text() == "3 drafts are ready. Nothing is sent yet."
    assert demo.bench.unsent.count() == before + 3
    demo.bench.actions.undo()
    settle()
    assert strip.facts.text() == "3 to be told · 0 drafts ready · 0 told"
    strip.act()
    strip.buttons["look"].click()
    assert demo.page("drafts") is not None
    assert demo.page("drafts").model.rowCount() == before + 3  # type: ignore[union-attr]
    demo.go("delight")
    form(page, TellStrip).buttons["post"].click()
    letter: Any = demo.page("letter")
    assert letter.field.toPlainText().startswith("Mugs has been drawn.")


def test_demo_says_who_was_not_told_and_why_none_can_be(demo: Window, page: DelightPage) -> None:
    demo.run("giveaways")
    demo.run("giveaway_tell")
    strip = form(page, TellStrip)
    assert strip.whom.key() == WINNERS
    strip.act()
    assert strip.wrong.text().startswith("Make the winners' gifts first")
    strip.whom.set_key(OTHERS)
    strip._picked(OTHERS)
    assert strip.facts.text().startswith("20 to be told")
    strip.act()
    told = demo.bench.notices.telling(demo.bench.giveaways.listed()[-1].id, OTHERS)
    lacking = told.count("to_tell")
    assert told.count("drafted") + lacking == 20
    assert lacking == 0 or "have no draft: the list says why" in strip.aside.text()


def test_prize_is_passed_on(demo: Window, page: DelightPage) -> None:
    number = contest(demo, page, "abc", drawn=True)
    form(page, GiveawayStrip).rows.choose(0)
    demo.run("giveaway_pass_on")
    strip = form(page, PassOnStrip)
    Hand(demo).types("No, thank you")
    Hand(demo).keys("Ctrl+Enter")
    shown = form(page, GiveawayStrip)
    first, second = demo.bench.giveaways.winners(number)
    assert (first.struck, first.note, second.place) == ("passed", "No, thank you", 2)
    spoken = [str(shown.model.data(shown.model.index(place, 0))) for place in range(2)]
    assert spoken[0].endswith("Place 1, Passed the prize on: No, thank you")
    assert spoken[1].endswith("Place 2")
    assert strip is not page.strip


def test_an_entrant_is_found_and_the_rules_decide_again(demo: Window, page: DelightPage) -> None:
    number = contest(demo, page, "abc")
    strip = form(page, GiveawayStrip)
    strip.sought.setText("person C")
    assert strip.model.rowCount() == 1
    strip.buttons["keep"].click()
    assert not strip.buttons["restore"].isHidden()
    assert [one.kept_by_hand for one in demo.bench.giveaways.entries(number)] == [False, False, True]
    strip.buttons["restore"].click()
    assert [one.kept_by_hand for one in demo.bench.giveaways.entries(number)] == [False, False, False]
    assert strip.buttons["restore"].isHidden()
