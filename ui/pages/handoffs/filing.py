"""Giving files out from the page: one teammate's, everybody's, and which were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from app.base import clock
from ui.pages.handoffs.giving import FileStrip

if TYPE_CHECKING:
    from app.handoffs import Handoff
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.widgets.strip import Strip


class Shown(Protocol):
    """The part of the page that is needed here."""

    bench: Workbench
    frame: Frame

    def current(self) -> Handoff | None:
        """The selected hand-off."""
        ...

    def show_strip(self, strip: Strip) -> None:
        """Show a strip below what is selected."""


class Filing(QObject):
    """The commands about files that are given out."""

    def __init__(self, page: Shown) -> None:
        """Act on this page."""
        super().__init__()
        self._page = page

    def send_file(self) -> None:
        """Ask how the file of whoever has it is given."""
        handoff = self._page.current()
        self.give(FileStrip(self._page.bench, handoff.teammate_id if handoff is not None else None))

    def make_files(self) -> None:
        """Ask for the files of everybody with something new."""
        self.give(FileStrip(self._page.bench, each=True))

    def give(self, strip: FileStrip) -> None:
        """Show a strip that gives files."""
        strip.drafted.connect(self.drafted)
        self._page.show_strip(strip)

    def drafted(self, letters: list[int]) -> None:
        """Lead to the letter that was drafted, or to the list of several, once the strip is closed."""
        where = ("letter", ("draft", letters[0])) if len(letters) == 1 else ("drafts", None)
        QTimer.singleShot(0, self, lambda: self._page.frame.go(*where))

    def given(self) -> None:
        """Show the files that were given out."""
        from ui.pages.handoffs.given import GivenSheet  # noqa: PLC0415  loaded at first use

        sheet = GivenSheet(self._page.frame.window(), self._page.bench.giving.given(), clock.now())
        sheet.letter.connect(lambda number: self._page.frame.go("letter", ("draft", number)))
        sheet.talk.connect(lambda number: self._page.frame.go("inbox", number))
