"""Importing from the window: one file after the other is asked about, then they are imported in the background."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from app.base.errors import UserError
from app.base.words import N_
from ui.dialogs.bring_in import BringIn
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.imports import Imported, Options
    from app.imports.underway import BrokenOff
    from ui.frame.page import Frame

_PAGES = {"messages": "inbox", "members": "members", "gifts": "delight"}
_SHOW = {"messages": N_("Show the latest"), "members": N_("Show the first"), "gifts": N_("Show the first")}


def ask(frame: Frame, paths: Sequence[Path] = ()) -> None:
    """Show the import dialog, for each of these files if there are any, and import what was accepted, in that order.

    Each is previewed before the first is imported: whoever drops three files answers once, and then goes on working.
    """
    wanted: deque[tuple[Path, Options]] = deque()
    for place, path in enumerate(paths or (None,)):
        dialog = BringIn(frame, max(0, len(paths) - place - 1))
        dialog.preview_file(path)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.path is not None:
            wanted.append((dialog.path, dialog.options()))
        dialog.deleteLater()
    _Queue(frame, wanted)()


class _Queue:
    """Imports the next file each time it is called."""

    def __init__(self, frame: Frame, wanted: deque[tuple[Path, Options]]) -> None:
        self._frame, self._wanted = frame, wanted

    def __call__(self) -> None:
        if self._wanted:
            path, options = self._wanted.popleft()
            Run(self._frame, path, options, self).start()


class _Go:
    """Shows the first of what an import brought in."""

    def __init__(self, frame: Frame, kind: str, number: int) -> None:
        self._frame, self._kind, self._number = frame, kind, number

    def __call__(self) -> None:
        self._frame.go(_PAGES[self._kind], self._number)


class Run(QObject):
    """A running import: shows progress in the rail with Stop, then the result in a toast."""

    def __init__(self, frame: Frame, path: Path, options: Options, then: Callable[[], object] = lambda: None) -> None:
        """Make it a child of the window, until it is finished; then `then` is called."""
        super().__init__(frame.window())
        self._frame, self._path, self._options, self._then = frame, path, options, then
        self.working = Working(self._work, "import")
        self.working.progressed.connect(self._progressed)
        self.working.finished.connect(self._finished)
        self.working.failed.connect(self._failed)

    def start(self) -> None:
        """Start the import on a worker thread."""
        self.working.start()

    def _work(self, progress: Callable[[int, int], object], stop: threading.Event) -> object:
        return self._frame.bench.imports.run(self._path, self._options, progress, stop)

    def _progressed(self, done: int, total: int) -> None:
        per_cent = min(100, done * 100 // total) if total else 0
        words = tr("Importing {file}").format(file=text.isolate(self._path.name))
        self._frame.progress(words, per_cent, 100, self.working.stop)

    def _finished(self, outcome: Imported) -> None:
        self._frame.progress("")
        if outcome.stopped:  # who stopped it isn't asked about it at the next start
            self._frame.bench.imports.let_be(outcome.batch_id)
        action = self._frame.bench.actions.of_import(outcome.batch_id)
        leads = self._frame.bench.imports.leads_to(outcome.batch_id)
        if action is None or outcome.dry_run:
            self._frame.toast(outcome.sentence)
        elif leads is None:
            self._frame.toast(outcome.sentence, self._frame.show_history, link=tr("What was done"), leads=True)
        else:
            words = tr("{outcome} It can be undone from “What was done”.").format(outcome=outcome.sentence)
            self._frame.toast(words, _Go(self._frame, *leads), link=tr(_SHOW[leads[0]]), leads=True)
        self._end()

    def _failed(self, why: UserError | None) -> None:
        self._frame.progress("")
        if why is not None:  # a bug is reported by the application's exception hook
            self._frame.fail(str(why))
        self._end()

    def _end(self) -> None:
        self._then()
        self.deleteLater()


class GoingOn(Run):
    """The rest of an import that broke off."""

    def __init__(self, frame: Frame, found: BrokenOff, then: Callable[[], object]) -> None:
        """Import it as it was asked for then."""
        super().__init__(frame, found.path, found.options, then)
        self._batch = found.batch

    def _work(self, progress: Callable[[int, int], object], stop: threading.Event) -> object:
        return self._frame.bench.imports.go_on(self._batch, progress, stop)
