"""The second place for backups is chosen and left in the settings, and how it stands is said."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.safety import daily
from tests.ui.parts import toast
from ui.frame.files import READY
from ui.pages.settings.page import SettingsPage
from ui.shell.window import Window


def test_it_is_chosen_told_of_and_left(window: Window, qt: QApplication, tmp_path: Path) -> None:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.complete(keys=False)
    file, said = page.file, page.file._second
    assert said.text() == "There's no second place: what happens to this drive happens to the backups on it."
    stick = tmp_path / "stick"
    stick.mkdir()
    qt.setProperty(READY, str(stick))
    file._pressed("second")
    assert window.bench.settings.text("backup_folder") == str(stick)
    assert "gets a copy of the next backup" in said.text()
    daily.run(window.bench.store, window.bench.profile, window.bench.settings)
    file.show_again()
    assert said.text().startswith("The last copy in ")
    qt.setProperty(READY, str(window.bench.profile.folder))
    file._pressed("second")
    assert "is inside your Rapport folder" in toast(window).accessibleName()
    assert window.bench.settings.text("backup_folder") == str(stick)
    file._pressed("no_second")
    assert window.bench.settings.text("backup_folder") == ""
    qt.setProperty(READY, None)
