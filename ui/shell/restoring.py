"""Restoring a backup from the window: inspect the chosen file, ask, restore."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.base.mistakes import our_mistake
from app.base.paths import Profile
from app.safety import backup, copies, encryption
from app.safety.differing import Difference, compare
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.fitted import Fitted
from ui.widgets.labels import Label
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from app.safety.backup import Restored
    from app.safety.differing import Rows
    from ui.shell.opener import Opener


def open_chosen(opener: Opener, file: Path, *, restoring: bool = False) -> None:
    """Open a chosen community file, or ask whether to restore it if it is a backup, or `restoring` is asked for.

    Raises UserError if it is neither.
    """
    if encryption.is_encrypted(file):
        made = _decrypted(opener, file)
        if made is None:
            return
        file = made
    is_backup = backup.is_backup(file)
    if not is_backup and not restoring:
        opener.open_profile(file.parent)
        return
    profile = backup.home(file, opener.profile) if is_backup else opener.profile
    question = RestoreQuestion(backup.preview_restore(profile, file), opener.parent_widget)
    question.adds = profile == opener.profile and opener.bench is not None
    answered = question.exec()
    question.deleteLater()  # before its parent window is closed
    if answered == BY_ITSELF:
        _open_by_itself(opener, file)
    elif answered == ADD:
        Adding(opener, file).start()
    elif answered == QDialog.DialogCode.Accepted:
        opener.restore(profile, file)


def _decrypted(opener: Opener, file: Path) -> Path | None:
    """The ordinary backup that an encrypted one becomes with its passphrase; None if it isn't typed."""
    from ui.dialogs.passphrase import AskPassphrase  # noqa: PLC0415  few backups are encrypted

    asking = AskPassphrase(file, opener.profile.backups, opener.parent_widget)
    asking.exec()
    return asking.opened


class Adding(QObject):
    """Brings in what only another copy of the file has, on a worker, and says what came."""

    def __init__(self, opener: Opener, file: Path) -> None:
        """The opener has the file open to which it is added."""
        super().__init__(opener.parent_widget)
        self._opener, self._bench = opener, opener.bench
        self._working = Working(lambda _progress, _stop: self._add(file), "adding")
        self._working.finished.connect(self._tell)
        self._working.failed.connect(self._fail)

    def start(self) -> None:
        """Begin; the window goes on meanwhile."""
        self._working.start()

    def _add(self, file: Path) -> object:
        return self._bench.lending.add(file) if self._bench is not None else None

    def _tell(self, came: Rows | None) -> None:
        if self._opener.frame is not None and came is not None:
            added = tr("Added: {rows}. “What was done” takes it out again.")
            none = tr("It has nothing that this file hasn't.")
            self._opener.frame.toast(added.format(rows=came.words()) if came else none)
        self.deleteLater()

    def _fail(self, why: UserError | None) -> None:
        self._opener.fail(str(why or our_mistake()))
        self.deleteLater()


def _open_by_itself(opener: Opener, file: Path) -> None:
    """Ask for a folder and open a copy of the backup in it, on hold; the file that was open stays as it is."""
    from ui.frame.files import choose_folder  # noqa: PLC0415  rarely asked for

    if opener.parent_widget is None:
        return
    folder = choose_folder(opener.parent_widget, tr("An empty folder for the copy"), opener.profile.folder.parent)
    if folder is None:
        return
    profile = Profile(folder)
    if profile.file.exists() or profile.backups.exists():
        msg = tr("{folder} is in use by a community. Choose an empty one.").format(folder=folder)
        raise UserError(msg)
    opener.restore(profile, file)


def rescue(opener: Opener, why: UserError) -> bool:
    """Offer the newest good backup of a file that cannot be opened; True if one was restored and is open."""
    file = backup.newest(opener.profile)
    if file is None:
        return False
    question = RestoreQuestion(backup.preview_restore(opener.profile, file), None, str(why))
    accepted = question.exec() == QDialog.DialogCode.Accepted
    question.deleteLater()
    return accepted and opener.restore(opener.profile, file)


BY_ITSELF, ADD = 10, 11
"""How the question ends besides accepted and rejected: the backup is to be opened in a folder of its own, or only what
it has and the file has not is to be brought in."""
_WIDTH, _MIN_WORDS_HEIGHT = 500, 120
_FRAME, _MOST = 60, 16_777_215
"""What the window's frame takes of the screen, and Qt's largest height, in pixels."""
_WAIT_SECONDS = 10.0
"""How long an answer waits for the comparison to let go of the files, which it does within milliseconds."""


class RestoreQuestion(InReadingOrder, QDialog):
    """The question before a restore: what the backup contains, what would be lost, and where the old file is kept."""

    def __init__(self, seen: Restored, parent: QWidget | None, why: str = "") -> None:
        """`why` is the reason that the current file cannot be opened, if so."""
        super().__init__(parent)
        self.adds = False  # whether it can be added to what is open
        self.setWindowTitle(tr("Restore a backup"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(tr("Restore a backup"), "title"))
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        for line in (why, *_lines(seen), copies.explained(seen.source)):
            if line:
                lines.addWidget(Label(text.plain(line), "body", wrap=True))
        self.lost = Label("", "body", wrap=True)
        self.sent = Label("", "body", "text2", wrap=True)
        self.back = Label("", "body", wrap=True)
        for label in (self.lost, self.sent, self.back):
            label.hide()
            lines.addWidget(label)
        lines.addStretch(1)
        self._words = Fitted(holder)
        column.addWidget(self._words)
        self._working: Working | None = None
        if seen.kept is not None:
            self._compare(seen)
        row = QHBoxLayout()
        self.cancel = ActionButton(tr("Close") if why else tr("Cancel"), kind="plain", height=32)
        self.cancel.clicked.connect(self.reject)
        self.by_itself = ActionButton(tr("Open it by itself…"), "folder-open", kind="plain", height=32)
        self.by_itself.setToolTip(text.tooltip(tr("In a folder of its own, on hold; the present file stays as it is.")))
        self.by_itself.clicked.connect(lambda: self.done(BY_ITSELF))
        self.by_itself.setVisible(seen.kept is not None and parent is not None)
        self.add = ActionButton(tr("Add what only it has"), "file-plus", kind="plain", height=32)
        self.add.setToolTip(text.tooltip(tr("Nothing is replaced, and nothing is sent; one undo takes it out again.")))
        self.add.clicked.connect(lambda: self.done(ADD))
        self.add.hide()
        self.go = ActionButton(tr("Restore this backup"), "archive-restore", kind="primary", height=32)
        self.go.clicked.connect(self.accept)
        other = QHBoxLayout()
        for button in (self.by_itself, self.add):
            other.addWidget(button)
        other.addStretch(1)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        column.addStretch(1)
        column.addLayout(other)
        column.addLayout(row)
        self._fit()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _compare(self, seen: Restored) -> None:
        """Find out on a worker what would be lost."""

        def work(_progress: Callable[[int, int], object], stop: threading.Event) -> Difference | None:
            return compare(seen.file, seen.source, stop.is_set)

        self.lost.setText(tr("Comparing it with the present file…"))
        self.lost.show()
        self._working = Working(work, "comparing")
        self._working.finished.connect(self._show_difference)
        self._working.start()

    def _show_difference(self, told: Difference | None) -> None:
        self._working = None
        if told is None:
            self.lost.hide()
            return
        self.lost.setText(told.why or told.lost_words())
        today = clock.local(clock.now()).date()
        sent = [
            tr("{name}, {account}, {when}").format(
                name=one.whom, account=one.account,
                when=f"{text.day(clock.local(one.at).date(), today)} {text.clock(one.at)}",
            )
            for one in told.last_sent
        ]  # fmt: skip
        if sent:
            title = tr("Sent since:") if len(sent) == told.lost.sent else tr("Sent last since:")
            self.sent.setText("\n".join((title, *map(text.plain, sent))))
            self.sent.show()
        if told.back:
            self.back.setText(told.back_words())
            self.back.show()
            self.add.setVisible(self.adds)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit what is shown already."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the height of the words, at most the screen's; beyond that they scroll, by keys too."""
        column, room = self.layout(), self.screen().availableGeometry()
        if column is None:
            return
        wide = min(fonts.px(_WIDTH), room.width() - _FRAME)
        self.setFixedWidth(wide)
        self.resize(wide, self.height())
        self._words.set_most(_MOST)
        column.activate()
        self._words.fit()
        rest = column.totalHeightForWidth(wide) - self._words.height()
        self._words.set_most(max(fonts.px(_MIN_WORDS_HEIGHT), room.height() - _FRAME - rest))
        scrolls = self._words.wanted() > self._words.most
        self._words.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
        column.activate()
        self.resize(wide, min(column.totalHeightForWidth(wide), room.height() - _FRAME))

    def done(self, result: int) -> None:
        """Close; the comparison lets go of the files first, as a restore needs them for itself."""
        if self._working is not None:
            self._working.leave()
            self._working.wait(_WAIT_SECONDS)
            self._working = None
        super().done(result)


def _lines(seen: Restored) -> tuple[str, ...]:
    held, made, today = seen.content, clock.local(seen.at), clock.local(clock.now()).date()
    when = f"{text.day(made.date(), today)} {text.clock(seen.at)}"
    holds = tr("{file} ({when}) holds {messages} in {conversations} with {members}.").format(
        file=seen.source.name,
        when=when,
        messages=text.counted(held.messages, "{count} message", "{count} messages"),
        conversations=text.counted(held.conversations, "{count} conversation", "{count} conversations"),
        members=text.counted(held.members, "{count} member", "{count} members"),
    )
    where = tr("It replaces {file}.").format(file=seen.file)
    kept = tr("The current file is kept in the same folder, with “replaced” in its name.")
    rest = tr("Nothing is sent or fetched until you say so.")
    return (f"{holds} {where}", f"{kept} {rest}" if seen.kept is not None else rest)
