"""The one that is asked to end: types a reply in the window, says so at once, and goes on until it is stopped."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from app.base.paths import Profile
from tests.kill.sender import say
from ui.shell.application import Application, qt_application

TYPED = "Þú færð nýtt box á morgun"
_WAIT_MS = 50


def run(folder: Path) -> int:
    """The status with which the window ends."""
    qt_application(["rapport"])
    made = Application(Profile(folder))

    def type_it() -> None:
        window: Any = made.window
        page = window.page("inbox") if window is not None else None
        if page is None or page.opened is None:
            if window is not None and page is None:
                window.go("inbox")
            QTimer.singleShot(_WAIT_MS, type_it)
            return
        page.talk.composer.field.setPlainText(TYPED)
        say("TYPED", page.opened.row.id)

    QTimer.singleShot(_WAIT_MS, type_it)
    return made.run()


if __name__ == "__main__":
    raise SystemExit(run(Path(sys.argv[1])))
