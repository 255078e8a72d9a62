"""The inbox as its parts see it: what they may ask of the page that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.conversations import ConversationList
    from ui.pages.inbox.talk import Talk
    from ui.widgets.strip import Strip


class Pane(Protocol):
    """The list, the open conversation with its composer, and the frame around them."""

    frame: Frame
    bench: Workbench
    list: ConversationList
    talk: Talk

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in the composer's place, with the keys in its first field."""
        ...

    def answer(self, message: int) -> None:
        """Reply to the author of that message of the open conversation."""
        ...

    def window(self) -> QWidget:
        """The whole window, as the parent of dialogs."""
        ...
