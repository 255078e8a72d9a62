"""The manners of a place: once at the first reply there, at hand afterwards, and who is to speak."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.settling import settle
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

PARTY, OTHER, LETTER = "Street party verdict", "Je v zázvorové med?", "Mikor lesz újra raktáron az üveges?"


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def _strip(page: Any) -> Any:
    return page.composer.manners.strip


def _account(page: Any) -> int:
    return int(page.talk.opened.account_id)


def _ready(page: Any) -> None:
    """The channel has been asked."""
    Hand.until(lambda: page.composer.manners._account == _account(page))


def test_at_the_first_reply_they_are_said_and_esc_dismisses_them_for_good(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, PARTY)
    _ready(page)
    assert _strip(page).isHidden(), "nobody is replying yet"
    hand.keys("R")
    said = _strip(page).accessibleName()
    assert not _strip(page).isHidden()
    assert said.startswith("Before you reply: ")
    assert "Your note: Everybody is on first-name terms here." in said
    assert "advertising isn't welcome" in said
    hand.keys("Escape")
    assert _strip(page).isHidden()
    assert page.composer.field.hasFocus(), "Esc took the strip alone"
    assert not page.bench.accounts.notes.is_due(_account(page))
    hand.keys("Escape")
    open_talk(page, OTHER)
    _ready(page)
    hand.keys("R")
    assert _strip(page).isHidden(), "once for each account"


def test_who_goes_on_writing_has_been_told_and_keeps_it_in_sight(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, PARTY)
    _ready(page)
    hand.keys("R")
    page.composer.field.insertPlainText("So glad!")
    assert not page.bench.accounts.notes.is_due(_account(page))
    assert not _strip(page).isHidden()
    hand.keys("Ctrl+Enter")
    Hand.until(lambda: _strip(page).isHidden())


def test_who_looks_elsewhere_without_writing_is_told_at_the_next_reply(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, PARTY)
    _ready(page)
    hand.keys("R")
    assert not _strip(page).isHidden()
    page.list.focus_rows()
    open_talk(page, OTHER)
    assert _strip(page).isHidden()
    assert page.bench.accounts.notes.is_due(_account(page))
    hand.keys("R")
    assert not _strip(page).isHidden()


def test_a_key_shows_all_of_them_whenever_they_are_wanted(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, PARTY)
    _ready(page)
    page.bench.accounts.notes.mark_shown(_account(page))
    hand.keys("Ctrl+Shift+M")
    said = _strip(page).accessibleName()
    assert said.startswith("Manners: ")
    for title in ("Your note", "What's customary", "Who sees it", "Length", "Afterwards", "How much at once"):
        assert f"{title}: " in said
    hand.keys("Escape")
    assert _strip(page).isHidden()
    hand.keys("Ctrl+Shift+M", "Ctrl+Shift+M")
    assert _strip(page).isHidden()


def test_who_speaks_is_asked_once_and_stands_above_the_draft(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, LETTER)
    _ready(page)
    question = page.composer.manners.question
    assert question.isHidden()
    hand.keys("R")
    assert not question.isHidden()
    assert "Who speaks on" in question.words.text()
    titles = [button.title() for button in question.buttons.values()]
    assert titles[0].endswith("hello@sitrona.example")
    question.buttons["speaks 1"].click()
    assert page.bench.accounts.notes.who_speaks(_account(page)) == "marta@sitrona.example"
    assert question.isHidden()
    Hand.until(lambda: "marta@sitrona.example" in page.composer.head.where.accessibleName())
    assert "from now on" in toast(demo).accessibleName()
    assert page.bench.outbox.way(page.talk.opened.row.id).sender == "marta@sitrona.example"
    hand.keys("Escape", "Escape", "Z")
    assert page.bench.accounts.notes.who_speaks(_account(page)) == ""


@pytest.mark.parametrize("title", [PARTY, OTHER, "Lemons for a school picnic"])
def test_at_the_first_reply_six_lines_of_the_question_stay_in_sight(demo: Window, page: Any, title: str) -> None:
    demo.resize(1280, 800)
    open_talk(page, title)
    _ready(page)
    Hand(demo).keys("R")
    page.composer.manners.offer()
    settle()
    assert not _strip(page).isHidden()
    assert _strip(page).height() < 2 * page.composer.field.line_height()
    assert page.talk.story.viewport().height() >= 6 * page.composer.field.line_height()


def test_one_line_unfolds_to_all_of_it(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    open_talk(page, PARTY)
    _ready(page)
    hand.keys("R")
    folded = _strip(page)
    settle()
    assert "Everybody is on first-name terms here." in folded.line.text()
    assert not folded.takes_room()
    folded.more.click()
    settle()
    assert folded.takes_room()
    assert folded.more.isHidden()
    assert "Length: " in folded.accessibleName()
    hand.keys("Ctrl+Shift+M")
    assert folded.isHidden()
