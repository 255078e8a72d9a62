"""The dialog with the fields of one's own: named, ordered, added and removed, as one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.members.own import MOST_FIELDS
from ui.frame.doing import announce
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.form_dialog import FormDialog

if TYPE_CHECKING:
    from ui.frame.page import Frame


class _Row(QWidget):
    """One field: its name, and buttons that move it up or remove it."""

    up = Signal(object)
    gone = Signal(object)

    def __init__(self, number: int | None, name: str, members: int) -> None:
        super().__init__()
        self.number = number
        self.name = QLineEdit(name)
        self.name.setAccessibleName(tr("Name of a field"))
        self.name.setPlaceholderText(tr("Such as favourite drink"))
        kept = text.counted(members, "Remove, from {count} member", "Remove, from {count} members")
        above, drop = IconButton("arrow-up", tr("Move up"), size=28), IconButton("x", kept, size=28)
        above.clicked.connect(lambda: self.up.emit(self))
        drop.clicked.connect(lambda: self.gone.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.name, 1)
        row.addWidget(above)
        row.addWidget(drop)


class FieldsForm(FormDialog):
    """Starts with the fields that there are, and an empty line while there are none."""

    def __init__(self, window: QWidget, frame: Frame) -> None:
        """See the class."""
        about = tr("Every member has them. There can be {count} at most.").format(count=MOST_FIELDS)
        super().__init__(window, tr("Fields"), tr("Your own fields"), about, tr("Cancel"))
        self._frame = frame
        self.rows: list[_Row] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.fields.addLayout(self._list)
        self.more = ActionButton(tr("Add a field"), "plus", kind="plain")
        self.more.clicked.connect(self.add)
        self.fields.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addStretch(1)
        for one in frame.bench.members.own.fields():
            self._append(_Row(one.id, one.name, one.members))
        if not self.rows:
            self.add()
        self.fit()
        self.rows[0].name.setFocus()

    def add(self) -> None:
        """Add an empty line for a new field."""
        made = _Row(None, "", 0)
        self._append(made)
        self.fit()
        made.name.setFocus()

    def _append(self, row: _Row) -> None:
        row.up.connect(self._up)
        row.gone.connect(self._remove)
        self.rows.append(row)
        self._list.addWidget(row)
        self.more.setEnabled(len(self.rows) < MOST_FIELDS)

    def _up(self, row: _Row) -> None:
        place = self.rows.index(row)
        if place:
            self.rows.insert(place - 1, self.rows.pop(place))
            self._list.removeWidget(row)
            self._list.insertWidget(place - 1, row)
            row.name.setFocus()

    def _remove(self, row: _Row) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.more.setEnabled(True)
        (self.rows[-1].name if self.rows else self.more).setFocus()

    def keep(self) -> None:
        """Save them all; show in the dialog what is wrong. A new line that is empty is none."""
        own, before = self._frame.bench.members.own, self._frame.bench.store.last_action
        wanted = [(row.number, row.name.text()) for row in self.rows if row.number or row.name.text().strip()]
        try:
            own.arrange(wanted)
        except UserError as why:
            self.complain(str(why))
            return
        announce(self._frame, tr("Your fields of members are saved."), before)
        self.accept()
