"""The dialog "What was done": a list from which imports, merges and older actions can be undone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.actions import COPY, IMPORT, Action
from app.base import clock
from app.base.errors import UserError
from app.base.mistakes import our_mistake
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel, Label, Rule
from ui.widgets.panels import Scroll
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from app.actions import Actions, Outlook
    from ui.frame.page import Frame

_PAGE_SIZE = 20


def show(frame: Frame) -> None:
    """Show the dialog and wait until it is closed."""
    made = WhatWasDone(frame)
    made.exec()
    made.deleteLater()


class WhatWasDone(InReadingOrder, QDialog):
    """Lists the actions, newest first, each with what undoing it would change."""

    def __init__(self, frame: Frame) -> None:
        """Load the first page of actions."""
        window = frame.window()
        super().__init__(window)
        self._actions = frame.bench.actions
        self._shown = _PAGE_SIZE
        self._working: Working | None = None
        self.rows: list[_Row] = []
        self.setWindowTitle(tr("What was done"))
        self.setMinimumWidth(min(fonts.px(640), window.width() - 40))
        self.resize(fonts.px(680), min(fonts.px(620), window.height() - 60))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Label(tr("What was done"), "title"))
        intro = tr("Newest first, with what undoing each one would change. What has been changed since then is kept.")
        column.addWidget(Label(intro, "body", "text2", wrap=True))
        self.status = Label("", "body", wrap=True)
        self.status.hide()
        column.addWidget(self.status)
        self._list = Scroll(margins=(0, 0, 8, 0), spacing=0)
        column.addWidget(self._list, 1)
        column.addLayout(self._foot())
        self.read_again()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.older = ActionButton(tr("Show older"), "history", kind="plain")
        self.older.clicked.connect(self._show_older)
        close = ActionButton(tr("Close"), key="Esc", height=32)
        close.clicked.connect(self.reject)
        row.addWidget(self.older)
        row.addStretch(1)
        row.addWidget(close)
        self._close = close
        return row

    def read_again(self) -> None:
        """Reload the list and focus its first Undo button."""
        self._list.clear()
        outlooks = self._actions.listed(self._shown + 1)
        self.older.setVisible(len(outlooks) > self._shown)
        self.rows = [_Row(outlook, self._undo_action) for outlook in outlooks[: self._shown]]
        for row in self.rows:
            self._list.column.addWidget(row)
        if not self.rows:
            self._list.column.addWidget(Label(tr("Nothing to undo."), "body", "text2"))
        self._list.column.addStretch(1)
        first = next((row.undo for row in self.rows if row.undo is not None), self._close)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_older(self) -> None:
        self._shown += _PAGE_SIZE
        self.read_again()

    def _undo_action(self, action: Action) -> None:
        if self._working is not None:
            return
        if action.kind not in (IMPORT, COPY):
            try:
                self._undone(self._actions.undo(action.id))
            except UserError as why:
                self._refused(why)
            return
        self._say(tr("Undoing: {title}").format(title=text.isolate(action.title)))
        self._list.setEnabled(False)
        self._working = Working(_Undo(self._actions, action.id), "undo")
        self._working.finished.connect(self._undone)
        self._working.failed.connect(self._refused)
        self._working.start()

    def _undone(self, action: Action) -> None:
        self._ended()
        words = tr("Undone: {title}").format(title=text.isolate(action.title))
        self._say(f"{words}. {action.remark}".strip())
        self.read_again()

    def _refused(self, why: UserError | None) -> None:
        self._ended()
        self._say(str(why or our_mistake()), wrong=True)
        self.read_again()

    def _ended(self) -> None:
        self._working = None
        self._list.setEnabled(True)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        from ui.widgets.toast import speak  # noqa: PLC0415  only after an undo

        self.status.set_tone("danger" if wrong else "text")
        self.status.setText(text.plain(words))
        self.status.show()
        speak(self, text.plain(words), urgent=wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between the Undo buttons; Esc closes, unless an undo is running."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        buttons = [row.undo for row in self.rows if row.undo is not None]
        if step and buttons:
            at = next((n for n, button in enumerate(buttons) if button.hasFocus()), -1 if step > 0 else len(buttons))
            buttons[max(0, min(len(buttons) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self._working is not None:
            return
        else:
            super().keyPressEvent(event)


class _Undo:
    """Undoes an import; called on a worker thread."""

    def __init__(self, actions: Actions, number: int) -> None:
        self._actions, self._number = actions, number

    def __call__(self, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
        return self._actions.undo(self._number)


class _Row(QWidget):
    """One action: title, age, what undoing it would change, and Undo or the reason why it cannot be undone."""

    def __init__(self, outlook: Outlook, undo_action: Callable[[Action], object]) -> None:
        super().__init__()
        self._action, self._undo_action = outlook.action, undo_action
        self.undo: ActionButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(ElidedLabel(text.plain(outlook.action.title), "strong"), 1)
        head.addWidget(Label(text.age(outlook.action.at, clock.now()), "meta", "text2"))
        if not outlook.why:
            self.undo = ActionButton(tr("Undo"), "undo-2", height=26)
            self.undo.setAccessibleName(tr("Undo: {title}").format(title=text.plain(outlook.action.title)))
            self.undo.clicked.connect(self._pressed)
            head.addWidget(self.undo)
        column.addLayout(head)
        touches = tr("Undo {what}").format(what=outlook.words) if outlook.words else tr("Nothing left to undo.")
        if outlook.told:
            column.addWidget(Label(text.plain(outlook.told), "meta", "text2", wrap=True))
        column.addWidget(Label(text.plain(outlook.why or touches), "meta", "text2", wrap=True))
        column.addSpacing(6)
        column.addWidget(Rule())

    def _pressed(self) -> None:
        self._undo_action(self._action)
