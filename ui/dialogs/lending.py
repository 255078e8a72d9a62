"""Lending the desk, handing it back, and taking it back with its work: what each means, asked once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout

from app.base import clock
from app.base.errors import UserError
from app.base.mistakes import our_mistake
from app.base.paths import Profile
from ui.dialogs.forgetting import Lines
from ui.frame.files import choose_folder, open_path, show_in_folder
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets import enter
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from app.lending import Coming
    from app.store.pen import Loan
    from ui.frame.page import Frame


def show(frame: Frame) -> None:
    """Show what is next: to lend the desk, to take it back, or in a copy that was lent to hand it back."""
    desk = frame.bench.lending
    lent, copy = desk.lent(), desk.on_loan()
    if lent is not None:
        _wait_for(TakeBack(frame, lent))
    elif copy is None:
        _wait_for(Lend(frame))
    elif copy.back_at is None:
        _wait_for(HandBack(frame, copy))
    elif (found := frame.bench.store.obstacle()) is not None:
        frame.fail(found.sentence)


def _wait_for(dialog: QDialog) -> None:
    dialog.exec()
    dialog.deleteLater()


class _Dialog(InReadingOrder, QDialog):
    """A title, sentences, and buttons; what takes long is done on a thread, and the dialog stays until it is over."""

    def __init__(self, frame: Frame, title: str) -> None:
        super().__init__(frame.window())
        self._frame, self._desk = frame, frame.bench.lending
        self._working: Working | None = None
        self.setWindowTitle(title)
        room = frame.window().size()
        self.setMinimumWidth(min(fonts.px(520), room.width() - 40))
        self.resize(min(fonts.px(600), room.width() - 40), min(fonts.px(340), room.height() - 60))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.title = Label(title, "title", wrap=True)
        self.column.addWidget(self.title)
        self.lines = Lines()
        self.cancel = ActionButton(tr("Cancel"), key="Esc", height=32)
        self.cancel.clicked.connect(self.reject)
        self.buttons: Sequence[ActionButton] = ()

    def add_foot(self, left: Sequence[ActionButton], *right: ActionButton) -> None:
        """The sentences, and the buttons below them."""
        self.column.addWidget(self.lines, 1)
        self.buttons = (*left, *right)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in left:
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.cancel, *right):
            foot.addWidget(button)
        self.column.addLayout(foot)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._working is not None

    def work(self, words: str, work: Callable[[], object], done: Callable[..., object]) -> None:
        """Do it on a thread, and say so meanwhile."""
        self._rest(busy=True)
        self.lines.show_lines([words])
        self._working = Working(lambda _progress, _stop: work(), "lending")
        self._working.finished.connect(partial(self._finished, done))
        self._working.failed.connect(self._failed)
        self._working.start()

    def _finished(self, done: Callable[..., object], result: object) -> None:
        self._working = None
        self._rest(busy=False)
        done(result)

    def _failed(self, why: UserError | None) -> None:
        self._working = None
        self._rest(busy=False)
        self.lines.show_lines([str(why or our_mistake())])

    def _rest(self, *, busy: bool) -> None:
        for button in (*self.buttons, self.cancel):
            button.setEnabled(not busy)

    def reject(self) -> None:
        """Close, but not while something is being done."""
        if not self.is_busy:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses no button but the one in focus."""
        if not enter.pressed(self, event):
            super().keyPressEvent(event)


class Lend(_Dialog):
    """Asks to whom, and for the folder of the copy."""

    def __init__(self, frame: Frame) -> None:
        """Nothing is lent before a folder is chosen."""
        super().__init__(frame, tr("Lend the desk"))
        label = Label(tr("To whom, or on which computer"), "meta", "text2")
        self.to = QLineEdit()
        self.to.setAccessibleName(label.text())
        label.setBuddy(self.to)
        self.column.addWidget(label)
        self.column.addWidget(self.to)
        self.go = ActionButton(tr("Choose a folder…"), "folder-open", kind="primary", height=32)
        self.go.clicked.connect(self._choose)
        self.add_foot((), self.go)
        self.lines.show_lines([
            tr("A copy of everything goes into an empty folder, as on a stick, and is opened there with Rapport."),
            tr("It holds all messages and addresses, but no passwords and no voucher codes: your stand-in has to sign "
               "in to each account."),
            tr("Only one of the two can be written to. Here you can read, search and export until you take the desk "
               "back; then all that was done there comes back as one action. One undo takes it out again, but for what "
               "was sent."),
        ])  # fmt: skip
        self.to.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field asks for the folder."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.to.hasFocus():
            self._choose()
            return
        super().keyPressEvent(event)

    def _choose(self) -> None:
        name = self.to.text().strip()
        if not name:
            self.lines.show_lines([tr("To whom is the desk lent? Type a name, or which computer it is for.")])
            self.to.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        folder = choose_folder(self, tr("An empty folder for the copy"), self._frame.bench.profile.folder.parent)
        if folder is not None:
            self.work(tr("Copying. This stays open until the copy is written and checked."),
                      partial(self._desk.lend, folder, name), self._lent)  # fmt: skip

    def _lent(self, there: Profile) -> None:
        words = tr("The desk is lent to {name}.").format(name=text.embed(self.to.text().strip()))
        self._frame.toast(words, partial(show_in_folder, there.file), link=tr("Show in folder"))
        self.accept()


class HandBack(_Dialog):
    """In a copy: gives the pen back."""

    def __init__(self, frame: Frame, loan: Loan) -> None:
        """`loan` is what this file is the copy of."""
        super().__init__(frame, tr("Hand the desk back"))
        self.go = ActionButton(tr("Hand it back"), "check", kind="primary", height=32)
        self.go.clicked.connect(self._hand_back)
        self.add_foot((), self.go)
        lent = tr("This desk was lent to {name} ({when}).")
        self.lines.show_lines([
            lent.format(name=text.embed(loan.to), when=text.day_and_time(loan.at, clock.now())),
            tr("Once it is handed back, this copy can only be read. Replies that still wait are sent from where the "
               "desk goes back to."),
            tr("Then take this file there: {file}").format(file=text.breakable(str(frame.bench.profile.file))),
        ])  # fmt: skip
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_back(self) -> None:
        self.work(tr("Handing it back…"), self._desk.hand_back, self._handed_back)

    def _handed_back(self, _loan: Loan) -> None:
        words = tr("Handed back. This copy can only be read from now on.")
        self._frame.toast(words, partial(show_in_folder, self._frame.bench.profile.file), link=tr("Show in folder"))
        self.accept()


class TakeBack(_Dialog):
    """At home: what comes back with the copy, and taking it in; or the pen alone."""

    def __init__(self, frame: Frame, loan: Loan) -> None:
        """`loan` is the one that ends."""
        super().__init__(frame, tr("Take the desk back"))
        self._file: Path | None = None
        self._is_sure = False
        self.alone = ActionButton(tr("Without its work…"), "undo-2", kind="plain", height=32)
        self.alone.clicked.connect(self._take_alone)
        self.go = ActionButton(tr("Choose the copy…"), "folder-open", kind="primary", height=32)
        self.go.clicked.connect(self._go_on)
        self.add_foot((self.alone,), self.go)
        lent = tr("The desk has been lent to {name} since {when}.")
        self.lines.show_lines([
            lent.format(name=text.embed(loan.to), when=text.day_and_time(loan.at, clock.now())),
            tr("Choose the file that was handed back. You see what comes back before anything is taken in."),
        ])  # fmt: skip
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        if self._file is not None:
            self.work(tr("Taking it in. A backup is made first; this stays open until it is done."),
                      partial(self._desk.take_back, self._file), self._taken)  # fmt: skip
            return
        kinds = tr("Rapport communities") + " (*.rapport)"
        chosen = open_path(self, tr("The copy that was handed back"), kinds, self._frame.bench.profile.folder.parent)
        if chosen is not None:
            self._file = chosen
            self.work(tr("Looking what was done in it…"), partial(self._desk.look, chosen), self._seen)

    def _failed(self, why: UserError | None) -> None:
        super()._failed(why)
        self._file = None
        self.go.set_title(tr("Choose the copy…"))

    def _seen(self, came: Coming) -> None:
        self.lines.show_lines(came.lines())
        self.go.set_title(tr("Take it in"))
        self.alone.hide()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, came: Coming) -> None:
        self._frame.toast(tr("The desk is back from {name}.").format(name=text.embed(came.loan.to)))
        self.accept()

    def _take_alone(self) -> None:
        if not self._is_sure:
            self._is_sure = True
            self.alone.set_title(tr("Yes, without its work"))
            self.lines.show_lines([
                tr("What was done in the copy would no longer come back as one. Do this only if the copy is lost."),
                tr("Each account is read before anything is sent here, as replies may have gone out from the copy."),
            ])  # fmt: skip
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.work(tr("Taking the pen back…"), self._desk.take_back_alone, self._taken_alone)

    def _taken_alone(self, _waiting: int) -> None:
        self._frame.toast(tr("This file has the pen again."))
        self.accept()
