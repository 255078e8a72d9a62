"""Files of hand-offs that are given to teammates, and the list of those that were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer

from app.base import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.handoffs import Handoff
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.handoffs.giving import FileStrip
    from ui.widgets.strip import Strip


class WithFiles(Protocol):
    """The part of the page that is needed here."""

    bench: Workbench
    frame: Frame

    def current(self) -> Handoff | None:
        """The selected hand-off, or None."""
        ...

    def show_strip(self, strip: Strip) -> None:
        """Show a strip below what is selected."""


class Files:
    """What the page does with files."""

    def __init__(self, page: WithFiles) -> None:
        """Act on this page."""
        self._page, self._bench = page, page.bench

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The handlers of the commands about files."""
        return {"send_file": self._send_file, "make_files": self._make_files, "given_files": self.show_given}

    def _send_file(self) -> None:
        from ui.pages.handoffs.giving import FileStrip  # noqa: PLC0415  loaded at first use

        handoff = self._page.current()
        self._give(FileStrip(self._bench, handoff.teammate_id if handoff is not None else None))

    def _make_files(self) -> None:
        from ui.pages.handoffs.giving import FileStrip  # noqa: PLC0415  loaded at first use

        self._give(FileStrip(self._bench, each=True))

    def _give(self, strip: FileStrip) -> None:
        strip.drafted.connect(self._drafted)
        self._page.show_strip(strip)

    def _drafted(self, letters: list[int]) -> None:
        """Lead to the letter that was drafted, or to the list of several, once the strip is closed."""
        where = ("letter", ("draft", letters[0])) if len(letters) == 1 else ("drafts", None)
        QTimer.singleShot(0, self._page.frame.window(), lambda: self._page.frame.go(*where))

    def show_given(self) -> None:
        """Show the files that were given out."""
        from ui.pages.handoffs.given import GivenSheet  # noqa: PLC0415  loaded at first use

        frame = self._page.frame
        sheet = GivenSheet(frame.window(), self._bench.giving.given(), clock.now())
        sheet.letter.connect(lambda number: frame.go("letter", ("draft", number)))
        sheet.talk.connect(lambda number: frame.go("inbox", number))
