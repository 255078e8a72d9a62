"""The passphrase of copies in the second place: set in the settings, asked for where such a copy is restored."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.safety import daily
from tests.stories.hand import Hand
from tests.ui.parts import toast
from ui.dialogs.passphrase import AskPassphrase, SetPassphrase
from ui.frame.files import READY
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.this_file import ThisFile
from ui.shell.application import Application
from ui.shell.errands import answer
from ui.shell.restoring import RestoreQuestion
from ui.shell.window import Window

pytest.importorskip("pyrage")
PHRASE = "τέσσερις λέξεις που μένουν"


@pytest.fixture
def file(window: Window, tmp_path: Path) -> ThisFile:
    """The settings about the file; there is a second place."""
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.complete(keys=False)
    stick = tmp_path / "stick"
    stick.mkdir()
    window.bench.settings.put("backup_folder", str(stick))
    return page.file


def asked(window: Window) -> SetPassphrase:
    """The dialog that is open."""
    found = window.findChild(SetPassphrase)
    assert found is not None
    return found


def test_it_is_set_typed_twice(window: Window, file: ThisFile) -> None:
    file._pressed("passphrase")
    dialog = asked(window)
    assert dialog.typed.echoMode() == QLineEdit.EchoMode.Password
    dialog.keep()
    assert "Type a passphrase" in dialog.wrong.text()
    dialog.typed.setText(PHRASE)
    dialog.again.setText(PHRASE[:-1])
    dialog.keep()
    assert "differ" in dialog.wrong.text()
    dialog.typed.setText("λίγο")
    dialog.again.setText("λίγο")
    dialog.keep()
    Hand.until(lambda: "at least 10" in dialog.wrong.text())
    assert not window.bench.backups.is_encrypted()
    assert dialog.typed.isEnabled()
    dialog.typed.setText(PHRASE)
    dialog.again.setText(PHRASE)
    QTest.keyClick(dialog.again, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    Hand.until(window.bench.backups.is_encrypted)
    Hand.until(lambda: "Copies there are encrypted" in file._second.text())
    file._pressed("no_passphrase")
    assert not window.bench.backups.is_encrypted()
    assert "aren't encrypted" in file._second.text()


def test_without_a_second_place_there_is_nothing_to_encrypt(window: Window, file: ThisFile) -> None:
    window.bench.settings.put("backup_folder", "")
    file._pressed("passphrase")
    assert window.findChild(SetPassphrase) is None
    assert "Choose a second place" in toast(window).accessibleName()


def test_such_a_copy_is_restored_with_it(
    window: Window, file: ThisFile, tmp_path: Path, qt: QApplication, application: Application
) -> None:
    assert file is not None
    window.bench.backups.encrypt_with(PHRASE)
    daily.run(window.bench.store, window.bench.profile, window.bench.settings)
    window.bench.members.add("Newer than the backup")
    (copy,) = (tmp_path / "stick").glob("*.zip")
    qt.setProperty(READY, str(copy))
    said: list[str] = []

    def type_it() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, AskPassphrase):
            if not found.wrong.isHidden():
                said.append(found.wrong.text())
            if found.go.isEnabled():
                found.typed.setText(PHRASE if said else "something else altogether")
                found.keep()
        elif isinstance(found, RestoreQuestion):
            said.append("asked")
            found.go.click()
            return
        QTimer.singleShot(50, type_it)

    QTimer.singleShot(50, type_it)
    answer(application, "open_file")
    assert said[0] == "That isn't the passphrase of this backup."
    assert said[-1] == "asked"
    assert application.bench is not None
    names = application.bench.members.names(application.bench.members.find(limit=1_000)).values()
    assert "Newer than the backup" not in names
    qt.setProperty(READY, None)
