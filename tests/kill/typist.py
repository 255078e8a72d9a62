"""The one that is killed: types in a form of the window, and says so once a pause has passed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from tests.stories.hand import Hand
from ui.shell.application import Application, qt_application

TYPED = "Ζήτησε δύο κουτιά για την Κυριακή"


def run(folder: Path) -> None:
    """Never comes back."""
    qt_application(["rapport"])
    made = Application(Profile(folder))
    made.start()
    window = made.window
    assert window is not None
    window.go("members", window.bench.members.find("")[0])
    window.activateWindow()
    QApplication.processEvents()
    page: Any = window.page("members")
    window.run("note")
    page.profile.strip.words.setFocus(Qt.FocusReason.OtherFocusReason)
    Hand(window).types(TYPED)
    Hand.rest(0.6)
    sys.stdout.write("TYPED\n")
    sys.stdout.flush()
    Hand.rest(600)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
