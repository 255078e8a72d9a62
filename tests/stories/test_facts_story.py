"""A changed fact reaches whoever was told the old one; what may not be told yet is held, and told on its day."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from app.base import clock
from app.base.paths import Profile
from tests.stories.hand import Hand
from tests.ui.opening import opened
from tests.ui.settling import until
from tests.ui.talking import inbox, open_talk
from ui.pages.facts.strips import FactStrip
from ui.pages.inbox.page import InboxPage
from ui.shell.window import Window

TALK, OTHER = "Tasting twelve lemonades, blind", "Το κουτί έφτασε σπασμένο"
DAY = 86_400


@pytest.fixture
def window(demo_profile: Profile) -> Iterator[Window]:
    with opened(demo_profile) as made:
        yield made


def _sent(window: Window, page: InboxPage) -> None:
    """Send and keep open, and let it go at once."""
    number = page.here().row.id
    Hand(window).keys("Ctrl+Shift+Enter")
    made = window.bench.outbox.entries(conversation_id=number)[-1]
    window.bench.outbox.send_now(made.id)
    until(lambda: window.bench.outbox.get(made.id).state == "sent")


def _begin(window: Window, page: InboxPage, title: str) -> None:
    open_talk(page, title)
    page.list.focus_rows()
    Hand(window).keys("R")
    page.composer.manners.dismiss()


def _insert(window: Window, page: InboxPage, begins: str) -> None:
    """Put a fact in by Alt+F and the menu."""
    Hand(window).keys("Alt+F")
    menu = page.composer.field.findChildren(QMenu)[-1]
    action: QAction = next(one for one in menu.actions() if one.text().startswith(begins))
    action.trigger()
    menu.close()
    QApplication.processEvents()


@pytest.mark.slow
def test_a_changed_fact_reaches_whoever_was_told_the_old_one(window: Window) -> None:
    bench = window.bench
    bench.facts.add("Price of a jar", {"": "7 €"}, "jar")
    page = inbox(window)
    _begin(window, page, TALK)
    Hand(window).types("A jar costs ")
    _insert(window, page, "Price of a jar")
    assert page.composer.field.toPlainText() == "A jar costs 7 €"
    talk, member = page.here().row.id, page.here().row.member
    _sent(window, page)

    window.run("facts")
    facts: Any = window.page("facts")
    facts.open(bench.facts.get("jar").id)
    Hand(window).keys("Ctrl+E")
    strip = facts.strip
    assert isinstance(strip, FactStrip)
    strip.values[""].setText("8 €")
    strip.act()
    assert bench.facts.get("jar").owed == 1
    groups = {group.key: group for group in bench.today.day(25, clock.now()).groups}
    assert member in [row.who for row in groups["put_right"].rows]

    facts.fact_rows.setFocus()
    Hand(window).keys("R")
    assert page.here().row.id == talk
    assert "8 €" in page.composer.field.toPlainText()
    _sent(window, page)
    assert bench.facts.get("jar").owed == 0


@pytest.mark.slow
def test_what_may_not_be_told_is_stopped_held_and_told_on_its_day(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = [0]
    monkeypatch.setattr(clock, "now", lambda: int(time.time()) + passed[0])
    bench, page = window.bench, inbox(window)
    day = clock.local(clock.now() + 5 * DAY).date().isoformat()
    bench.embargoes.add(
        "A shop in Brno", ["shop* in brno"], day, {"": "We can't say anything about that yet."},
        {"": "We open a shop in Brno in spring."},
    )  # fmt: skip
    _begin(window, page, TALK)
    Hand(window).types("Hello! We will open a shop in Brno. See you!")
    page.composer.words.check()
    before = len(bench.outbox.entries())
    Hand(window).keys("Ctrl+Shift+Enter")
    assert len(bench.outbox.entries()) == before, "it is stopped"
    Hand(window).keys("Alt+Enter")
    assert page.composer.field.toPlainText() == "Hello! We can't say anything about that yet. See you!"
    talk, member = page.here().row.id, page.here().row.member
    _sent(window, page)
    assert [one.who for one in bench.embargoes.waiting(bench.embargoes.named("brno"))] == [member]
    assert "news" not in {group.key for group in bench.today.day(25, clock.now()).groups}

    passed[0] = 6 * DAY
    groups = {group.key: group for group in bench.today.day(25, clock.now()).groups}
    row = next(row for row in groups["news"].rows if row.what == "A shop in Brno")
    assert row.who == member
    window.go("today")
    today: Any = window.page("today")
    today.body.deeds.open_group_row(row)
    assert page.here().row.id == talk
    assert "We open a shop in Brno in spring." in page.composer.field.toPlainText()
    _sent(window, page)
    assert bench.embargoes.waiting(bench.embargoes.named("brno")) == []
