"""The interface of the inbox page that its parts depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.inbox import Opened
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.composer import Composer
    from ui.pages.inbox.conversations import ConversationList
    from ui.pages.inbox.talk import Talk
    from ui.shared.act import Act
    from ui.shared.row_marks import Marks
    from ui.widgets.strip import Strip


class Handled(Protocol):
    """Notes which conversations were dealt with."""

    def handled(self, hard: Iterable[bool]) -> None:
        """Note of each, in their order, whether it was hard or unhappy."""
        ...


class Pane(Protocol):
    """The list, the open conversation with its composer, and the frame around them."""

    frame: Frame
    bench: Workbench
    list: ConversationList
    talk: Talk

    @property
    def kindness(self) -> Handled:
        """What notes of each conversation that is dealt with."""
        ...

    @property
    def marks(self) -> Marks:
        """The marked conversations of the list."""
        ...

    @property
    def composer(self) -> Composer:
        """The composer of the open conversation."""
        ...

    @property
    def opened(self) -> Opened | None:
        """The open conversation, or None."""
        ...

    def here(self) -> Opened:
        """The open conversation, for commands that are only available with one open."""
        ...

    def open(self, target: object) -> None:
        """Show a conversation by its id, whether or not it is in the current list."""
        ...

    def arrange(self) -> None:
        """Show the panes that fit the width: all of them, or only the one that has the focus."""
        ...

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in the composer's place and focus its first field."""
        ...

    def close_strip(self) -> None:
        """Close the strip; the composer is back."""
        ...

    def mark_help(self, message: int) -> None:
        """Mark a message as help, or take the mark off."""
        ...

    def act(self, act: Act) -> None:
        """Carry out what was clicked under a message or chosen in its menu."""
        ...

    def part(self, message: int) -> None:
        """Ask whether to part a letter from the open conversation."""
        ...

    def read_as(self, message: int, charset: str) -> None:
        """Read a letter in another character set."""
        ...

    def save_original(self, message: int) -> None:
        """Ask where to save a letter as it came."""
        ...

    def window(self) -> QWidget:
        """The top-level window, as the parent of dialogs."""
        ...
