"""A dialog with a form: heading, scrolling fields, an error, and the buttons; Enter saves, Esc closes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.look import fonts
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.file_drops import FilesPastFields
from ui.widgets.labels import Label
from ui.widgets.panels import Scroll
from ui.widgets.reading_order import InReadingOrder
from ui.widgets.unsaved import Forms, Unsaved

_WIDTH, _MIN_FIELDS_HEIGHT = 520, 120
_WINDOW_FRAME_HEIGHT = 48


class FormDialog(InReadingOrder, QDialog):
    """Subclasses add their rows to `fields`, call `fit`, and implement `keep`. It is deleted on close."""

    left = Signal(str)
    """It was closed without saving what was typed in it, which is kept; carries its title."""

    def __init__(
        self, parent: QWidget | None, title: str, heading: str, intro: str, cancel: str, go: str = ""
    ) -> None:  # fmt: skip
        """`title` is the window's, `cancel` that of the button that closes without saving, `go` of the other one."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._past: FilesPastFields | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        self._column.addWidget(Label(heading, "title", wrap=True))
        self._column.addWidget(Label(intro, "body", "text2", wrap=True))
        self.unsaved = Unsaved(self)
        self._column.addWidget(self.unsaved)
        self._scroll = Scroll((0, 0, 6, 0), 10)
        self._column.addWidget(self._scroll, 1)
        self.fields = self._scroll.column
        self.wrong = Label("", "body", "danger", wrap=True)
        self.wrong.hide()
        self._column.addWidget(self.wrong)
        self._column.addLayout(self._foot(cancel, go or tr("Save")))

    def _foot(self, cancel: str, go: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        close = ActionButton(cancel, kind="plain", height=32)
        close.clicked.connect(self.reject)
        self.go = ActionButton(go, "check", "Ctrl ↵", kind="primary", height=32)
        self.go.clicked.connect(self.keep)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.go)
        return row

    def fit(self) -> None:
        """Fit the height to the fields, at most to the screen; beyond that they scroll above the buttons."""
        screen = self.screen().availableGeometry()
        wide = min(fonts.px(_WIDTH), screen.width() - _WINDOW_FRAME_HEIGHT)
        room = screen.height() - _WINDOW_FRAME_HEIGHT
        margins = self._column.contentsMargins()
        inner = wide - margins.left() - margins.right()
        self.setMinimumWidth(wide)
        self._scroll.setMinimumHeight(0)
        rest = self._column.totalMinimumHeightForWidth(wide)
        fields = self.fields
        wanted = fields.heightForWidth(inner) if fields.hasHeightForWidth() else fields.sizeHint().height()
        self._scroll.setMinimumHeight(max(fonts.px(_MIN_FIELDS_HEIGHT), min(wanted, room - rest)))
        self._column.activate()
        self.resize(wide, min(room, self._column.totalMinimumHeightForWidth(wide)))

    def begin(self, forms: Forms, topic: object) -> None:
        """Put back what was typed in such a dialog about this topic and not saved."""
        self.unsaved.begin(forms, topic)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """A file that is dropped on a field inserts no path."""
        super().showEvent(event)
        if self._past is None and self.windowHandle() is not None:
            self._past = FilesPastFields(self)

    def complain(self, words: str) -> None:
        """Show an error below the fields; the dialog stays open."""
        self.wrong.setText(words)
        self.wrong.show()
        self.fit()

    def keep(self) -> None:
        """Save, and close if that succeeds."""
        raise NotImplementedError

    def done(self, outcome: int) -> None:
        """Keep what was typed unless it is saved, and delete the dialog."""
        if outcome == QDialog.DialogCode.Accepted:
            self.unsaved.saved()
        kept = self.unsaved.end()
        super().done(outcome)
        if kept:
            self.left.emit(self.windowTitle())
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, and so does Enter outside a field of several lines."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
            return
        super().keyPressEvent(event)


def labelled(
    field: QWidget, title: str, help_words: str = "", *, name: str = "", aside: str = "", left: bool = False
) -> QWidget:
    """Wrap a field with its label above and help below; both are set for screen readers too.

    `name` is the accessible name if it differs from `title`, `aside` a remark in brackets such as "optional"; a field
    at the `left` keeps its own width.
    """
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    if title:
        label = Label(f"{title} ({aside})" if aside else title, "heading", "text2", wrap=True)
        label.setBuddy(field)
        column.addWidget(label)
    column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag(0))
    if help_words:
        column.addWidget(Label(help_words, "meta", "text2", wrap=True))
    field.setAccessibleName(name or title)
    field.setAccessibleDescription(help_words)
    return row
