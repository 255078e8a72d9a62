"""A list box with a field above it: what is typed there leaves only the choices that have all its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.base.text import fold
from ui.look import text
from ui.look.text import tr
from ui.widgets.fields import Choice

_MAX_TYPED_CHARS = 60
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FilteredChoice(QWidget):
    """A field to type in, and a list box of the choices that match; the first match is chosen."""

    changed = Signal()
    """Another choice, or none, is current now."""

    def __init__(self, choices: Sequence[tuple[str, str]], hint: str) -> None:
        """`choices` are (key, title) pairs; `hint` says in the empty field what can be typed."""
        super().__init__()
        self._choices = [(key, title, fold(title)) for key, title in choices]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(hint)
        self.typed.setAccessibleName(hint)
        self.list = Choice(choices)
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column.addWidget(self.typed)
        column.addWidget(self.list)
        self.setFocusProxy(self.typed)
        for widget in (self.typed, self.list):
            widget.installEventFilter(self)
        self.typed.textEdited.connect(self._filter)
        self.list.currentIndexChanged.connect(self._say_changed)

    def setAccessibleName(self, name: str) -> None:
        """Name the list box."""
        self.list.setAccessibleName(name)

    def key(self) -> str:
        """The key of the current choice; "" if nothing matches."""
        return self.list.key()

    def chosen(self) -> str:
        """The key of the current choice. Raises UserError if what was typed matches none."""
        if not self.key():
            raise UserError(self.no_match())
        return self.key()

    def no_match(self) -> str:
        """The sentence that nothing matches what was typed."""
        return tr("None of those offered here matches “{typed}”.").format(
            typed=text.embed(self.typed.text().strip(), _MAX_TYPED_CHARS)
        )

    def set_key(self, key: str) -> None:
        """Choose by key, and offer all again."""
        self.typed.clear()
        self._filter("")
        self.list.set_key(key)

    def held(self) -> tuple[str, str]:
        """What was typed, and the key of the current choice."""
        return self.typed.text(), self.key()

    def hold(self, value: tuple[str, str]) -> None:
        """Fill in what `held` returned."""
        self.typed.setText(value[0])
        self._filter(value[0])
        if self.list.findData(value[1]) >= 0:
            self.list.set_key(value[1])

    def _filter(self, typed: str) -> None:
        words = fold(typed).split()
        matching = [(key, title) for key, title, folded in self._choices if all(word in folded for word in words)]
        self.list.blockSignals(True)
        self.list.set_choices(matching, self.key())
        self.list.blockSignals(False)
        self.list.setEnabled(bool(matching))
        self.changed.emit()

    def _say_changed(self, _index: int) -> None:
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the field move in the list box, and letters in the list box go to the field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        plain = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if watched is self.typed and event.key() in _LIST_KEYS:
            QApplication.sendEvent(self.list, event)
            return True
        if watched is self.list and not plain.value and event.text().strip().isprintable() and event.text().strip():
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(self.typed, event)
            return True
        return False
