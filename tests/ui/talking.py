"""What the tests of the inbox page share: the page of the demo, a conversation by its title, its anchors."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from tests.stories.hand import Hand
from ui.shared.story import Story
from ui.shell.window import Window


def inbox(window: Window) -> Any:
    """The inbox page, in front, with a conversation open."""
    window.go("inbox")
    window.activateWindow()
    found: Any = window.page("inbox")
    Hand.until(lambda: found.talk.opened is not None)
    return found


def open_talk(page: Any, title: str) -> int:
    """Open the conversation of that title; its number."""
    number = page.bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()[0]
    page.open(number)
    QApplication.processEvents()
    page.list.focus_rows()
    return int(number)


def anchors(story: Story) -> dict[str, str]:
    """What can be pressed in the story: words to address."""
    found: dict[str, str] = {}
    block = story.document().begin()
    while block.isValid():
        for part in block.textFormats():
            if part.format.isAnchor():
                found[block.text()[part.start : part.start + part.length]] = part.format.anchorHref()
        block = block.next()
    return found


def press_anchor(page: Any, words: str) -> None:
    """Press the words in the story that do something."""
    story: Story = page.talk.story
    story.anchorClicked.emit(QUrl(anchors(story)[words]))
