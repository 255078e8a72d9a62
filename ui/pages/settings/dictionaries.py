"""The dictionaries in the settings: which language has one, and how to get one for those that lack it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.frame.working import Working
from ui.look import languages, text
from ui.look.text import tr
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.workbench import Workbench


def dictionary_rows(bench: Workbench) -> list[tuple[QWidget, str]]:
    """The rows, with the words that the search field finds them by."""
    return [(_Dictionaries(bench), tr("Dictionaries spelling language words hunspell"))]


class _Dictionaries(QWidget):
    """Looks for dictionaries whenever it is shown, on a worker: it is hundreds of folders."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 7, 0, 7)
        column.setSpacing(1)
        column.addWidget(Label(tr("Dictionaries"), "row"))
        self._lines: list[Label] = []
        for _code in languages.HOUSE:
            line = Label("", "meta", "text2", wrap=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)
            self._lines.append(line)
        self._looking = False

    def showEvent(self, event: QShowEvent) -> None:
        """Look again: one may have been installed."""
        super().showEvent(event)
        if not self._looking:
            self._looking = True
            working = Working(lambda _progress, _stop: self._bench.spelling.sources(languages.HOUSE), "dictionaries")
            working.finished.connect(self._show)
            working.failed.connect(self._failed)
            working.start()

    def _show(self, sources: object) -> None:
        self._looking = False
        if isinstance(sources, dict):
            for line, code in zip(self._lines, languages.HOUSE, strict=True):
                name = languages.own_name(code)
                line.setText(tr("{language}: {what}").format(language=name, what=text.plain(sources[code])))

    def _failed(self, _why: object) -> None:
        self._looking = False
