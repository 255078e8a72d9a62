"""Form fields that the stylesheet alone cannot style: CheckBox, Choice (drop-down), Spin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from ui.look import fonts, icons, text
from ui.look.theme import color, theme
from ui.widgets import paint
from ui.widgets.labels import Label
from ui.widgets.search import SearchField as SearchField  # noqa: PLC0414  a field like the others for whoever asks

_CHOICE_LEAST = 84
"""CSS pixels to which a list box gives way."""


def _draw_mark(button: QAbstractButton) -> None:
    """Draw the box and the text of a check box."""
    painter, side, gap = QPainter(button), fonts.px(16), fonts.px(8)
    mirrored = button.layoutDirection() == Qt.LayoutDirection.RightToLeft
    top = (button.height() - side) // 2
    left = button.width() - side - 3 if mirrored else 3
    mark = QRect(left, top, side, side)
    on = button.isChecked()
    paint.box(painter, mark, fill="accent" if on else "surface", edge="accent" if on else "control", radius=4)
    if on:
        icons.draw(painter, "check", theme().hex("on_accent"), mark.x() + 2, mark.y() + 2, side - 4)
    painter.setPen(color("text" if button.isEnabled() else "text3"))
    painter.setFont(button.font())
    words = (
        QRect(0, 0, mark.left() - gap, button.height())
        if mirrored
        else QRect(mark.right() + gap, 0, button.width() - mark.right() - gap, button.height())
    )
    text.draw(painter, words, button.text().replace("&&", "&"), right=mirrored)
    if button.hasFocus():
        paint.focus_ring(painter, button.rect(), 5)


class CheckBox(QCheckBox):
    """A painted check box."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, check mark and text."""
        _draw_mark(self)

    def sizeHint(self) -> QSize:
        """The size of box and text, with room for the focus ring."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + fonts.px(16 + 8) + 10, max(fonts.px(26), self.fontMetrics().height() + 6))


class Spin(QSpinBox):
    """A whole number; its text has the same margin as in other fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Set the margins; no arrow buttons are drawn, keys and wheel step."""
        super().__init__(parent)
        self.lineEdit().setTextMargins(7, 0, 7, 0)


class Choice(QComboBox):
    """A list box of (key, title) pairs; `picked` carries the key when a person chooses."""

    picked = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]] = (), current: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        """`name` is the accessible name, if no label has it as buddy."""
        super().__init__(parent)
        self._spoken: Label | None = None
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_choices(choices, current)
        self.activated.connect(self._picked)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Replace the choices without emitting `picked`."""
        self.clear()
        for key, title in choices:
            self.addItem(title, key)
        self.set_key(current)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters and the ellipsis: the longest choice may be a long name."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), fonts.px(_CHOICE_LEAST)), whole.height())

    def key(self) -> str:
        """The key of the current choice; "" for none."""
        return str(self.currentData() or "")

    def set_key(self, key: str) -> None:
        """Choose by key; an unknown key chooses the first."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def showEvent(self, event: QShowEvent) -> None:
        """Give it an unseen label if it has a name and no label: on Linux, Qt tells screen readers nothing else.

        There a list box's own name is its current choice, and what it is about is only known from a label's relation.
        """
        super().showEvent(event)
        holder, name = self.parentWidget(), self.accessibleName().replace("&", "&&")
        if self._spoken is not None or holder is None or not name:
            return
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        if not any(label.buddy() is self for label in holder.findChildren(QLabel, options=direct)):
            self._spoken = Label(name, "meta")
            self._spoken.setParent(holder)
            self._spoken.hide()
            self._spoken.setBuddy(self)

    def _picked(self, _index: int) -> None:
        self.picked.emit(self.key())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field by the style, with our own arrow; a choice that is too long ends in "…"."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        shown = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width())
        option.currentText = shown
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        size = fonts.px(14)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 8 if mirrored else self.width() - size - 8
        icons.draw(painter, "chevron-down", theme().hex("text2"), left, (self.height() - size) / 2, size)
