"""What the window remembers of itself between runs: place, size, splitters. It lies beside the file, not in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget

_START_WIDTH, _START_HEIGHT = 1280, 800
_SMALLEST_HEIGHT, _TITLE_BAR = 480, 40


class Memory:
    """A small ini file in the profile's folder."""

    def __init__(self, folder: Path) -> None:
        """Read when first asked."""
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def restore(self, window: QWidget) -> None:
        """Give the window the size it had, else 1280 x 800."""
        kept = self._settings.value("geometry")
        if not isinstance(kept, QByteArray) or not window.restoreGeometry(kept):
            room = window.screen().availableSize()
            if QGuiApplication.platformName() == "offscreen":  # its screen of 800 x 800 is nobody's
                room = QSize(_START_WIDTH, _START_HEIGHT + _TITLE_BAR)
            window.resize(
                min(_START_WIDTH, room.width()), min(_START_HEIGHT, max(_SMALLEST_HEIGHT, room.height() - _TITLE_BAR))
            )

    def keep(self, window: QWidget) -> None:
        """Remember the window's size, at once: what is written later would bring a demo's folder back to life."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.sync()

    def splitter(self, name: str, splitter: QSplitter) -> None:
        """Give a splitter the sizes it had under that name, and remember them when they are changed."""
        kept = self._settings.value(f"splitter/{name}")
        if isinstance(kept, QByteArray):
            splitter.restoreState(kept)
        splitter.setObjectName(name)
        splitter.splitterMoved.connect(_Keep(self._settings, splitter))


class _Keep:
    """Writes one splitter's sizes; it holds no page."""

    def __init__(self, settings: QSettings, splitter: QSplitter) -> None:
        self._settings, self._splitter = settings, splitter

    def __call__(self, _place: int, _handle: int) -> None:
        self._settings.setValue(f"splitter/{self._splitter.objectName()}", self._splitter.saveState())
