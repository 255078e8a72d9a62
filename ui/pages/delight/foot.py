"""The bar below the table for the selected gift: what it lacks, and its next step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gifts import Gift, lacks_address
from ui.look import text
from ui.look.text import tr
from ui.pages.delight import words
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.panels import Panel


class GiftFoot(QWidget):
    """`asked` carries the pressed button: "ask", "address", "edit", "step" or "talk"."""

    asked = Signal(str)

    def __init__(self) -> None:
        """Start hidden, until `show_gift`."""
        super().__init__()
        self.name, self.says = ElidedLabel("", "meta", weight=600), ElidedLabel("", "meta", "text2")
        self.talk = IconButton("message-square", tr("Open the conversation"))
        self.edit = IconButton("pencil", tr("Edit"))
        self.address = ActionButton(tr("Address"), "map-pin")
        self.ask = ActionButton(tr("Ask for the address"), "message-circle-question-mark")
        self.step = ActionButton("")
        self.edit.follow("edit_gift")
        self.address.follow("gift_address", painted=False)  # beside what the gift lacks there is no room for chords
        self.step.follow("next_stage", painted=False)
        panel = Panel(fill="subtle", margin=0)
        row = QHBoxLayout()
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        lines = QVBoxLayout()  # one above the other: side by side there is no room for both beside four buttons
        lines.setSpacing(0)
        lines.addWidget(self.name)
        lines.addWidget(self.says)
        row.addLayout(lines, 1)
        for key, button in (
            ("talk", self.talk), ("edit", self.edit), ("address", self.address), ("ask", self.ask), ("step", self.step),
        ):  # fmt: skip
            row.addWidget(button)
            button.setObjectName(key)
            button.clicked.connect(self._pressed)
        panel.column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 8, 20, 16)
        outer.addWidget(panel)
        self.hide()

    def show_gift(self, gift: Gift | None, now: int, *, handed: bool = False) -> None:
        """Show a gift's actions; None hides the bar. `now` is Unix UTC, `handed` as in `words.lacks`."""
        self.setVisible(gift is not None)
        if gift is None:
            return
        wants = lacks_address(gift)
        self.name.setText(gift.member)
        self.says.setText(text.sentence(words.lacks(gift, now, handed=handed)))
        self.says.set_tone("warn" if wants else "text2")
        self.talk.setVisible(gift.conversation_id is not None)
        self.ask.setVisible(wants and gift.state == "approved")
        self.address.setVisible(gift.state in ("idea", "approved", "asked", "address_in", "to_ship"))
        following = words.step(gift, now)
        self.step.setVisible(bool(following))
        self.step.set_title(following)

    def _pressed(self) -> None:
        self.asked.emit(self.sender().objectName())
