"""The menu of one slip: suggestions, which arrive while it is open, "Add to my words" and "Ignore here"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr

Choices = tuple[Callable[[str], None], Callable[[], None], Callable[[], None]]
"""What is done with a suggestion; adding the word; ignoring it."""


def fill(menu: QMenu, word: str, ask: Callable[[], Sequence[str]], choices: Choices) -> None:
    """Put a slip's actions at the top of a menu. `ask` runs on a worker and returns the suggestions."""
    _Filling(menu, word, ask, choices)


class _Filling(QObject):
    """Lives as long as the menu."""

    def __init__(self, menu: QMenu, word: str, ask: Callable[[], Sequence[str]], choices: Choices) -> None:
        super().__init__(menu)
        self._menu = menu
        self._replace, keep, ignore = choices
        before = menu.actions()[0] if menu.actions() else None
        self._waiting = QAction(tr("Looking for suggestions…"), menu)
        self._waiting.setEnabled(False)
        added = QAction(tr("Add “{word}” to my words").format(word=text.name(word)), menu)
        added.triggered.connect(keep)
        ignored = QAction(tr("Ignore here"), menu)
        ignored.triggered.connect(ignore)
        line = QAction(menu)
        line.setSeparator(True)
        for action in (self._waiting, line, added, ignored):
            if before is not None:
                menu.insertAction(before, action)
            else:
                menu.addAction(action)
        if before is not None:
            menu.insertSeparator(before)
        menu.aboutToHide.connect(menu.deleteLater)
        working = Working(lambda _progress, _stop: ask(), "suggestions")
        working.finished.connect(self._offer)
        working.failed.connect(self._offer)
        working.start()

    def _offer(self, words: object) -> None:
        offered = words if isinstance(words, tuple) else ()
        if not offered:
            self._waiting.setText(tr("No suggestions"))
            return
        actions = [QAction(text.isolate(word), self._menu) for word in offered]
        for action, word in zip(actions, offered, strict=True):
            action.setData(word)
            action.triggered.connect(self._take)
            self._menu.insertAction(self._waiting, action)
        self._menu.removeAction(self._waiting)
        if self._menu.activeAction() is None:
            self._menu.setActiveAction(actions[0])

    def _take(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._replace(str(action.data()))
