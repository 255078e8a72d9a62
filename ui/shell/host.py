"""The window as its own parts see it: a page's frame, and what only they ask."""

from __future__ import annotations

from typing import Protocol

from ui.frame.page import Frame, Page


class Host(Frame, Protocol):
    """`passed` are the actions of which Z has said that it does not take them back."""

    passed: set[int]
    page_id: str

    def page(self, page_id: str) -> Page | None:
        """The page if it has been built."""
        ...

    def possible(self, command_id: str) -> bool:
        """Whether somebody can do the command now."""
        ...

    def undo_toast(self) -> bool:
        """Take back what the toast speaks of; False where it speaks of nothing that a key takes back."""
        ...
