"""The list's filter: a menu of states, channels and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.inbox import Query
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.workbench import Workbench


class FilterMenu(QMenu):
    """Each entry changes one part of the query; `chosen` carries the resulting Query."""

    chosen = Signal(object)

    def __init__(self, bench: Workbench, query: Query, parent: QWidget) -> None:
        """Check the entries that match `query`."""
        super().__init__(parent)
        self._query = query
        quiet = bench.inbox.counts()["quiet"]
        titles = (
            ("snoozed", tr("Snoozed")),
            ("done", tr("Done")),
            ("quiet", tr("Quiet ({count})").format(count=quiet)),
        )
        for state, words in titles:
            self._add(words, query._replace(state=state))
        self.addSeparator()
        self._add(tr("All channels"), query._replace(account_id=None))
        for number, name in bench.inbox.accounts():
            self._add(name, query._replace(account_id=number))
        labels = bench.inbox.all_labels()
        if labels:
            self.addSeparator()
            self._add(tr("Any label"), query._replace(label=""))
            for name in labels:
                self._add(name, query._replace(label=name))

    def _add(self, words: str, query: Query) -> None:
        action = QAction(text.plain(words).replace("&", "&&"), self)  # Qt reads a single & as a mnemonic
        action.setCheckable(True)
        action.setChecked(query == self._query)
        action.setData(query)
        action.triggered.connect(self._triggered)
        self.addAction(action)

    def _triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())
