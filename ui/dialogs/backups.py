"""The dialog that lists the backups: each is checked while one looks, with what is in it, and can be restored."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock, sizes
from app.safety import copies
from app.safety.backup import Found, seen
from app.safety.daily import is_automatic
from app.store import wayback
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import counted, tr
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label, Rule
from ui.widgets.panels import Scroll
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from app.workbench import Workbench


class Backups(InReadingOrder, QDialog):
    """Lists the backups, newest first; afterwards `chosen` is to be restored, or another file is to be looked for."""

    def __init__(self, bench: Workbench, parent: QWidget | None) -> None:
        """Begin to check them on a worker thread, the newest first."""
        super().__init__(parent)
        self.chosen: Path | None = None
        self.wants_another = False
        self.setWindowTitle(tr("Backups"))
        room = parent.size() if parent is not None else self.screen().availableGeometry().size()
        self.setMinimumWidth(min(fonts.px(560), room.width() - 40))
        self.resize(min(fonts.px(640), room.width() - 40), min(fonts.px(600), room.height() - 60))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(Label(tr("Backups"), "title"))
        for words in _intro(bench):
            column.addWidget(Label(text.plain(words), "body", "text2", wrap=True))
        for warning in filter(None, (bench.backup_warning(), copies.warning(bench.profile))):
            column.addWidget(Label(text.plain(warning), "body", "danger", wrap=True))
        listed = Scroll(margins=(0, 0, 8, 0), spacing=0)
        self.rows = [_Row(file, self._choose) for file in bench.backups.files()]
        for row in self.rows:
            listed.column.addWidget(row)
        listed.column.addStretch(1)
        column.addWidget(listed, 1)
        column.addLayout(self._foot())
        self._left = list(self.rows)
        self._working: Working | None = None
        self._check_next()
        if self.rows:
            self.rows[0].restore.setFocus(Qt.FocusReason.TabFocusReason)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        another = ActionButton(tr("Another file"), "folder-open", kind="plain")
        another.clicked.connect(self._look_elsewhere)
        close = ActionButton(tr("Close"), key="Esc", height=32)
        close.clicked.connect(self.reject)
        row.addWidget(another)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _check_next(self) -> None:
        self._working = None
        if not self._left:
            return
        row = self._left.pop(0)
        self._working = Working(partial(_checked, row.file), "backups")
        self._working.finished.connect(row.show_seen)
        self._working.finished.connect(self._check_next)
        self._working.failed.connect(self._check_next)
        self._working.start()

    def _choose(self, file: Path) -> None:
        self.chosen = file
        self.accept()

    def _look_elsewhere(self) -> None:
        self.wants_another = True
        self.accept()

    def done(self, outcome: int) -> None:
        """What is not checked yet stays unchecked."""
        self._left.clear()
        if self._working is not None:
            self._working.leave()
        super().done(outcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between the backups; Esc closes."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        buttons = [row.restore for row in self.rows if row.restore.isEnabled()]
        if step and buttons:
            at = next((n for n, button in enumerate(buttons) if button.hasFocus()), -1 if step > 0 else len(buttons))
            buttons[max(0, min(len(buttons) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


def _checked(file: Path, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
    return seen(file)


def _intro(bench: Workbench) -> list[str]:
    """How backups come about, and where they lie."""
    made = tr(
        "Rapport makes one each day that something has changed, and one before a large import. It keeps all of today's "
        "and yesterday's, then one for each of 12 days, 10 weeks and 9 months. Your own stay until you delete them."
    )
    folder, second = text.breakable(str(bench.profile.backups)), bench.backups.second()
    other = text.breakable(second.folder)
    if not second.folder:
        lie = tr("They're in {folder}. A second place, on another drive, can be chosen in Settings.")
        return [made, lie.format(folder=folder)]
    if second.at is None:
        soon = tr("They're in {folder}. From the next one on, a copy goes to {second}.")
        return [made, soon.format(folder=folder, second=other)]
    both = tr("They're in {folder}. The last copy in {second}: {when}.")
    return [made, both.format(folder=folder, second=other, when=text.day_and_time(second.at, clock.now()))]


class _Row(QWidget):
    """One backup: when it was made, by whom, what is in it, and the button that restores it."""

    def __init__(self, file: Path, choose: Callable[[Path], object]) -> None:
        super().__init__()
        self.file, self._choose = file, choose
        at, now = wayback.made_at(file), clock.now()
        when = f"{text.day(clock.local(at).date(), clock.local(now).date())} {text.clock(at)}"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(when, "strong"), 1)
        head.addWidget(Label(tr("Automatic") if is_automatic(file) else "", "meta", "text2"))
        self.restore = ActionButton(tr("Restore"), "archive-restore", height=26)
        self.restore.setAccessibleName(tr("Restore the backup of {when}").format(when=when))
        self.restore.clicked.connect(self._pressed)
        head.addWidget(self.restore)
        column.addLayout(head)
        self.state = Label(tr("Not checked yet"), "meta", "text2", wrap=True)
        self.last = Label("", "meta", "text2", wrap=True)
        self.last.hide()
        column.addWidget(self.state)
        column.addWidget(self.last)
        column.addSpacing(6)
        column.addWidget(Rule())

    def show_seen(self, found: Found) -> None:
        """Show what the check found."""
        if found.content is None:
            self.restore.setEnabled(False)
            self.state.set_tone("danger")
            self.state.setText(tr("Can't be restored: {fault}").format(fault=found.fault))
            return
        held = found.content
        self.state.setText(
            tr("Checked just now: {messages}, {conversations}, {members}, {size}").format(
                messages=counted(held.messages, "{count} message", "{count} messages"),
                conversations=counted(held.conversations, "{count} conversation", "{count} conversations"),
                members=counted(held.members, "{count} member", "{count} members"),
                size=sizes.in_words(found.size),
            )
        )
        if held.last and held.last_at is not None:
            when = text.day_and_time(held.last_at, clock.now())
            last = tr("Last done in it: {title}, {when}")
            self.last.setText(last.format(title=text.isolate(text.plain(held.last)), when=when))
            self.last.show()

    def _pressed(self) -> None:
        self._choose(self.file)
