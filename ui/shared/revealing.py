"""Leading to a line of a conversation: a message, a hand-off, a gift, a promise, a reply that is not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from ui.look import fonts

if TYPE_CHECKING:
    from ui.shared.story import Story

MESSAGES = ("said", "offline", "unreadable")
"""The kinds of lines whose ids are of messages."""
_ABOVE = 8  # pixels that stay free above the line


def reveal(story: Story, kinds: tuple[str, ...], number: int) -> bool:
    """Scroll to a line by its kind and id, and put the focus and the text cursor there; False if it is not shown."""
    mark = next((one for one in story.margin.marks if one.line.kind in kinds and one.line.id == number), None)
    if mark is None:
        return False
    document = story.document()
    block = document.findBlock(mark.position)
    top = document.documentLayout().blockBoundingRect(block).top()
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    story.setTextCursor(cursor)  # its head is selected: the eye finds it, and a screen reader reads it
    story.setFocus()
    story.verticalScrollBar().setValue(int(top) - fonts.px(_ABOVE))
    return True
