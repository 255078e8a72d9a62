"""Drafts in the window: seen in the row and in a list, kept when their conversation is closed, never overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.base.paths import Profile
from app.inbox.beside import BOTH, TAKE
from app.workbench import Workbench
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox
from ui.pages.inbox.conversation_model import spoken
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    """The inbox, with a conversation open that asks for nothing when it is closed."""
    found = inbox(demo)
    place = next(at for at in range(found.list.model.rowCount())
                 if not ((row := found.list.model.row_at(at)).unhappy or row.hard))  # fmt: skip
    found.open(found.list.model.id_at(place))
    found.list.focus_rows()
    return found


def _elsewhere(window: Window, profile: Profile, number: int, words: str) -> None:
    """Write a draft with another program, and let the window hear of it."""
    other = Workbench(profile)
    other.inbox.keep_draft(number, words, seen="")
    other.close()
    window.bench.store.poll_other_processes()


@pytest.mark.slow
def test_a_draft_is_in_its_row_and_kept_when_the_conversation_is_closed(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), page.talk.opened.row.id
    hand.keys("R")
    hand.types("Αγαπητή")
    hand.until(lambda: demo.bench.inbox.open(number).draft == "Αγαπητή")
    hand.until(lambda: page.list.model.row_at(page.list.model.place_of(number)).draft == "Αγαπητή")
    assert "draft: Αγαπητή" in spoken(page.list.model.row_at(page.list.model.place_of(number)), 0)
    hand.keys("Escape", "Escape")
    hand.until(page.list.rows.hasFocus)
    name = page.talk.opened.row.member
    hand.keys("E")
    assert toast(demo).accessibleName() == f"Done: {name}. Your draft is kept."
    assert demo.bench.inbox.row(number).state == "done"
    hand.keys("Shift+D")
    assert demo.page_id == "drafts"
    drafts: Any = demo.page("drafts")
    assert drafts.model.row_at(0).draft.text == "Αγαπητή"
    before = [row.draft.text for row in drafts.model.rows]
    hand.keys("J", "Delete")
    assert toast(demo).accessibleName().startswith("Draft to ")
    hand.until(lambda: [row.draft.text for row in drafts.model.rows] == ["Αγαπητή", *before[2:]])
    hand.keys("Z")
    hand.until(lambda: len(drafts.model.rows) == len(before))
    drafts.rows.choose(0)
    hand.keys("Enter")
    hand.until(lambda: demo.page_id == "inbox" and page.talk.opened.row.id == number)
    hand.until(lambda: demo.focusWidget() is page.composer.field)
    assert page.composer.field.toPlainText() == "Αγαπητή"


@pytest.mark.slow
@pytest.mark.parametrize(("how", "whole"), [(TAKE, "Of the shell"), (BOTH, "Of the window\n\nOf the shell")])
def test_another_programs_draft_is_shown_and_the_person_chooses(demo: Window, page: Any, how: str, whole: str) -> None:
    hand, number = Hand(demo), page.talk.opened.row.id
    hand.keys("R")
    hand.types("Of the window")
    page.keep()
    _elsewhere(demo, demo.bench.profile, number, "Of the shell")
    hand.until(lambda: "“\u2068Of the shell\u2069”" in page.composer.second.words.text())
    assert page.composer.field.toPlainText() == "Of the window"  # none is put under the hand that writes
    assert demo.bench.inbox.open(number).draft == "Of the window"
    hand.rest()
    QTest.mouseClick(page.composer.second.buttons[how], Qt.MouseButton.LeftButton)
    assert page.composer.field.hasFocus()  # as a click on a button leaves it
    hand.until(lambda: page.composer.field.toPlainText() == whole)
    assert demo.bench.inbox.open(number).draft == whole
    assert not page.composer.second.isVisible()
    hand.until(lambda: toast(demo).isVisible())
    demo.bench.actions.undo()  # as the toast's Undo does
    hand.until(lambda: page.composer.field.toPlainText() == "Of the window")
    assert demo.bench.inbox.open(number).draft == "Of the window"
    assert [draft.text for draft in demo.bench.inbox.drafts.beside(number)] == ["Of the shell"]


def test_words_that_come_while_one_types_are_kept_beside_when_the_reply_is_sent(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), page.talk.opened.row.id
    hand.keys("R")
    hand.types("Of the window")
    page.keep()
    other = Workbench(demo.bench.profile)  # of which the window has not heard
    other.inbox.keep_draft(number, "Of the shell", seen="")
    other.close()
    hand.types(".")
    page.composer.send(then_done=False)
    assert [draft.text for draft in demo.bench.inbox.drafts.beside(number)] == ["Of the shell", "Of the window"]


def test_the_question_calls_neither_draft_the_persons_own(demo: Window, page: Any) -> None:
    hand, number = Hand(demo), page.talk.opened.row.id
    hand.keys("R")
    hand.types("Of the window")
    hand.keys("Escape")
    page.list.focus_rows()
    page.keep()
    _elsewhere(demo, demo.bench.profile, number, "Of the shell")  # nobody writes: the field shows this one
    hand.until(lambda: page.composer.field.toPlainText() == "Of the shell")
    said = " ".join([page.composer.second.words.text(), *(b.title() for b in page.composer.second.buttons.values())])
    assert "Of the window" in said
    assert not {"mine", "yours", "elsewhere"} & set(said.lower().replace(".", " ").split())
