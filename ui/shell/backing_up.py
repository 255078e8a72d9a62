"""Making a backup, or checking the file, from the window: on a worker thread, as a large one takes seconds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base import clock
from app.base.mistakes import our_mistake
from ui.frame.working import Working
from ui.look import text

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from app.base.errors import UserError
    from app.safety.backup import Copy
    from app.workbench import Workbench
    from ui.shell.opener import Opener


def _made(bench: Workbench, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
    return bench.backups.make()


class BackingUp(QObject):
    """Makes one backup, and says when it is made and checked."""

    def __init__(self, opener: Opener, bench: Workbench) -> None:
        """`bench` is the file that the opener has open."""
        super().__init__(opener.parent_widget)
        self._opener = opener
        self._working = Working(partial(_made, bench), "backup")
        self._working.finished.connect(self._made)
        self._working.failed.connect(self._failed)

    def start(self) -> None:
        """Begin; the window goes on meanwhile."""
        self._working.start()

    def _made(self, copy: Copy) -> None:
        if self._opener.frame is not None:
            self._opener.frame.toast(text.tr("Backup made and checked: {file}").format(file=copy.file))
        self.deleteLater()

    def _failed(self, why: UserError | None) -> None:
        self._opener.fail(str(why or our_mistake()))
        self.deleteLater()


class Checking(QObject):
    """Checks all of the file, on a worker, and says whether it is sound; where it isn't, a strip says more."""

    def __init__(self, opener: Opener, bench: Workbench) -> None:
        """`bench` is the file that the opener has open."""
        super().__init__(opener.parent_widget)
        self._opener, self._bench = opener, bench
        self._working = Working(partial(_looked_at, bench), "check")
        self._working.finished.connect(self._tell)
        self._working.failed.connect(self._fail)

    def start(self) -> None:
        """Begin; the window goes on meanwhile."""
        self._working.start()

    def _tell(self, trouble: str) -> None:
        if trouble:
            self._opener.show_damage()
        elif self._opener.frame is not None:
            self._opener.frame.toast(text.tr("The file is sound: all of it was checked just now."))
        self.deleteLater()

    def _fail(self, why: UserError | None) -> None:
        self._opener.fail(str(why or our_mistake()))
        self.deleteLater()


def _looked_at(bench: Workbench, _progress: Callable[[int, int], object], stop: threading.Event) -> object:
    return bench.audit.look(clock.now(), stop.is_set, thoroughly=True)
