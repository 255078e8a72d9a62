"""Files dropped on a field that is typed in: they go to what is around it, for the field would insert their paths."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_OVER = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def holds_files(mime: QMimeData) -> bool:
    """Whether files are dragged, not text or a link."""
    urls = mime.urls()
    return bool(urls) and all(url.isLocalFile() for url in urls)


class FilesPastFields(QObject):
    """An event filter on the native window, where a drag is seen before the field below the pointer takes it."""

    def __init__(self, window: QWidget) -> None:
        """Watch this window, which has to be shown."""
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None  # around the field that the drag is over
        self._leaving = False
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, native: QObject, event: QEvent) -> bool:
        """Hand a drag of files over a field to what is around it that takes files, else refuse it."""
        kind = event.type()
        if kind == QEvent.Type.DragLeave and not self._leaving:
            self._leave()
        if kind not in _OVER or not isinstance(event, QDropEvent):
            return False
        field = self._field(event)
        if field is None:
            self._leave()
            return False
        target = _around(field)
        if target is None:
            event.ignore()
            return True
        if target is not self._target:
            self._enter(native, target, event)
        QCoreApplication.sendEvent(target, event)
        if kind == QEvent.Type.Drop:
            self._target = None
        return True

    def _field(self, event: QDropEvent) -> QWidget | None:
        """The field below the pointer, if files are dragged."""
        if not holds_files(event.mimeData()):
            return None
        below = self._window.childAt(event.position().toPoint())
        while below is not None and not isinstance(below, QLineEdit | QPlainTextEdit | QTextEdit):
            below = below.parentWidget()
        typed = below is not None and below.acceptDrops() and not below.isReadOnly()
        return below if typed else None

    def _enter(self, native: QObject, target: QWidget, event: QDropEvent) -> None:
        """Leave what the drag was over, and begin on the target."""
        self._leave()
        self._leaving = True
        QCoreApplication.sendEvent(native, QDragLeaveEvent())  # Qt's own idea of where the drag is
        self._leaving = False
        self._target = target
        if event.type() == QEvent.Type.DragMove:
            at, held = event.position().toPoint(), event.modifiers()
            enter = QDragEnterEvent(at, event.possibleActions(), event.mimeData(), event.buttons(), held)
            QCoreApplication.sendEvent(target, enter)

    def _leave(self) -> None:
        if self._target is not None:
            QCoreApplication.sendEvent(self._target, QDragLeaveEvent())
            self._target = None


def _around(field: QWidget) -> QWidget | None:
    """The nearest widget around a field that takes drops."""
    around = field.parentWidget()
    while around is not None and not around.acceptDrops():
        around = None if around.isWindow() else around.parentWidget()
    return around
