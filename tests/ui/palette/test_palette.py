"""The palette over the demo: what it offers is done."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.text import fold
from tests.stories.hand import Hand
from tests.ui.parts import palette
from tests.ui.talking import inbox
from ui.pages.inbox.conversation_model import FoundRole
from ui.palette.found import Found
from ui.shell.window import Window


def _ask(demo: Window, question: str, *, only_commands: bool = False) -> list[Found]:
    """Type a question; the rows that answer."""
    hand = Hand(demo)
    hand.keys("Ctrl+K")
    if only_commands:
        hand.keys("Ctrl+K")
    hand.types(question)
    return [row for row in palette(demo)._rows.rows if isinstance(row, Found)]


def _take_last(demo: Window, rows: list[Found]) -> None:
    hand = Hand(demo)
    for _ in rows[1:]:
        hand.keys("Down")
    hand.keys("Enter")


@pytest.mark.slow
def test_a_step_is_announced(demo: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("ui.palette.palette.speak", lambda _widget, words: said.append(words))
    rows = _ask(demo, "settings")
    Hand(demo).keys("Down")
    (words,) = said
    assert words.startswith(rows[1].title)


@pytest.mark.slow
@pytest.mark.parametrize("page_id", ["inbox", "members", "settings"])
def test_search_all_text_shows_the_hits_with_the_words_in_the_field(demo: Window, page_id: str) -> None:
    demo.go(page_id)
    rows = _ask(demo, "λεμοναδα")
    assert "Search all text for" in rows[-1].title
    _take_last(demo, rows)
    page: Any = demo.page("inbox")
    Hand.until(lambda: page.list.model.rowCount() and page.talk.opened is not None)
    assert demo.page_id == "inbox"
    assert page.list.search.words() == "λεμοναδα"
    model = page.list.model
    shown = [model.data(model.index(place, 0), FoundRole) for place in range(model.rowCount())]
    assert any("λεμοναδα" in fold(words) for words in shown)
    assert page.talk.opened.row.id == model.id_at(0)


@pytest.mark.slow
def test_search_all_text_searches_beyond_the_filter_that_is_on(demo: Window) -> None:
    page, words = inbox(demo), "λεμοναδα"
    page.list.search_for(words)
    every = page.list.model.rowCount()
    page.list.search.field.clear()
    Hand.rest()
    page.list.filter.show_state("snoozed")
    _take_last(demo, _ask(demo, words))
    Hand.until(lambda: page.list.model.rowCount() == every > 1)
    assert page.list.filter.note.isHidden()
    _take_last(demo, _ask(demo, words))  # the same words once more
    Hand.until(lambda: page.list.model.rowCount() == every)
    assert page.list.search.words() == words


def test_words_that_nobody_said_are_searched_for_too(demo: Window) -> None:
    rows = _ask(demo, "xyzzyq")
    assert len(rows) == 1
    Hand(demo).keys("Enter")
    page: Any = demo.page("inbox")
    Hand.until(lambda: page.list.model.rowCount() == 0)
    assert page.list.search.words() == "xyzzyq"


def test_among_commands_alone_a_word_of_a_message_is_still_found(demo: Window) -> None:
    inbox(demo)
    _take_last(demo, _ask(demo, "λεμοναδα", only_commands=True))
    page: Any = demo.page("inbox")
    Hand.until(lambda: page.list.model.rowCount() > 1)
    assert page.list.search.words() == "λεμοναδα"


@pytest.mark.slow
def test_the_first_answer_is_still_the_first(demo: Window) -> None:
    demo.go("members")
    rows = _ask(demo, "settings")
    assert rows[0].command == "settings" or rows[0].page == "settings"
    Hand(demo).keys("Enter")
    assert demo.page_id == "settings"


@pytest.mark.slow
@pytest.mark.parametrize("question", ["log a gift for ελένη", "gift for eleni", "gift Eleni Papadopoulou"])
def test_a_gift_is_logged_for_whom_one_names(demo: Window, question: str) -> None:
    inbox(demo)
    rows = _ask(demo, question)
    assert rows[0].group == "Do"
    assert "Ελένη Παπαδοπούλου" in rows[0].title
    Hand(demo).keys("Enter")
    assert demo.page_id == "delight"
    page: Any = demo.page("delight")
    assert demo.bench.members.get(page.strip.whom.member).name == "Ελένη Παπαδοπούλου"


@pytest.mark.slow
def test_a_command_is_found_by_what_it_does(demo: Window) -> None:
    inbox(demo)
    assert _ask(demo, "log a gift for")[0].command == "gift"


def test_a_conversation_of_that_title_comes_before_whom_a_note_names(demo: Window) -> None:
    rows = _ask(demo, "street party")
    assert rows[0].title == "Street party verdict"
    assert any(row.avatar for row in rows[1:])
