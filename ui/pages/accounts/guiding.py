"""Opens the page on connecting beside the form; it is loaded when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.channels.base import Channel
    from ui.pages.accounts.guide import GuideDialog


class Guiding:
    """One window for one form, whatever channel is asked about."""

    def __init__(self, parent: QWidget, chosen: Callable[[], Channel | None]) -> None:
        """`chosen` returns the channel that the form is about by now; None before one was chosen."""
        self._parent, self._chosen = parent, chosen
        self.dialog: GuideDialog | None = None

    def show(self) -> None:
        """Show how to connect the chosen channel."""
        from ui.pages.accounts.guide import GuideDialog  # noqa: PLC0415  rarely needed

        self.dialog = self.dialog or GuideDialog(self._parent)
        self.dialog.show_channel(self._chosen())
