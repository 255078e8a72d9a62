"""The model of the palette's rows and headings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from ui.palette.found import Found

Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel):
    """Rows under headings; a row is a Found, a heading a str."""

    FOUND = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: list[Found | str] = []

    def show(self, rows: Sequence[Found]) -> None:
        """Show these rows, with a heading wherever the group changes."""
        self.beginResetModel()
        self.rows = []
        group = ""
        for row in rows:
            if row.group and row.group != group:
                group = row.group
                self.rows.append(group)
            self.rows.append(row)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of rows and headings."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The Found or heading for the delegate, a sentence for screen readers."""
        row = self.rows[index.row()]
        if role == self.FOUND:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if isinstance(row, str):
                return row
            return ", ".join(part for part in (row.title, row.aside, row.cap) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are disabled."""
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
