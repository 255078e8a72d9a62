"""Files of hand-offs: those that are given to teammates, and those that come back from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.base import clock
from ui.look.text import tr
from ui.pages.handoffs.giving import FileStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.returns import Preview
    from ui.pages.handoffs.page import HandoffsPage


class Files:
    """What the page does with files."""

    def __init__(self, page: HandoffsPage) -> None:
        """Act on this page."""
        self._page, self._bench = page, page.bench
        self._waiting: list[Path] = []

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The handlers of the commands about files."""
        return {"send_file": self._send_file, "make_files": self._make_files, "given_files": self.show_given}

    # Given to teammates

    def _send_file(self) -> None:
        handoff = self._page.current()
        self._give(FileStrip(self._bench, handoff.teammate_id if handoff is not None else None))

    def _make_files(self) -> None:
        self._give(FileStrip(self._bench, each=True))

    def _give(self, strip: FileStrip) -> None:
        strip.drafted.connect(self._drafted)
        self._page.show_strip(strip)

    def _drafted(self, letters: list[int]) -> None:
        """Lead to the letter that was drafted, or to the list of several, once the strip is closed."""
        where = ("letter", ("draft", letters[0])) if len(letters) == 1 else ("drafts", None)
        QTimer.singleShot(0, self._page, lambda: self._page.frame.go(*where))

    def show_given(self) -> None:
        """Show the files that were given out."""
        from ui.pages.handoffs.given import GivenSheet  # noqa: PLC0415  loaded at first use

        frame = self._page.frame
        sheet = GivenSheet(frame.window(), self._bench.giving.given(), clock.now())
        sheet.letter.connect(lambda number: frame.go("letter", ("draft", number)))
        sheet.talk.connect(lambda number: frame.go("inbox", number))

    # Back from them

    def offer_waiting(self) -> None:
        """In the demo, offer the edited file that lies in its folder until it is read."""
        bench, link = self._bench, self._page.waiting
        found = bench.returns.waiting(bench.profile.folder) if bench.is_demo else []
        if found:
            link.set_title(tr("An edited file is waiting: {file}").format(file=found[0].name))
        link.setVisible(bool(found))

    def read_waiting(self) -> None:
        """Read the edited file that is offered."""
        self._page.open(self._bench.returns.waiting(self._bench.profile.folder)[:1])

    def read(self, paths: list[object]) -> None:
        """Read files back, one after the other."""
        self._waiting = [path for path in paths if isinstance(path, Path)]
        self._read_next()

    def read_attachment(self, number: int) -> None:
        """Read a file back that came with a message; it may have to be fetched from its mailbox."""
        file = self._bench.attachments.get(number)

        def work() -> Preview:
            content = self._bench.attachments.content(number)
            return self._bench.returns.read_bytes(file.name, content, message_id=file.message_id)

        self._page.read_back(file.name, work)

    def _read_next(self) -> None:
        """Read the next of the files that were brought together."""
        if self._waiting:
            path = self._waiting.pop(0)
            self._page.read_back(path.name, lambda: self._bench.returns.read(path))

    def ended(self) -> None:
        """Go on with the next file once one was applied or left, or with the hand-offs."""
        if self._waiting:
            self._read_next()
            return
        self.offer_waiting()
        self._page.back_to_list()
