"""Reading a letter: its quotations, what was left out of it, and its original."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.errors import UserError
from ui.frame.doing import announce, undoable
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.pane import Pane


class Reading(QObject):
    """The commands for what a letter says."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane
        self._under_way = 0
        self._done: list[str] = []  # names of files that were saved since something was under way
        self._left = False
        self._awaited = ""

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers available with a conversation open."""
        return {
            "quotations": self._turn_quotations,
            "left_out": self._turn_left_out,
            "save_original": self.save_original,
        }

    def _turn_quotations(self) -> None:
        opened = self._pane.talk.story.turn_quotations()
        self._say(opened, tr("Quotations shown."), tr("Quotations hidden."), tr("Nothing is quoted here."))

    def _turn_left_out(self) -> None:
        shown = self._pane.talk.story.turn_left_out()
        nothing = tr("Nothing was left out of these messages.")
        self._say(shown, tr("What was left out is shown."), tr("What was left out is hidden."), nothing)

    def _say(self, on: bool | None, yes: str, no: str, nothing: str) -> None:  # noqa: FBT001  what was turned
        """Say what happened: to a screen reader too, for which nothing else has changed."""
        self._pane.frame.toast(nothing if on is None else yes if on else no)

    def save_original(self, message: int = 0) -> None:
        """Ask where to save the original of a message, and save it; of the one that is read with 0."""
        from ui.frame.files import save_path  # noqa: PLC0415  rarely needed

        line = self._pane.talk.story.being_read()
        number = message or (line.id if line is not None else 0)
        if not number:
            self._pane.frame.toast(tr("There's no message here."))
            return
        try:
            self._pane.bench.originals.check(number)
        except UserError as why:
            self._pane.frame.fail(str(why))
            return
        name = self._pane.bench.originals.file_name(number)
        path = save_path(self._pane.window(), tr("Save the original"), name, tr("Letters (*.eml)"))
        if path is not None:
            self._save(number, path)

    def _save(self, number: int, path: Path) -> None:
        """Save it on a worker, as it may have to be fetched."""
        from ui.frame.working import Working  # noqa: PLC0415  rarely needed

        bench = self._pane.bench
        self._under_way += 1

        def save(_progress: object, _stop: object) -> Path:
            bench.originals.save(number, path, replace=True)
            return path

        work = Working(save, "original")
        work.finished.connect(self._saved)
        work.failed.connect(self._failed)
        work.start()

    def _saved(self, path: Path) -> None:
        """Say where it is; with those that came before it while others were under way, as their toast is gone now."""
        self._under_way -= 1
        self._done.append(text.isolate(path.name))
        if not self._left:
            self._pane.frame.toast(tr("Saved as {file}.").format(file=", ".join(self._done)))
        if not self._under_way:
            self._done.clear()

    def _failed(self, why: object) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._done.clear()
        if not self._left and why is not None:
            self._pane.frame.fail(str(why))

    def read_as(self, message: int, charset: str) -> None:
        """Read a letter in another character set; on a worker where its original has to be fetched for that."""
        bench, frame = self._pane.bench, self._pane.frame
        done = tr("Read as {charset}.").format(charset=charset)
        if not bench.originals.must_be_asked_for(message):
            with undoable(frame, done):
                bench.originals.read_as(message, charset)
            return
        from ui.frame.working import Working  # noqa: PLC0415  rarely needed

        frame.toast(tr("Fetching the original…"))
        self._awaited = done
        before = bench.store.last_action
        work = Working(lambda _progress, _stop: bench.originals.read_as(message, charset), "read as")
        work.finished.connect(lambda _: self._read(before))
        work.failed.connect(self._not_read)
        work.start()

    def _read(self, before: int | None) -> None:
        if self._awaited:
            announce(self._pane.frame, self._awaited, before)

    def _not_read(self, why: object) -> None:
        if self._awaited and why is not None:
            self._pane.frame.fail(str(why))

    def leave(self) -> None:
        """The page closes: what is still being saved is, and nothing is said of it."""
        self._left, self._awaited = True, ""
