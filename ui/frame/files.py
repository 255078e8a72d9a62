"""File dialogs: the desktop's own, or the path that a test has prepared; and the folder of a file that was saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

READY = "ready_path"
"""Property of the QApplication: a path to return in place of a dialog; "" acts like Cancel."""
_CANCEL = Path()


def save_path(
    parent: QWidget, title: str, name: str, kinds: str = "CSV (*.csv)", start: Path | None = None
) -> Path | None:
    """Ask where to save a file, proposing `name` in the folder `start`; None if cancelled."""
    ready = _ready()
    if ready is not None:
        return None if ready == _CANCEL else ready / name if ready.is_dir() else ready
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  heavy, and rarely needed

    path, _ = QFileDialog.getSaveFileName(parent, title, str((start or _documents()) / name), kinds)
    return Path(path) if path else None


def choose_folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """Ask for a folder, starting in the folder `start`; None if cancelled."""
    ready = _ready()
    if ready is not None:
        return None if ready == _CANCEL else ready if ready.is_dir() else ready.parent
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  heavy, and rarely needed

    path = QFileDialog.getExistingDirectory(parent, title, str(start or _documents()))
    return Path(path) if path else None


def open_path(parent: QWidget | None, title: str, kinds: str = "", start: Path | None = None) -> Path | None:
    """Ask which file to open, starting in the folder `start`; None if cancelled."""
    ready = _ready()
    if ready is not None:
        return None if ready == _CANCEL else ready
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  heavy, and rarely needed

    path, _ = QFileDialog.getOpenFileName(parent, title, str(start or _documents()), kinds)
    return Path(path) if path else None


def open_paths(parent: QWidget | None, title: str) -> list[Path]:
    """Ask which files to open, one or several; [] if cancelled."""
    ready = _ready()
    if ready is not None:
        return [] if ready == _CANCEL else [ready]
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  heavy, and rarely needed

    paths, _ = QFileDialog.getOpenFileNames(parent, title, str(_documents()))
    return [Path(path) for path in paths]


def show_in_folder(path: Path) -> bool:
    """Show the folder of a saved file in the desktop's file manager; False if nothing opened it."""
    from PySide6.QtCore import QUrl  # noqa: PLC0415  rarely needed
    from PySide6.QtGui import QDesktopServices  # noqa: PLC0415  as above

    folder = path if path.is_dir() else path.parent
    return bool(QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))


def _ready() -> Path | None:
    app = QApplication.instance()
    prepared = app.property(READY) if app is not None else None
    return None if prepared is None else Path(str(prepared))


def _documents() -> Path:
    from PySide6.QtCore import QStandardPaths  # noqa: PLC0415  rarely needed

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) if folder and Path(folder).is_dir() else Path.home()
