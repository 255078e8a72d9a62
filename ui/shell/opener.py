"""The interface of the application that `errands` and `restoring` depend on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from app.base.paths import Profile

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame


class Opener(Protocol):
    """Opens one community in place of another."""

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
        """Open the community in another folder. Raises UserError, with this one still open, if that is not our file."""
        ...

    def leave_demo(self) -> None:
        """Delete the demo and return to the person's own file."""
        ...

    def restore(self, profile: Profile, file: Path) -> bool:
        """Replace a community's file by a backup and open it; False if that failed, which is shown."""
        ...

    def repair(self) -> None:
        """Close the file, whose damage was noticed, offer to repair it, and open it again, repaired or not."""
        ...

    def show_damage(self) -> None:
        """Show the strip that says what was found to be wrong with the file, or remove it."""
        ...

    def fail(self, words: str) -> None:
        """Show an error in the window, if there is one."""
        ...
