"""What goes along with a request: which messages, whether private words do, and a translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from app.handoffs import USUAL_MESSAGES, Along
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import CheckBox
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.workbench import Workbench

_LIST_HEIGHT = 104


class AlongPart(QWidget):
    """The last three messages go along unless others are ticked; addresses and phone numbers only if they are."""

    def __init__(self, bench: Workbench, conversation_id: int, parent: QWidget | None = None) -> None:
        """Start with the usual messages ticked, and the list folded."""
        super().__init__(parent)
        self._offered: Sequence[Along] = bench.handoffs.offered_along(conversation_id)
        self.more = LinkButton("")
        self.more.clicked.connect(self._unfold)
        self.private = CheckBox(tr("Include addresses and phone numbers"))
        self.messages, self._rows = QListView(), QStandardItemModel(self)
        self.messages.setModel(self._rows)
        self.messages.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.messages.setAccessibleName(tr("Messages that go along"))
        scaled(self.messages, height=_LIST_HEIGHT)
        for one in self._offered:
            who = tr("You") if one.ours else text.plain(one.who) or tr("Somebody")
            item = QStandardItem(tr("{name}: {words}").format(name=who, words=text.plain(one.words)))
            item.setCheckable(True)
            self._rows.appendRow(item)
        self._tick(self._usual())
        self._rows.itemChanged.connect(lambda _item: self._count())
        self.messages.hide()
        self.translation = QLineEdit()
        self.translation.setPlaceholderText(tr("What they said, in a language that the teammate knows"))
        self.translation.setAccessibleName(tr("Translation"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.more)
        row.addWidget(self.private)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.messages)
        column.addWidget(self.translation)
        self._count()

    def _usual(self) -> set[int]:
        return {one.id for one in self._offered[-USUAL_MESSAGES:]}

    def _tick(self, numbers: set[int]) -> None:
        for place, one in enumerate(self._offered):
            ticked = Qt.CheckState.Checked if one.id in numbers else Qt.CheckState.Unchecked
            self._rows.item(place).setCheckState(ticked)

    def _count(self) -> None:
        count = len(self.ticked())
        words = text.counted(count, "{count} message goes along", "{count} messages go along")
        self.more.set_title(words if count else tr("No message goes along"))

    def _unfold(self) -> None:
        self.messages.setVisible(self.messages.isHidden())
        self.translation.show()
        if not self.messages.isHidden():
            self.messages.setFocus(Qt.FocusReason.OtherFocusReason)
            self.messages.setCurrentIndex(self._rows.index(self._rows.rowCount() - 1, 0))

    def ticked(self) -> list[int]:
        """The ids of the messages that go along, oldest first."""
        return [
            one.id
            for place, one in enumerate(self._offered)
            if self._rows.item(place).checkState() == Qt.CheckState.Checked
        ]

    def details(self) -> dict[str, object]:
        """What `Handoffs.add` takes of it; the usual messages are not named, so that they read as before."""
        ticked = self.ticked()
        found: dict[str, object] = {
            "private_words": self.private.isChecked(), "translation": self.translation.text().strip(),
        }  # fmt: skip
        if not ticked:
            found["context"] = ""
        elif set(ticked) != self._usual():
            found["message_ids"] = ticked
        return found
