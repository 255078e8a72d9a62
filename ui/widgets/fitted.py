"""A scroll area that is as tall as its content, as long as there is room; beyond that it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from shiboken6 import isValid

_MARGIN = 8
_MOST = 16_777_215
"""Qt's largest height (QWIDGETSIZE_MAX)."""


class Fitted(QScrollArea):
    """Holds one widget. Whatever of it takes the focus is scrolled into sight."""

    fitted = Signal()
    """The height changed."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """Show `content`, at any height until `set_most`."""
        super().__init__(parent)
        self._content = content
        self._most = _MOST
        self._part: QWidget | None = None  # to be brought in sight
        self.beside: QWidget | None = None
        """A part that is brought in sight together with the one in use, where there is room for both."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._show_part)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.fit)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setAutoFillBackground(False)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
        self.fit()

    @property
    def most(self) -> int:
        """The height in pixels that it never exceeds."""
        return self._most

    def set_most(self, pixels: int) -> None:
        """Take at most so much height."""
        if pixels != self._most:
            self._most = pixels
            self.fit()

    def wanted(self) -> int:
        """The height in pixels at which nothing has to be scrolled."""
        content = self._content
        wide = self.width()
        layout = content.layout()
        least = content.minimumSizeHint().height()  # the scroll area never makes it less
        if layout is not None and layout.hasHeightForWidth():
            return max(least, layout.totalHeightForWidth(wide))
        return max(least, content.heightForWidth(wide) if content.hasHeightForWidth() else content.sizeHint().height())

    def fit(self) -> None:
        """Take the height of the content, or all that there is room for."""
        wanted = self.wanted()
        scrolls = wanted > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        height = min(wanted, self._most)
        if (self.minimumHeight(), self.maximumHeight()) != (height, height):
            self.setFixedHeight(height)
            self.fitted.emit()

    def sizeHint(self) -> QSize:
        """The content's width."""
        return QSize(self._content.sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the content can be: it scrolls up and down alone."""
        return QSize(self._content.minimumSizeHint().width(), self.minimumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again when the content has other needs."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and watched is self._content:
            self.fit()
            self._later.start()  # once more when the layouts within are done: chips that came are not shown yet
            self._follow(None, QApplication.focusWidget())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again: the content wraps differently at another width. In a lower one the words stay in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
        if event.size().height() < event.oldSize().height():
            self._follow(None, QApplication.focusWidget())

    def _follow(self, _before: QWidget | None, focused: QWidget | None) -> None:
        if focused is not None and self._content.isAncestorOf(focused):
            self.show_part(focused)

    def show_part(self, part: QWidget) -> None:
        """Scroll so that this widget, within the content, is in sight, once the layout is done."""
        self._part = part
        self._timer.start()

    def _show_part(self) -> None:
        part, self._part = self._part, None
        if part is not None and isValid(part) and self._content.isAncestorOf(part):
            room, bar = self.viewport().height(), self.verticalScrollBar()
            top, bottom = self._span(part)
            if self.beside is not None and not self.beside.isHidden():
                first, last = self._span(self.beside)
                if max(bottom, last) - min(top, first) <= room:
                    top, bottom = min(top, first), max(bottom, last)
            if bottom - top <= room:
                bar.setValue(max(min(bar.value(), top), bottom - room))
            else:
                self.ensureWidgetVisible(part, 0, _MARGIN)  # where its text cursor is

    def _span(self, part: QWidget) -> tuple[int, int]:
        """Where a part begins and ends in the content, in pixels."""
        top = part.mapTo(self._content, part.rect().topLeft()).y()
        return top, top + part.height()
