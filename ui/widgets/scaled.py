"""Lengths that grow with the text: least, largest and fixed sizes, set again whenever the text size changes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.look import fonts
from ui.look.theme import theme


class _Lengths(QObject):
    """Belongs to its widget and ends with it."""

    def __init__(self, widget: QWidget, lengths: dict[str, float]) -> None:
        super().__init__(widget)
        self._widget, self._lengths = widget, lengths
        theme().changed.connect(self._apply)
        self._apply()

    def _apply(self) -> None:
        for name, length in self._lengths.items():
            _SETTERS[name](self._widget, fonts.px(length))


_SETTERS = {
    "width": QWidget.setFixedWidth, "height": QWidget.setFixedHeight,
    "min_width": QWidget.setMinimumWidth, "min_height": QWidget.setMinimumHeight,
    "max_width": QWidget.setMaximumWidth, "max_height": QWidget.setMaximumHeight,
}  # fmt: skip


def scaled(widget: QWidget, **lengths: float) -> None:
    """Set sizes in CSS pixels: `width`, `height`, or either with `min_` or `max_` before it.

    Raises KeyError for any other name.
    """
    unknown = lengths.keys() - _SETTERS.keys()
    if unknown:
        raise KeyError(*unknown)
    _Lengths(widget, lengths)
