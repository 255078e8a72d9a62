"""Asking for a file: the desktop's own dialog, or what a test has laid ready."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

READY = "ready_path"
"""Property of the application: a path to answer with in place of a dialog; "" answers like Cancel."""
_CANCEL = Path()


def save_path(parent: QWidget, title: str, name: str, kinds: str = "CSV (*.csv)") -> Path | None:
    """Where to write a new file that is proposed as `name`; None when the person thought better of it."""
    ready = _ready()
    if ready is not None:
        return None if ready == _CANCEL else ready / name if ready.is_dir() else ready
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  heavy, and rarely needed

    path, _ = QFileDialog.getSaveFileName(parent, title, str(_documents() / name), kinds)
    return Path(path) if path else None


def open_path(parent: QWidget | None, title: str, kinds: str = "", start: Path | None = None) -> Path | None:
    """Which file to read, beginning in the folder `start`; None when the person thought better of it."""
    ready = _ready()
    if ready is not None:
        return None if ready == _CANCEL else ready
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  heavy, and rarely needed

    path, _ = QFileDialog.getOpenFileName(parent, title, str(start or _documents()), kinds)
    return Path(path) if path else None


def _ready() -> Path | None:
    app = QApplication.instance()
    laid = app.property(READY) if app is not None else None
    return None if laid is None else Path(str(laid))


def _documents() -> Path:
    from PySide6.QtCore import QStandardPaths  # noqa: PLC0415  as the dialogs

    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()
