"""The inbox as its parts see it: what they may ask of the page that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.composer import Composer
    from ui.pages.inbox.conversations import ConversationList
    from ui.pages.inbox.marks import Marks
    from ui.pages.inbox.talk import Talk
    from ui.shared.act import Act
    from ui.widgets.strip import Strip


class Pane(Protocol):
    """The list, the open conversation with its composer, and the frame around them."""

    frame: Frame
    bench: Workbench
    list: ConversationList
    talk: Talk

    @property
    def marks(self) -> Marks:
        """Which conversations of the list are marked."""
        ...

    @property
    def composer(self) -> Composer:
        """Where the answer is written."""
        ...

    @property
    def opened(self) -> Opened | None:
        """The open conversation; None where none is."""
        ...

    def here(self) -> Opened:
        """The open conversation, for commands that are only offered where one is."""
        ...

    def open(self, target: object) -> None:
        """Show a conversation by its id, wherever in the lists it is."""
        ...

    def arrange(self) -> None:
        """Show what fits into this width: all panes, or the one that has the focus."""
        ...

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in the composer's place, with the keys in its first field."""
        ...

    def close_strip(self) -> None:
        """Take the strip away: the composer again."""
        ...

    def act(self, act: Act) -> None:
        """Do what was pressed under a message or chosen in its menu."""
        ...

    def window(self) -> QWidget:
        """The whole window, as the parent of dialogs."""
        ...
