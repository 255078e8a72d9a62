"""The margin of a conversation: at any height its lines end at the same place, and it comes to rest."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.stories.hand import Hand
from tests.ui.talking import inbox
from ui.shell.window import Window


def test_a_conversation_that_just_fits_or_just_does_not_comes_to_rest(demo: Window, qt: QApplication) -> None:
    story = inbox(demo).talk.story
    story.setParent(None)
    story.show()
    widths = set()
    whole = int(story.document().size().height())
    for high in (*range(whole - 60, whole + 60), *range(whole + 60, whole - 60, -1)):
        story.resize(520, high)
        for _ in range(4):
            qt.processEvents()
        widths.add(story.document().textWidth())
    Hand.rest(0.1)
    assert len(widths) == 1
