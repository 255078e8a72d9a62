"""A window over a profile, as a person has it in front of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from ui.shell.application import Application, qt_application
from ui.shell.window import Window


@contextmanager
def opened(profile: Profile) -> Iterator[Window]:
    """The window, 1280x800 and active; it is closed at the end."""
    qt = qt_application(["rapport"])
    made = Application(profile)
    made.start()
    qt.processEvents()
    assert made.window is not None
    made.window.resize(1280, 800)
    made.window.activateWindow()
    qt.processEvents()
    yield made.window
    made.close()
    QApplication.processEvents()
