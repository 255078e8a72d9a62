"""Files that are dropped on a draft or pasted into it: from a file manager, or a picture from the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QWidget

from app.base import clock
from app.base.message import Attached
from ui.look.text import tr
from ui.widgets.file_drops import FilesPastFields, holds_files

Brought = Path | Attached
"""A file on this computer, or the content of a picture that is in none."""


def brought(mime: QMimeData) -> list[Brought]:
    """The files in what is dropped or pasted; [] for text.

    What a word processor or a browser copies is text with a picture of it: then the text is meant.
    """
    if holds_files(mime):
        return [Path(url.toLocalFile()) for url in mime.urls()]
    if mime.hasImage() and not mime.text().strip():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return [_picture(image)]
    return []


def _picture(image: QImage) -> Attached:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # it takes text alone; the types of PySide say bytes
    name = tr("Picture {when}.png").format(when=f"{clock.local(clock.now()):%Y-%m-%d %H.%M.%S}")
    return Attached(name, "image/png", bytes(content.data()))


class DropTarget(QObject):
    """Lets files be dropped anywhere on a widget; `take` is called with them."""

    def __init__(self, widget: QWidget, take: Callable[[list[Brought]], object]) -> None:
        """A window takes what is dropped on a field in it, too."""
        super().__init__(widget)
        self._take, self._whole = take, widget
        self._past: FilesPastFields | None = None
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Accept files and take them; leave all else."""
        if event.type() == QEvent.Type.Show and self._past is None and self._whole.isWindow():
            self._past = FilesPastFields(self._whole)
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        if not isinstance(event, QDropEvent):
            return False
        files = brought(event.mimeData())
        if not files:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._take(files)
        return True
