"""The fields of the settings page: one for each kind of value, with its label, help and bounds from the table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.settings import Setting
from ui.look import text
from ui.widgets.fields import CheckBox, Choice, Spin
from ui.widgets.labels import Label
from ui.widgets.scaled import scaled

Value = str | int | bool
_WIDTH = 220


def field(setting: Setting, value: Value, changed: Callable[[object], object], edited: Callable[[], object]) -> QWidget:
    """The field of a setting; `changed` is called with a new value, `edited` when a text field is left."""
    made: QWidget
    if isinstance(setting.default, bool):
        made = CheckBox("")
        made.toggled.connect(changed)
        made.toggled.connect(_Named(made))
    elif setting.choices:
        made = Choice([(key, text.tr(title)) for key, title in setting.choices], str(value))
        made.picked.connect(changed)
    elif isinstance(setting.default, int):
        made = Spin()
        made.setRange(setting.low, setting.high)
        made.setSingleStep(setting.step)
        before, _, after = text.tr(setting.unit).partition("{count}")
        made.setPrefix(before)
        made.setSuffix(after)
        made.setKeyboardTracking(False)
        made.valueChanged.connect(changed)
    else:
        made = QLineEdit()
        made.editingFinished.connect(edited)
    made.setProperty("setting", setting.key)
    scaled(made, width=_WIDTH)
    show_value(made, value)
    return made


class _Named:
    """Says beside a box whether it is on."""

    def __init__(self, box: CheckBox) -> None:
        self._box = box

    def __call__(self, on: bool) -> None:  # noqa: FBT001  a signal's
        self._box.setText(text.tr("On") if on else text.tr("Off"))


def show_value(shown: QWidget, value: Value) -> None:
    """Show a stored value in its field, without storing it again."""
    blocked = QSignalBlocker(shown)
    if isinstance(shown, CheckBox):
        shown.setChecked(bool(value))
        _Named(shown)(bool(value))
    elif isinstance(shown, Choice):
        shown.set_key(str(value))
    elif isinstance(shown, Spin):
        shown.setValue(int(value))
    elif isinstance(shown, QLineEdit):
        shown.setText(str(value))
    blocked.unblock()


def row(label: str, words: str, field: QWidget) -> QWidget:
    """A row with label and help at the left and the field at the right, which has the focus."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 7, 0, 7)
    line.setSpacing(16)
    left = QVBoxLayout()
    left.setSpacing(1)
    left.addStretch(1)  # beside a tall field the words stay together
    left.addWidget(Label(text.tr(label), "row", wrap=True))  # as wide as a window of 900 allows at 200 %
    if words:
        left.addWidget(Label(text.tr(words), "meta", "text2", wrap=True))
    left.addStretch(1)
    line.addLayout(left, 1)
    line.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
    made.setFocusProxy(field)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return made
