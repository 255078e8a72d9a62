"""What comes back to the Hand-offs page: files that were dropped, chosen or attached, and plain letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from ui.frame.doing import show_errors
from ui.look.text import tr
from ui.pages.handoffs.case import CaseView
from ui.pages.handoffs.letter_strip import LetterStrip
from ui.widgets.buttons import LinkButton
from ui.widgets.panes import Panes
from ui.widgets.stack import Stack
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.returns import Preview
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.handoffs.returning import ReturnView

ATTACHMENT, LETTER = "attachment", "letter"
"""What is opened, before its number: a file that came with a message, or a message that answers in plain words."""


class Receiving(Protocol):
    """The page as what comes back needs it."""

    bench: Workbench
    frame: Frame
    case: CaseView
    split: Panes
    middle: Stack
    waiting: LinkButton

    @property
    def returning(self) -> ReturnView:
        """The preview, made when it is first asked for."""
        ...

    def open(self, target: object) -> None:
        """Show a hand-off by its id."""

    def reload(self, keep: int | None = None) -> None:
        """Read the list again."""

    def activate(self) -> None:
        """Put the focus where work goes on."""

    def show_strip(self, strip: Strip) -> None:
        """Show a form."""

    def end_strip(self) -> None:
        """Close the form."""


class ComingBack(QObject):
    """Opens what comes back, one file after the other."""

    def __init__(self, page: Receiving) -> None:
        """Listen to the page's link to the file that waits."""
        super().__init__(page.waiting)
        self._page = page
        self._others: list[Path] = []
        page.waiting.clicked.connect(self._read_waiting)

    def follow(self, preview: ReturnView) -> None:
        """Go on with the next file once the preview has been made and one was applied in it or closed."""
        preview.ended.connect(self._ended)
        preview.applied.connect(self._ended)

    def open(self, target: object) -> None:
        """Read files back (a list of paths), one that came with a message, or take a letter as an answer."""
        if isinstance(target, list):
            self._others = [path for path in target if isinstance(path, Path)]
            self._next()
        elif isinstance(target, tuple) and target[0] == ATTACHMENT:
            self._read_attachment(int(target[1]))
        elif isinstance(target, tuple) and target[0] == LETTER:
            self._take_letter(int(target[1]))

    def offer(self) -> None:
        """In the demo, offer the edited file that lies in its folder until it is read."""
        bench = self._page.bench
        found = bench.returns.waiting(bench.profile.folder) if bench.is_demo else []
        if found:
            self._page.waiting.set_title(tr("An edited file is waiting: {file}").format(file=found[0].name))
        self._page.waiting.setVisible(bool(found))

    def _read_waiting(self) -> None:
        self.open(self._page.bench.returns.waiting(self._page.bench.profile.folder)[:1])

    def _next(self) -> None:
        """Read the next of the files that were brought together."""
        if self._others:
            path = self._others.pop(0)
            self._read(path.name, lambda: self._page.bench.returns.read(path))

    def _read(self, name: str, work: Callable[[], Preview]) -> None:
        page = self._page
        page.case.keep_answer()
        page.end_strip()
        page.split.to_right()
        page.waiting.hide()
        page.returning.read(name, work)
        page.middle.setCurrentWidget(page.returning)

    def _read_attachment(self, number: int) -> None:
        """Read a file back that came with a message; it may have to be fetched from its mailbox."""
        bench = self._page.bench
        file = bench.attachments.get(number)

        def work() -> Preview:
            content = bench.attachments.content(number)
            return bench.returns.read_bytes(file.name, content, message_id=file.message_id)

        self._read(file.name, work)

    def _take_letter(self, message_id: int) -> None:
        """Show the hand-off that a message answers most likely, with the form for its answer."""
        with show_errors(self._page.frame):
            found = self._page.bench.returns.plain_answer(message_id)
            self._page.open(found.handoffs[0].id)
            self._page.show_strip(LetterStrip(self._page.bench, found))

    def _ended(self) -> None:
        if self._others:
            self._next()
            return
        self.offer()
        self._page.reload()
        self._page.activate()
