"""Opening the file that another program has put in the place of the open one, and showing what it hasn't got."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from app.base.mistakes import our_mistake
from app.safety import backup
from app.safety.differing import Difference, compare
from ui.frame.working import Working
from ui.look.text import tr
from ui.shell.restoring import RestoreQuestion, open_chosen
from ui.shell.window import Window

if TYPE_CHECKING:
    from pathlib import Path

    from app.base.errors import UserError
    from app.workbench import Workbench
    from ui.shell.opener import Opener

_at_work: set[QObject] = set()
"""Keeps the two alive, as the window of which they would be children is closed meanwhile."""


class OpeningAgain(QObject):
    """Keeps what is open, with what is typed, as a backup, and opens what is there now."""

    def __init__(self, opener: Opener, bench: Workbench) -> None:
        """`bench` is the file that the opener has open, and that has lost its place."""
        super().__init__()
        self._opener, self._bench = opener, bench
        self._working = Working(lambda _progress, _stop: bench.replaced.keep(), "keeping")
        self._working.finished.connect(self._open)
        self._working.failed.connect(self._fail)

    def start(self) -> None:
        """Begin; nothing is closed before everything is kept."""
        if self._bench.replaced.is_so():
            _at_work.add(self)
            self._working.start()

    def _open(self, kept: Path | None) -> None:
        _at_work.discard(self)
        opener, window = self._opener, self._opener.parent_widget
        if kept is None:
            opener.fail(self._bench.replaced.trouble)
        elif isinstance(window, Window) and not window.is_saved():
            return  # which the window has said
        elif opener.profile != self._bench.profile:  # a demo that is kept nowhere
            opener.leave_demo()
        elif self._bench.profile.file.exists():
            opener.open_profile(self._bench.profile.folder)
            if opener.bench is not None:
                ShowingDifference(opener, kept).start()
        else:
            self._bring_back(kept)

    def _bring_back(self, kept: Path) -> None:
        """Where there is no file any more, ask whether the one that was open is to be put back."""
        question = RestoreQuestion(backup.preview_restore(self._bench.profile, kept), self._opener.parent_widget)
        answered = question.exec()
        question.deleteLater()  # before its parent window is closed
        if answered == QDialog.DialogCode.Accepted:
            self._opener.restore(self._bench.profile, kept)

    def _fail(self, why: UserError | None) -> None:
        _at_work.discard(self)
        self._opener.fail(str(why or our_mistake()))


class ShowingDifference(QObject):
    """Compares the file that is open now with the one that was kept, on a worker, and asks what to do about it."""

    def __init__(self, opener: Opener, kept: Path) -> None:
        """`kept` is the backup of the file that was open before."""
        super().__init__()
        self._opener, self._kept = opener, kept
        file = opener.profile.file
        self._working = Working(lambda _progress, stop: compare(file, kept, stop.is_set), "comparing")
        self._working.finished.connect(self._show)
        self._working.failed.connect(lambda _why: _at_work.discard(self))

    def start(self) -> None:
        """Begin; the window can be used meanwhile."""
        _at_work.add(self)
        self._working.start()

    def _show(self, told: Difference | None) -> None:
        _at_work.discard(self)
        if self._opener.frame is None or told is None:
            return
        if told.back or told.why:
            open_chosen(self._opener, self._kept)
        else:
            self._opener.frame.toast(
                tr("It has every message, draft, member, note, gift, hand-off and promise that was open before.")
            )
