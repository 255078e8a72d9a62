"""The window's geometry, lengths that were dragged and folders last used, kept in a file beside the database.

And what was typed in forms and not saved, which is kept in the database.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.store.private import create_private
from ui.widgets.unsaved import Forms

_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 1280, 800
_MIN_HEIGHT, _TITLE_BAR_HEIGHT = 480, 40


class Memory:
    """Reads and writes `window.ini` in the profile's folder."""

    def __init__(self, folder: Path, forms: Forms) -> None:
        """Use `window.ini` in this folder, and these for what was typed. Where nothing can be written, none is kept."""
        file = folder / "window.ini"
        with suppress(OSError):
            if file.exists():
                file.chmod(0o600)  # earlier releases made it readable by all
            else:
                create_private(file)  # Qt writes a new one with the file's mode
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)
        self.forms = forms

    def restore(self, window: QWidget) -> None:
        """Restore the window's geometry; by default 1280 x 800, or what fits the screen."""
        saved = self._settings.value("geometry")
        if not isinstance(saved, QByteArray) or not window.restoreGeometry(saved):
            room = window.screen().availableSize()
            if QGuiApplication.platformName() == "offscreen":  # its virtual screen of 800 x 800 is meaningless
                room = QSize(_DEFAULT_WIDTH, _DEFAULT_HEIGHT + _TITLE_BAR_HEIGHT)
            window.resize(
                min(_DEFAULT_WIDTH, room.width()),
                min(_DEFAULT_HEIGHT, max(_MIN_HEIGHT, room.height() - _TITLE_BAR_HEIGHT)),
            )

    def keep(self, window: QWidget) -> None:
        """Save the window's geometry and sync at once: a later write would recreate a demo's deleted folder."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.sync()

    def folder(self, purpose: str) -> Path | None:
        """The folder that was used last for this purpose, such as "import"; None where there is none any more."""
        saved = self._settings.value(f"folder/{purpose}")
        return Path(saved) if isinstance(saved, str) and saved and Path(saved).is_dir() else None

    def keep_folder(self, purpose: str, folder: Path) -> None:
        """Remember the folder that was used for this purpose."""
        self._settings.setValue(f"folder/{purpose}", str(folder))

    def length(self, name: str) -> int | None:
        """A length in CSS pixels that was dragged to, saved under this name; None where nothing was."""
        saved = self._settings.value(f"length/{name}")
        return int(saved) if isinstance(saved, str | int) and str(saved).isdecimal() else None

    def keep_length(self, name: str, length: int) -> None:
        """Remember what was dragged to, in CSS pixels."""
        self._settings.setValue(f"length/{name}", length)
