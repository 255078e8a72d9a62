"""A stack of the demo, from the chip above the list through all who ask the same: each gets a reply of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.base import clock
from tests.app.saying import said
from tests.stories.hand import Hand
from tests.ui.settling import until
from ui.shell.window import Window
from ui.widgets.lettermenu import LetterMenu

OPENINGS = ("Good eye!", "What a lovely idea.", "You’re not the only one who asks.", "Size L, noted.")
REST = " The drawing that wins goes on fifty T-shirts, and we say here when they can be had."


def _is_open(page: Any, number: int) -> bool:
    return page.opened is not None and page.opened.row.id == number


@pytest.mark.slow
def test_those_who_ask_the_same_are_answered_one_after_the_other(demo: Window) -> None:
    demo.go("inbox")
    page: Any = demo.page("inbox")
    hand, bench = Hand(demo), demo.bench
    until(page.list.stack.isVisible)
    assert page.list.stack.title() == "4 ask much the same"
    (stack,) = bench.stacks.open()
    QTest.mouseClick(page.list.stack, Qt.MouseButton.LeftButton)
    said: list[str] = []
    for at, number in enumerate(stack.conversations):
        until(partial(_is_open, page, number))
        page.composer.write()
        if at == 1:
            hand.types(OPENINGS[0] + REST)
            hand.keys("Ctrl+Enter")
            hand.rest(0.3)
            assert page.opened.row.id == number  # the same words as before: it stays
            assert bench.outbox.entries(conversation_id=number) == []
            assert page.composer.words.text() == OPENINGS[0] + REST  # and nothing is lost
            page.composer.field.selectAll()
        hand.types(OPENINGS[at] + REST)
        hand.keys("Ctrl+Enter")
        until(partial(bench.outbox.entries, conversation_id=number))
        said += [entry.text for entry in bench.outbox.entries(conversation_id=number)]  # while it waits
    assert said == [opening + REST for opening in OPENINGS]
    assert page.isVisible()  # no block was worked through: Today does not come up
    until(page.list.stack.isHidden)


OTHERS = ("Is there a vegan version of the soup kit?", "Is a vegan version of the soup kit there?",
          "Is there any vegan version of your soup kit?")  # fmt: skip


@pytest.mark.slow
def test_of_several_stacks_one_is_chosen_by_its_number(demo: Window) -> None:
    number = demo.bench.accounts.all()[0].id
    now = clock.now()
    demo.bench.intake.take(
        number,
        [said(f"soup{at}", now - 60 + at, words, f"soup{at}", thread=f"soup{at}") for at, words in enumerate(OTHERS)],
    )
    demo.go("inbox")
    page: Any = demo.page("inbox")
    hand, chip = Hand(demo), page.list.stack
    until(lambda: chip.title() == "2 questions several people ask")
    stacks = demo.bench.stacks.open()
    assert [len(stack.conversations) for stack in stacks] == [4, 3]
    hand.keys("Shift+T")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, LetterMenu)
    assert [(row.letter, row._note) for row in menu._rows] == [("1", "4"), ("2", "3")]
    QTest.keyClick(menu, Qt.Key.Key_2)
    until(partial(_is_open, page, stacks[1].conversations[0]))
    assert [step.id for step in demo.bench.today.run.left] == list(stacks[1].conversations)
