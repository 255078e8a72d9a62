"""The passphrase of encrypted backups: set for those to come, or asked for to open one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.base.errors import UserError
from app.base.mistakes import our_mistake
from app.safety import encryption
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from app.workbench import Workbench


class _Asking(FormDialog):
    """Works with the passphrase on a thread, as guessing one is made slow; the fields rest meanwhile."""

    def work(self, work: Callable[[], object]) -> None:
        """Do it, and close; what a UserError says is shown."""
        self.set_busy(True)
        self._working = Working(lambda _progress, _stop: work(), "passphrase")
        self._working.finished.connect(self.ended)
        self._working.failed.connect(self._failed)
        self._working.start()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001  a property of the dialog
        """Whether something is being done with it."""
        self.go.setEnabled(not busy)
        for field in self.findChildren(SecretField):
            field.setEnabled(not busy)

    def ended(self, _result: object) -> None:
        """Close as done."""
        self.accept()

    def _failed(self, why: UserError | None) -> None:
        self.set_busy(False)
        self.complain(text.plain(str(why or our_mistake())))
        self.findChildren(SecretField)[0].setFocus()


class SetPassphrase(_Asking):
    """Sets the passphrase with which copies in the second place are encrypted from now on."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        """Ask for it twice."""
        intro = tr(
            "Copies in the second place are encrypted with it, those that lie there already with the next one. Write "
            "it down where you'd look in a year: Rapport keeps it nowhere, and without it nobody can open them."
        )
        super().__init__(parent, tr("Encrypt backups"), tr("A passphrase for the second place"), intro, tr("Cancel"))
        self._bench = bench
        self.typed, self.again = SecretField(), SecretField()
        least = text.counted(
            encryption.LEAST, "At least {count} character. A few words that you remember are good.",
            "At least {count} characters. A few words that you remember are good.",
        )  # fmt: skip
        self.fields.addWidget(labelled(self.typed, tr("Passphrase"), least))
        self.fields.addWidget(labelled(self.again, tr("The same again")))
        self.fields.addStretch(1)
        self.fit()
        self.typed.setFocus()

    def keep(self) -> None:
        """Set it if both are the same."""
        if not self.go.isEnabled():
            return
        if self.typed.text() != self.again.text():
            self.complain(tr("The two passphrases differ."))
            self.again.setFocus()
            return
        if not self.typed.text():
            self.complain(tr("Type a passphrase, and the same again."))
            self.typed.setFocus()
            return
        typed = self.typed.text()
        self.work(lambda: self._bench.backups.encrypt_with(typed))


class AskPassphrase(_Asking):
    """Asks for the passphrase of an encrypted backup; `opened` is the ordinary one that was made of it."""

    def __init__(self, file: Path, backups: Path, parent: QWidget | None) -> None:
        """`backups` is the folder into which it is decrypted."""
        intro = tr("{file} is encrypted. A copy that Rapport can read is made in {folder}.").format(
            file=text.isolate(text.breakable(file.name)), folder=text.isolate(text.breakable(str(backups)))
        )
        title = tr("Restore a backup")
        super().__init__(parent, title, title, intro, tr("Cancel"), tr("Decrypt"))
        self._file, self._backups = file, backups
        self.opened: Path | None = None
        self.typed = SecretField()
        self.fields.addWidget(labelled(self.typed, tr("Passphrase")))
        self.fields.addStretch(1)
        self.fit()
        self.typed.setFocus()

    def keep(self) -> None:
        """Decrypt it."""
        if not self.go.isEnabled():
            return
        typed = self.typed.text()
        self.work(lambda: encryption.decrypt(self._file, typed, self._backups))

    def ended(self, result: object) -> None:
        """Note the file, and close."""
        self.opened = result if isinstance(result, Path) else None
        self.accept()
