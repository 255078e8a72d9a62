"""Check boxes for what a login found to choose from (folders, rooms, channels)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import N_
from app.channels.base import Channel, Field
from ui.look.text import plain, tr
from ui.widgets.fields import CheckBox
from ui.widgets.labels import Label

_TYPED_HELP = N_("Separated by commas.")
"""The start of a list field's help that is left out here: check boxes need no commas."""
_MAX_CHOICES = 300
"""At most so many boxes for a field; with more rooms than that, they have to be typed."""


class OffersBox(QWidget):
    """A group of check boxes for each field with choices; the field's current values are checked."""

    def __init__(self, channel: Channel, offers: Mapping[str, Sequence[str]], answers: Mapping[str, str]) -> None:
        """`offers` has the choices and `answers` the plain values, both by field key."""
        super().__init__()
        self._fields = {field.key: field for field in channel.fields}
        self.boxes: dict[str, list[CheckBox]] = {}
        self._values: dict[CheckBox, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(2)
        for key, values in offers.items():
            if key in self._fields and to_choose(values):
                self._group(column, self._fields[key], values, answers.get(key, ""))
        column.addStretch(1)

    def _group(self, column: QVBoxLayout, field: Field, values: Sequence[str], answer: str) -> None:
        if self.boxes:
            column.addSpacing(12)
        column.addWidget(Label(tr(field.label), "heading", "text2", wrap=True))
        words = tr(field.help).removeprefix(tr(_TYPED_HELP)).strip()
        if words:
            column.addWidget(Label(words, "meta", "text2", wrap=True))
        chosen = {part.strip().casefold() for part in answer.replace(",", "\n").split("\n")}
        self.boxes[field.key] = []
        ticked_first = sorted(values[:_MAX_CHOICES], key=lambda value: value.casefold() not in chosen)
        for value in ticked_first:
            box = CheckBox(plain(value).replace("&", "&&"))
            box.setChecked(value.casefold() in chosen)
            self.boxes[field.key].append(box)
            self._values[box] = value
            column.addWidget(box)

    @property
    def every(self) -> list[CheckBox]:
        """All boxes, from top to bottom."""
        return [box for boxes in self.boxes.values() for box in boxes]

    def begin(self) -> None:
        """Focus the first box."""
        for box in self.every[:1]:
            box.setFocus(Qt.FocusReason.TabFocusReason)

    def missing(self) -> str:
        """The label of the first field that needs a checked box and has none; "" if there is none."""
        for key, boxes in self.boxes.items():
            field = self._fields[key]
            if (field.required or field.default) and not any(box.isChecked() for box in boxes):
                return tr(field.label)
        return ""

    def answers(self) -> dict[str, str]:
        """The checked values by field key, joined by newlines."""
        return {
            key: "\n".join(self._values[box] for box in boxes if box.isChecked()) for key, boxes in self.boxes.items()
        }


def to_choose(values: Sequence[str]) -> bool:
    """Whether there is more than one value to choose from."""
    return len(values) > 1
