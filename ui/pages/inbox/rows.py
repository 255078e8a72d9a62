"""The rows of the inbox list: which one is current, and which are marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from ui.look.text import tr
from ui.shared.markable import MarkableRows

if TYPE_CHECKING:
    from ui.pages.inbox.conversation_delegate import ConversationDelegate
    from ui.pages.inbox.conversation_model import ConversationModel


class Rows(MarkableRows):
    """The list's rows; several can be marked."""

    def __init__(self, model: ConversationModel, delegate: ConversationDelegate) -> None:
        """Take the row height from the delegate."""
        super().__init__(tr("Conversations"), model, model, delegate)
        self._conversations = model

    def current_id(self) -> int | None:
        """The id of the conversation in the current row; None if there is none."""
        return self._conversations.id_at(self.currentIndex().row())

    def select_id(self, number: int, *, keep: bool = False) -> bool:
        """Make a conversation current; False if it is not among the fetched rows."""
        place = self._conversations.place_of(number)
        if place is None:
            return False
        self.select(place, keep=keep)
        return True

    def select_none(self) -> None:
        """Make no row current, silently."""
        was = self.currentIndex().isValid() or self.selectionModel().hasSelection()
        with self.silent():
            # even if no row is current: otherwise Qt selects the first row on focus in (observed)
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        if was:
            self.viewport().update()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Emit no signal of another current row or selection meanwhile."""
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        try:
            yield
        finally:
            selection.blockSignals(blocked)
