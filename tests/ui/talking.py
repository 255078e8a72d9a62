"""What the tests of the inbox page share: the page of the demo, and a conversation by its title."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from tests.stories.hand import Hand
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
