"""The window as its own strips and keys see it: a page's frame, and what only they ask."""

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
