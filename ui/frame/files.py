"""File dialogs: the desktop's own, or the path that a test has prepared; and the folder of a file that was saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from ui.look import icons
from ui.look.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

READY = "ready_path"
"""Property of the QApplication: a path to return in place of a dialog; "" acts like Cancel."""
_CANCEL = Path()
_ICONS = {
    "backButton": "arrow-left", "forwardButton": "arrow-right", "toParentButton": "arrow-up",
    "newFolderButton": "folder-plus", "listModeButton": "layout-grid", "detailModeButton": "list",
}  # fmt: skip
"""By the names of the buttons in Qt's own dialog."""


def save_path(
    parent: QWidget, title: str, name: str, kinds: str = "CSV (*.csv)", start: Path | None = None
) -> Path | None:
    """Ask where to save a file, proposing `name` in the folder `start`; None if cancelled."""
    ready = _ready()
    if ready is not None:
        return None if ready == _CANCEL else ready / name if ready.is_dir() else ready
    dialog = made(parent, title, start, kinds)
    dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return next(iter(_ask(dialog)), None)


def choose_folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """Ask for a folder, starting in the folder `start`; None if cancelled."""
    ready = _ready()
    if ready is not None:
        return None if ready == _CANCEL else ready if ready.is_dir() else ready.parent
    dialog = made(parent, title, start)
    dialog.setFileMode(dialog.FileMode.Directory)
    dialog.setOption(dialog.Option.ShowDirsOnly, on=True)
    return next(iter(_ask(dialog)), None)


def open_path(parent: QWidget | None, title: str, kinds: str = "", start: Path | None = None) -> Path | None:
    """Ask which file to open, starting in the folder `start`; None if cancelled."""
    ready = _ready()
    if ready is not None:
        return None if ready == _CANCEL else ready
    dialog = made(parent, title, start, kinds)
    dialog.setFileMode(dialog.FileMode.ExistingFile)
    return next(iter(_ask(dialog)), None)


def open_paths(parent: QWidget | None, title: str) -> list[Path]:
    """Ask which files to open, one or several; [] if cancelled."""
    ready = _ready()
    if ready is not None:
        return [] if ready == _CANCEL else [ready]
    dialog = made(parent, title)
    dialog.setFileMode(dialog.FileMode.ExistingFiles)
    return _ask(dialog)


def made(parent: QWidget | None, title: str, start: Path | None = None, kinds: str = "") -> QFileDialog:
    """The desktop's dialog for files; where there is none, Qt's own, with our icons on its buttons: its are black."""
    from PySide6.QtWidgets import QFileDialog, QToolButton  # noqa: PLC0415  heavy, and rarely needed

    dialog = QFileDialog(parent, title, str(start or _documents()), kinds)
    for button in dialog.findChildren(QToolButton):
        if button.objectName() in _ICONS:
            button.setIcon(icons.icon(_ICONS[button.objectName()], theme().hex("text2")))
    return dialog


def _ask(dialog: QFileDialog) -> list[Path]:
    chosen = [Path(path) for path in dialog.selectedFiles()] if dialog.exec() else []
    dialog.deleteLater()
    return chosen


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
