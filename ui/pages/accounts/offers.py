"""What a login found to choose from (folders, rooms, channels), as boxes to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import N_
from app.channels.base import Channel, Field
from ui.look.text import plain, tr
from ui.widgets.fields import CheckBox
from ui.widgets.labels import Label

_TYPED = N_("Separated by commas.")
"""How a field's help begins that lists what is typed; boxes need no commas."""
_CHOICES_SHOWN = 300
"""Boxes for one field; whoever has more rooms than that names them."""


class OffersBox(QWidget):
    """A group of boxes for each field that has something to choose; what the field held is ticked."""

    def __init__(self, channel: Channel, offers: Mapping[str, Sequence[str]], answers: Mapping[str, str]) -> None:
        """`answers` are the form's plain fields."""
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
        words = tr(field.help).removeprefix(tr(_TYPED)).strip()
        if words:
            column.addWidget(Label(words, "meta", "text2", wrap=True))
        chosen = {one.strip().casefold() for one in answer.replace(",", "\n").split("\n")}
        self.boxes[field.key] = []
        ticked_first = sorted(values[:_CHOICES_SHOWN], key=lambda value: value.casefold() not in chosen)
        for value in ticked_first:
            box = CheckBox(plain(value).replace("&", "&&"))
            box.setChecked(value.casefold() in chosen)
            self.boxes[field.key].append(box)
            self._values[box] = value
            column.addWidget(box)

    @property
    def every(self) -> list[CheckBox]:
        """All boxes, from above to below."""
        return [box for boxes in self.boxes.values() for box in boxes]

    def begin(self) -> None:
        """The first box has the keys."""
        for box in self.every[:1]:
            box.setFocus(Qt.FocusReason.TabFocusReason)

    def missing(self) -> str:
        """The label of a field of which something has to be ticked and nothing is; "" where all is well."""
        for key, boxes in self.boxes.items():
            field = self._fields[key]
            if (field.required or field.default) and not any(box.isChecked() for box in boxes):
                return tr(field.label)
        return ""

    def answers(self) -> dict[str, str]:
        """What is ticked, a line for each, by field."""
        return {
            key: "\n".join(self._values[box] for box in boxes if box.isChecked()) for key, boxes in self.boxes.items()
        }


def to_choose(values: Sequence[str]) -> bool:
    """Whether there is anything to choose."""
    return len(values) > 1
