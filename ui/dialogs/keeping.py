"""Keeping rules: the list of them, a new one, what one would erase today, and the run, which is asked for each time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Never

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.retention import Due, Rule, Trial, telling
from ui.dialogs.forgetting import Lines
from ui.dialogs.keeping_form import RuleFields
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets import enter, paint
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.labels import Rule as Line
from ui.widgets.panels import Scroll
from ui.widgets.reading_order import InReadingOrder
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate, RowView

if TYPE_CHECKING:
    from app.retention.runs import Run
    from ui.frame.page import Frame

_MARGINS = (12, 12)


def show(frame: Frame) -> None:
    """Show the rules, and wait until the dialog is closed."""
    made = KeepingRules(frame)
    made.exec()
    made.deleteLater()


class KeepingRules(InReadingOrder, QDialog):
    """Lists the rules with what is due by each; each can be looked at, run from there, or removed."""

    def __init__(self, frame: Frame) -> None:
        """Nothing here erases anything by itself."""
        super().__init__(frame.window())
        self._frame, self._desk = frame, frame.bench.retention
        self.setWindowTitle(tr("Keeping rules"))
        _fit(self, frame.window())
        column = _column(self, tr("Keeping rules"))
        intro = tr("How long what was said is kept. No rule runs by itself: look at what is due, and say when.")
        column.addWidget(Label(intro, "body", "text2", wrap=True))
        self._list = Scroll((0, 0, 8, 0), 0)
        column.addWidget(self._list, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.new = ActionButton(tr("New rule"), "plus", height=32)
        self.new.clicked.connect(self._add)
        self.receipts = ActionButton(tr("Receipts"), "file-text", kind="plain", height=32)
        self.receipts.clicked.connect(self._show_receipts)
        self.close_button = ActionButton(tr("Close"), key="Esc", height=32)
        self.close_button.clicked.connect(self.reject)
        row.addWidget(self.new)
        row.addWidget(self.receipts)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)
        self.rows: list[_RuleRow] = []
        self.read_again()

    def read_again(self) -> None:
        """Show the rules as they are now."""
        self._list.clear()
        due = self._desk.due()
        self.rows = [_RuleRow(rule, self._desk.sentence(rule), due[rule.id]) for rule in self._desk.every()]
        for row in self.rows:
            row.look.clicked.connect(partial(self._look, row.rule))
            row.drop.clicked.connect(partial(self._remove, row.rule))
            self._list.column.addWidget(row)
        if not self.rows:
            none = tr("There are no rules yet. Everything is kept until you forget a member.")
            self._list.column.addWidget(Label(none, "body", "text2", wrap=True))
        self._list.column.addStretch(1)
        self.receipts.setVisible(bool(self._desk.runs()))
        (self.rows[0].look if self.rows else self.new).setFocus(Qt.FocusReason.TabFocusReason)

    def _look(self, rule: Rule) -> None:
        _wait_for(WhatIsDue(self._frame, self, rule))
        self.read_again()

    def _add(self) -> None:
        _wait_for(NewRule(self._frame, self))
        self.read_again()

    def _remove(self, rule: Rule) -> None:
        self._desk.remove(rule.id)
        self._frame.toast(tr("Removed the keeping rule. Undo brings it back."))
        self.read_again()

    def _show_receipts(self) -> None:
        _wait_for(Receipts(self._frame, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between the rules."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        buttons = [row.look for row in self.rows]
        if step and buttons:
            at = next((n for n, button in enumerate(buttons) if button.hasFocus()), -1 if step > 0 else len(buttons))
            buttons[max(0, min(len(buttons) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)
        elif not enter.pressed(self, event):
            super().keyPressEvent(event)


class _RuleRow(QWidget):
    """A rule: what it does, how much is due, and its two buttons."""

    def __init__(self, rule: Rule, sentence: str, due: int) -> None:
        super().__init__()
        self.rule = rule
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(text.plain(sentence), "body", wrap=True))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.due = Label(telling.due_words(due), "meta", "text" if due else "text2")
        self.look = ActionButton(tr("Show what is due"), "list-filter", height=26)
        self.look.setAccessibleName(tr("Show what is due: {rule}").format(rule=text.plain(sentence)))
        self.drop = ActionButton(tr("Remove"), "trash-2", kind="plain", height=26)
        self.drop.setAccessibleName(tr("Remove the rule: {rule}").format(rule=text.plain(sentence)))
        foot.addWidget(self.look)
        foot.addWidget(self.drop)
        foot.addStretch(1)
        foot.addWidget(self.due)
        column.addLayout(foot)
        column.addSpacing(4)
        column.addWidget(Line())


class NewRule(InReadingOrder, QDialog):
    """Asks for a rule; before it is kept, what it would erase today is shown."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        """Begin with a year."""
        super().__init__(parent)
        self._frame = frame
        self.setWindowTitle(tr("New keeping rule"))
        room = frame.window().size()
        self.setMinimumWidth(min(fonts.px(480), room.width() - 40))
        column = _column(self, tr("New keeping rule"))
        self.fields = RuleFields(frame.bench)
        scroll = Scroll((0, 0, 8, 0), 0)
        scroll.column.addWidget(self.fields)
        scroll.column.addStretch(1)
        column.addWidget(scroll, 1)
        self.wrong = Label("", "body", "danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        cancel = ActionButton(tr("Cancel"), kind="plain", height=32)
        cancel.clicked.connect(self.reject)
        self.go = ActionButton(tr("Show what it would erase"), "list-filter", "Ctrl ↵", kind="primary", height=32)
        self.go.clicked.connect(self._try)
        row.addWidget(cancel)
        row.addWidget(self.go)
        column.addLayout(row)
        self.resize(min(fonts.px(520), room.width() - 40), min(fonts.px(540), room.height() - 60))
        self.fields.what.setFocus()

    def _try(self) -> None:
        rule = self.fields.rule()
        try:
            self._frame.bench.retention.check(rule)
        except UserError as why:
            self.wrong.setText(text.plain(str(why)))
            self.wrong.show()
            return
        self.wrong.hide()
        if _wait_for(WhatIsDue(self._frame, self, rule)):
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter shows what it would erase; plain Enter presses the button in focus and no other."""
        if enter.pressed(self, event, self._try):
            return
        super().keyPressEvent(event)


class WhatIsDue(InReadingOrder, QDialog):
    """What a rule would erase today, as a list. A new rule is kept from here; one that is kept is run.

    Nothing is erased until the button is pressed, and then only what is listed.
    """

    def __init__(self, frame: Frame, parent: QWidget, rule: Rule) -> None:
        """Begin to look, on a thread of its own: in a large file that takes a moment."""
        super().__init__(parent)
        self._frame, self._rule, self._desk = frame, rule, frame.bench.retention
        self._seen: Trial | None = None
        self.run: Run | None = None
        self._working: Working | None = None
        self._busy = False
        self.setWindowTitle(tr("What is due"))
        _fit(self, frame.window())
        column = _column(self, tr("What is due"))
        self.said = Lines()
        column.addWidget(self.said, 3)
        self.model = _DueModel()
        self.listed = RowView(tr("Conversations that are due"), _DueDelegate())
        self.listed.setModel(self.model)
        self.listed.hide()
        column.addWidget(self.listed, 4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.cancel = ActionButton(tr("Cancel"), key="Esc", height=32)
        self.cancel.clicked.connect(self.reject)
        self.go = (
            ActionButton(tr("Erase for good"), "trash-2", kind="danger", height=32)
            if rule.id
            else ActionButton(tr("Keep this rule"), "check", kind="primary", height=32)
        )
        self.go.setEnabled(False)
        self.go.clicked.connect(self._erase if rule.id else self._keep)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        column.addLayout(row)
        self.said.show_lines([self._desk.sentence(rule), tr("Looking for what is due…")])
        self._start(self._look, self._looked)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> tuple[Trial, list[str]]:
        seen = self._desk.trial(self._rule)
        return seen, telling.before(seen, *self._desk.copies())

    def _start(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self._busy = True
        self._working = Working(lambda _progress, _stop: work(), "keeping")
        self._working.finished.connect(done)
        self._working.failed.connect(self._stopped)
        self._working.start()

    def _looked(self, found: tuple[Trial, list[str]]) -> None:
        self._busy = False
        self._seen, lines = found
        self.said.show_lines([self._desk.sentence(self._rule), *lines])
        self.model.show_rows(self._seen.due)
        self.listed.setVisible(bool(self._seen.due))
        self.go.setEnabled(not self._rule.id or bool(self._seen.due))

    def _keep(self) -> None:
        try:
            self._desk.add(self._rule)
        except UserError as why:
            self._stopped(why)
            return
        self.accept()

    def _erase(self) -> None:
        seen = self._seen
        if seen is None:
            return
        for button in (self.go, self.cancel):
            button.setEnabled(False)
        self.listed.hide()
        self.said.show_lines([tr("Erasing. This window stays open until it is done.")])
        self._start(lambda: self._desk.run(seen), self._erased)

    def _erased(self, run: Run) -> None:
        self._busy, self.run = False, run
        self.said.show_lines(telling.after(run))
        self.go.hide()
        self.cancel.set_title(tr("Close"))
        self.cancel.setEnabled(True)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stopped(self, why: UserError | None) -> None:
        """It could not be done, or not wholly: done again, it goes on where it was cut off."""
        self._busy = False
        self.cancel.setEnabled(True)
        self.go.setEnabled(self._seen is not None)
        self.said.show_lines([text.plain(str(why)) if why is not None else tr("It couldn't be done. Try again.")])

    def reject(self) -> None:
        """Close, but not while something is being erased."""
        if not self._busy or self.cancel.isEnabled():
            super().reject()

    def done(self, outcome: int) -> None:
        """Nobody waits for what is still looked for."""
        if self._working is not None and self.run is None:
            self._working.leave()
        super().done(outcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses no button but the one in focus."""
        if not enter.pressed(self, event):
            super().keyPressEvent(event)


class Receipts(InReadingOrder, QDialog):
    """What rules have erased, the latest run first; no receipt names anybody."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        """Show them; nothing here changes anything."""
        super().__init__(parent)
        self.setWindowTitle(tr("What rules have erased"))
        _fit(self, frame.window())
        column = _column(self, tr("What rules have erased"))
        self.said = Lines()
        self.said.show_lines([text.plain(line) for run in frame.bench.retention.runs() for line in telling.after(run)])
        column.addWidget(self.said, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = ActionButton(tr("Close"), key="Esc", height=32)
        close.clicked.connect(self.reject)
        row.addWidget(close)
        column.addLayout(row)
        close.setFocus(Qt.FocusReason.OtherFocusReason)


class _DueModel(RowModel[Due, Never]):
    """The conversations that are due, the longest silent first."""

    def __init__(self) -> None:
        super().__init__(Due)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate; a sentence for screen readers."""
        row = self.row_at(index.row())
        if row is None or role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((*_upper(row), _lower(row)))
        return None


class _DueDelegate(RowDelegate):
    """Paints a conversation in two lines: who, and the day of its last word; where, and what it is called."""

    row_height = 52

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, Due):
            return
        ground(painter, option, _MARGINS)
        px, rect = fonts.px, QRect(option.rect)
        left, right = rect.left() + px(_MARGINS[0]), rect.right() + 1 - px(_MARGINS[1])
        line = QRect(left, rect.top() + px(7), right - left, px(19))
        who, day = _upper(row)
        used = paint.words(painter, line, day, right=True)
        paint.words(painter, line.adjusted(0, 0, -used - px(12), 0), who, "row", "text", 500)
        paint.words(painter, line.translated(0, px(19)), _lower(row))


def _upper(row: Due) -> tuple[str, str]:
    then, today = clock.local(row.last_at).date(), clock.local(clock.now()).date()
    return text.name(row.who) if row.who else tr("Nobody known"), text.day(then, today)


def _lower(row: Due) -> str:
    return ": ".join(filter(None, (text.plain(row.place), text.plain(row.title))))


def _column(dialog: QDialog, title: str) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(12)
    column.addWidget(Label(title, "title", wrap=True))
    return column


def _wait_for(dialog: QDialog) -> bool:
    """Show a dialog until it is closed; whether it was accepted."""
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted


def _fit(dialog: QDialog, parent: QWidget) -> None:
    room = parent.size()
    dialog.setMinimumWidth(min(fonts.px(520), room.width() - 40))
    dialog.resize(min(fonts.px(640), room.width() - 40), min(fonts.px(580), room.height() - 60))
