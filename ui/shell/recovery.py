"""Shown instead of the window where the file can't be opened: what is known, and the ways back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.base.mistakes import our_mistake
from app.base.paths import Profile
from app.repair import Repaired, repair
from app.repair.ways import Ways, ways
from app.safety import backup
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from ui.shell.opener import Opener

_LOOK_MS = 100
AGAIN, RESTORE, OTHER = 10, 11, 12
"""How it ends besides accepted (it was repaired) and rejected: try again, restore the backup, choose another file."""


class Recovery(InReadingOrder, QDialog):
    """Says why, what is known and what can be done; repairs on a worker and says what was done."""

    def __init__(self, profile: Profile, why: UserError, *, opens: bool = False) -> None:
        """`why` is the reason that the file can't be opened, or what is wrong with it though it `opens`."""
        super().__init__(None)
        self._profile, self._ways, self._opens = profile, ways(profile, why), opens
        self._working: Working | None = None
        self._said = ""
        self.setWindowTitle("Rapport")
        self.setMinimumWidth(fonts.px(520))
        self.setMaximumWidth(fonts.px(680))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        title = tr("Something is wrong with your file") if opens else tr("Your community can't be opened")
        self.title = Label(title, "title", wrap=True)
        column.addWidget(self.title)
        self.why = Label(text.plain(self._ways.why), "body", wrap=True)
        column.addWidget(self.why)
        self.known = Label(text.plain(" ".join(self._ways.known)), "body", "text2", wrap=True)
        self.known.setVisible(bool(self._ways.known))
        column.addWidget(self.known)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(4)
        column.addLayout(self._choices)
        self._add_choices(self._ways)
        for button in [*self.buttons.values()][:1]:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.state = Label("", "body", wrap=True)
        self.state.hide()
        column.addWidget(self.state)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.close_button = ActionButton(tr("Not now") if opens else tr("Close"), kind="plain", height=32)
        self.close_button.clicked.connect(self.reject)
        self.open_button = ActionButton(tr("Open it"), kind="primary", height=32)
        self.open_button.clicked.connect(self.accept)
        self.open_button.hide()
        row.addWidget(self.close_button)
        row.addWidget(self.open_button)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._show_progress)

    def _add_choices(self, there: Ways) -> None:
        self.buttons: dict[str, ActionButton] = {}
        self._boxes: list[QWidget] = []
        if there.repair:
            self._choice(
                "repair", tr("Repair it"), "wrench", self.repair,
                tr("Reads what can be read into a new file, and takes what can't from the newest backup. The damaged "
                   "file is kept.")
                if there.newest is not None
                else tr("Reads what can be read into a new file. The damaged file is kept."),
            )  # fmt: skip
        if there.newest is not None:
            self._choice(
                "restore", tr("Restore the newest backup"), "archive-restore", lambda: self.done(RESTORE),
                tr("Everything is as it was then. The file in its place is kept."),
            )  # fmt: skip
        if there.again and not self._opens:
            self._choice("again", tr("Try again"), "refresh-cw", lambda: self.done(AGAIN), "")
        if self._opens:
            return
        self._choice(
            "other", tr("Choose another file…"), "folder-open", lambda: self.done(OTHER),
            tr("A backup elsewhere, or another community."),
        )  # fmt: skip

    def _choice(self, key: str, title: str, icon: str, act: Callable[[], object], told: str) -> None:
        button = ActionButton(title, icon, kind="primary" if not self.buttons else "outline", height=32)
        button.clicked.connect(lambda _checked=False: act())
        button.setAccessibleDescription(told)
        label = Label(told, "meta", "text2", wrap=True)
        label.setVisible(bool(told))
        label.setContentsMargins(0, 0, 0, 8)
        self._choices.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._choices.addWidget(label)
        self._boxes += [button, label]
        self.buttons[key] = button

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as all of it: by itself a dialog takes two thirds of the screen at most, and cuts the words."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        assert layout is not None  # noqa: S101  it was made with one
        needed = layout.totalHeightForWidth(self.width())
        self.resize(self.width(), min(needed, self.screen().availableGeometry().height()))

    def repair(self) -> None:
        """Begin; the dialog says how far it is, and can't be closed before it has ended."""
        for button in (*self.buttons.values(), self.close_button):
            button.setEnabled(False)
        self.state.show()
        self._working = Working(self._work, "repair")
        self._working.finished.connect(self._repaired)
        self._working.failed.connect(self._failed)
        self._timer.start()
        self._working.start()

    def _work(self, _progress: Callable[[int, int], object], _stop: threading.Event) -> Repaired:
        def note(words: str) -> None:
            self._said = words

        return repair(self._profile, from_window=True, progress=note)

    def _show_progress(self) -> None:
        self.state.setText(self._said)

    def _repaired(self, done: Repaired) -> None:
        self._ended()
        for box in self._boxes:
            box.hide()
        self.why.hide()
        self.known.hide()
        self.title.setText(tr("Your file is repaired") if self._opens else tr("Your community can be opened again"))
        held = [tr("Nothing is sent or fetched until you say so.")] if done.is_on_hold else []
        self.state.setText("\n\n".join(map(text.plain, (*done.lines, *held))))
        self.close_button.setEnabled(True)
        self.close_button.setVisible(not self._opens)
        self.open_button.show()
        self._fit()
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, why: UserError | None) -> None:
        self._ended()
        for button in (*self.buttons.values(), self.close_button):
            button.setEnabled(True)
        self.state.setText(text.plain(str(why or our_mistake())))

    def _ended(self) -> None:
        self._working = None
        self._timer.stop()

    def reject(self) -> None:
        """Close, unless it is being repaired."""
        if self._working is None:
            super().reject()


def recover(opener: Opener, why: UserError) -> bool:
    """Show the dialog until a file is open or it is closed; True if one is open now."""
    from ui.frame.files import open_path  # noqa: PLC0415  by the way that is chosen
    from ui.shell.restoring import open_chosen, rescue  # noqa: PLC0415  as above

    while True:
        dialog = Recovery(opener.profile, why)
        ended = dialog.exec()
        dialog.deleteLater()
        if ended == QDialog.DialogCode.Rejected:
            return False
        if ended == RESTORE:
            if rescue(opener, why):
                return True
            continue
        try:
            if ended == OTHER:
                file = open_path(None, tr("Open another file"), _kinds(), opener.profile.folder)
                if file is None:
                    continue
                open_chosen(opener, file)
                return opener.bench is not None
            opener.open_profile(opener.profile.folder)
        except UserError as other:
            why = other
            continue
        return opener.bench is not None


def offer_repair(profile: Profile, why: UserError) -> None:
    """Show what is wrong with a file that opens all the same, and the ways back; the caller opens it again.

    Raises UserError where a backup can't be restored.
    """
    dialog = Recovery(profile, why, opens=True)
    ended = dialog.exec()
    dialog.deleteLater()
    newest = backup.newest(profile)
    if ended == RESTORE and newest is not None:
        backup.bring_back(profile, newest, from_window=True)


def _kinds() -> str:
    return tr("Rapport communities and their backups") + " (*.rapport *.rapport.zip)"
