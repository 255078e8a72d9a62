"""The strip above every page for an import that broke off: import the rest, undo it, or leave it as it is."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from app.base import clock
from app.base.mistakes import our_mistake
from ui.dialogs.importing import GoingOn
from ui.frame.doing import undone_words
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.shell.strips.banner import Banner
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.actions import Action
    from app.base.errors import UserError
    from app.imports.underway import BrokenOff
    from app.workbench import Workbench
    from ui.frame.page import Frame


class BrokenOffImports(QObject):
    """Shows the strip for one import after the other, until each is seen to."""

    def __init__(self, frame: Frame, place: QVBoxLayout) -> None:
        """Insert the strip at the top of `place`, if there is something to say."""
        super().__init__(frame.window())
        self._frame, self._place = frame, place
        self._working: Working | None = None
        self.strip: BrokenOffStrip | None = None
        self.look()

    def look(self) -> None:
        """Show the strip for the latest import that broke off; remove it if there is none."""
        if self._working is not None:
            return
        found = self._frame.bench.imports.broken_off() if self._frame.bench.has_broken_off else []
        if self.strip is not None and (not found or self.strip.found != found[0]):
            self._end()
        if found and self.strip is None:
            self.strip = BrokenOffStrip(found[0], self._go_on, self._take_back, self._leave)
            self._place.insertWidget(0, self.strip)
            speak(self.strip, f"{self.strip.title.text()} {self.strip.line.text()}")

    def _end(self) -> None:
        if self.strip is not None:
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None

    def _go_on(self, found: BrokenOff) -> None:
        self._end()
        GoingOn(self._frame, found, self.look).start()

    def _take_back(self, found: BrokenOff) -> None:
        if self.strip is not None:
            self.strip.setEnabled(False)
        self._working = Working(_TakingBack(self._frame.bench, found.batch), "undo")
        self._working.finished.connect(self._taken_back)
        self._working.failed.connect(self._refused)
        self._working.start()

    def _taken_back(self, undone: Action | None) -> None:
        self._frame.toast(tr("Nothing new had come in.") if undone is None else undone_words(undone))
        self._over()

    def _refused(self, why: UserError | None) -> None:
        self._frame.fail(str(why or our_mistake()))
        self._over()

    def _over(self) -> None:
        self._working = None
        self._end()
        self.look()

    def _leave(self, found: BrokenOff) -> None:
        self._frame.bench.imports.let_be(found.batch)
        self.look()


class BrokenOffStrip(Banner):
    """What happened, how far it got, and three buttons, each called with the import."""

    def __init__(
        self,
        found: BrokenOff,
        go_on: Callable[[BrokenOff], object],
        take_back: Callable[[BrokenOff], object],
        leave: Callable[[BrokenOff], object],
    ) -> None:
        """Show it; `go_on`, `take_back` and `leave` are the three buttons."""
        super().__init__("history")
        self.found = found
        when = f"{text.day(clock.local(found.at).date(), clock.local(clock.now()).date())} {text.clock(found.at)}"
        self.title.setText(text.sentence(found.title(text.embed(found.file))))
        self.line.setText(text.sentence(found.line(when)))
        self.setAccessibleName(self.title.text())
        self.go = self.add_button(tr("Go on"), _With(go_on, found))
        self.back = self.add_button(tr("Take it back"), _With(take_back, found))
        self.leave = self.add_button(tr("Leave it as it is"), _With(leave, found), kind="plain")


class _With:
    def __init__(self, act: Callable[[BrokenOff], object], found: BrokenOff) -> None:
        self._act, self._found = act, found

    def __call__(self) -> None:
        self._act(self._found)


class _TakingBack:
    """Undoes the import; called on a worker thread."""

    def __init__(self, bench: Workbench, batch: int) -> None:
        self._bench, self._batch = bench, batch

    def __call__(self, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
        return self._bench.actions.take_back_import(self._batch)
