"""Restoring a backup from the window: inspect the chosen file, ask, restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.safety import backup, encryption
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from app.safety.backup import Restored
    from ui.shell.opener import Opener


def open_chosen(opener: Opener, file: Path) -> None:
    """Open a chosen community file, or ask whether to restore it if it is a backup.

    Raises UserError if it is neither.
    """
    if encryption.is_encrypted(file):
        made = _decrypted(opener, file)
        if made is None:
            return
        file = made
    if not backup.is_backup(file):
        opener.open_profile(file.parent)
        return
    profile = backup.home(file, opener.profile)
    question = RestoreQuestion(backup.preview_restore(profile, file), opener.parent_widget)
    accepted = question.exec() == QDialog.DialogCode.Accepted
    question.deleteLater()  # before its parent window is closed
    if accepted:
        opener.restore(profile, file)


def _decrypted(opener: Opener, file: Path) -> Path | None:
    """The ordinary backup that an encrypted one becomes with its passphrase; None if it isn't typed."""
    from ui.dialogs.passphrase import AskPassphrase  # noqa: PLC0415  few backups are encrypted

    asking = AskPassphrase(file, opener.profile.backups, opener.parent_widget)
    asking.exec()
    return asking.opened


def rescue(opener: Opener, why: UserError) -> bool:
    """Offer the newest good backup of a file that cannot be opened; True if one was restored and is open."""
    file = backup.newest(opener.profile)
    if file is None:
        return False
    question = RestoreQuestion(backup.preview_restore(opener.profile, file), None, str(why))
    accepted = question.exec() == QDialog.DialogCode.Accepted
    question.deleteLater()
    return accepted and opener.restore(opener.profile, file)


class RestoreQuestion(InReadingOrder, QDialog):
    """The question before a restore: what the backup contains, what it replaces, and where the current file is kept."""

    def __init__(self, seen: Restored, parent: QWidget | None, why: str = "") -> None:
        """`why` is the reason that the current file cannot be opened, if so."""
        super().__init__(parent)
        self.setWindowTitle(tr("Restore a backup"))
        self.setMinimumWidth(fonts.px(460))
        self.setMaximumWidth(fonts.px(620))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(tr("Restore a backup"), "title"))
        for line in (why, *_lines(seen)):
            if line:
                column.addWidget(Label(text.plain(line), "body", wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = ActionButton(tr("Close") if why else tr("Cancel"), kind="plain", height=32)
        self.cancel.clicked.connect(self.reject)
        self.go = ActionButton(tr("Restore this backup"), "archive-restore", kind="primary", height=32)
        self.go.clicked.connect(self.accept)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        column.addStretch(1)
        column.addLayout(row)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)


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
