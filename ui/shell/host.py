"""The interface of the window that its own parts depend on."""

from __future__ import annotations

from typing import Protocol

from ui.frame.page import Frame, Page


class Host(Frame, Protocol):
    """A page's `Frame` and more. `passed` has the ids of actions that Undo (Z) has declined and skips."""

    passed: set[int]
    page_id: str

    def page(self, page_id: str) -> Page | None:
        """The page, if it has been built."""
        ...

    def possible(self, command_id: str) -> bool:
        """Whether a handler for the command is available now."""
        ...

    def undo_toast(self) -> bool:
        """Undo the action of the toast; False if it has none that a key may undo."""
        ...
