"""The application as its errands see it: what opens a community, and the window and the file that are open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from app.base.paths import Profile

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame


class Opener(Protocol):
    """Opens one community in the place of another."""

    profile: Profile

    @property
    def bench(self) -> Workbench | None:
        """The open workbench."""
        ...

    @property
    def frame(self) -> Frame | None:
        """The open window as pages see it."""
        ...

    @property
    def parent_widget(self) -> QWidget | None:
        """The open window as the parent of dialogs."""
        ...

    def open_profile(self, folder: Path) -> None:
        """Open the community in another folder; UserError, with this one still open, if that file is none of ours."""
        ...

    def leave_demo(self) -> None:
        """Throw the demo away and go back to one's own file."""
        ...

    def restore(self, profile: Profile, file: Path) -> bool:
        """Put a backup in the place of a community's file, and open that; whether it was done."""
        ...

    def fail(self, words: str) -> None:
        """Show a failure if there is a window to show it in."""
        ...
