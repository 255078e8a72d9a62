"""A stack of the demo, from the chip above the list through all who ask the same: each gets a reply of its own."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.stories.hand import Hand
from tests.ui.settling import until
from ui.shell.window import Window

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
        hand.rest(0.3)
    said = [bench.outbox.entries(conversation_id=number)[0].text for number in stack.conversations]
    assert said == [opening + REST for opening in OPENINGS]
    assert page.isVisible()  # no block was worked through: Today does not come up
    until(page.list.stack.isHidden)
