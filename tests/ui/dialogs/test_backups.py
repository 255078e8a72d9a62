"""The list of backups: each is checked, says what is in it, and can be chosen by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.base.mistakes import our_mistake
from app.safety.daily import put
from app.store.manifest import manifest
from app.store.verify import counted
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.settling import until
from ui.dialogs.backups import Backups
from ui.shell.application import Application
from ui.shell.errands import answer
from ui.shell.window import Window
from ui.widgets.labels import Label


@pytest.fixture
def listed(window: Window) -> Iterator[Backups]:
    """Two backups, of which the older one was spoilt."""
    spoilt = window.bench.backups.make().file
    spoilt.write_bytes(spoilt.read_bytes()[:-4096])
    older = spoilt.with_name("community-daily-2026-01-05-101500.rapport")
    spoilt.rename(older)
    manifest(spoilt).rename(manifest(older))
    window.bench.members.add("Marta Sól")
    window.bench.backups.make()
    made = Backups(window.bench, window)
    made.show()
    yield made
    made.reject()
    made.deleteLater()
    QApplication.processEvents()


def test_each_says_what_is_in_it_and_a_spoilt_one_cannot_be_chosen(window: Window, listed: Backups) -> None:
    sound, spoilt = listed.rows
    until(lambda: not spoilt.restore.isEnabled())
    held = counted(window.bench.store.read)
    assert sound.state.text().startswith(f"Checked just now: {held.messages:,} message")
    assert f"{held.members:,} member" in sound.state.text()
    assert "Marta Sól" in sound.last.text()
    assert "checksum differs" in spoilt.state.text()
    assert [label.text() for label in spoilt.findChildren(Label) if label.text() == "Automatic"]
    assert not [label for label in sound.findChildren(Label) if label.text() == "Automatic"]


def test_enter_on_one_chooses_it(listed: Backups) -> None:
    until(lambda: not listed.rows[1].restore.isEnabled())
    listed.activateWindow()
    until(listed.rows[0].restore.hasFocus)
    send(listed, press(Qt.Key.Key_Return))
    assert listed.chosen == listed.rows[0].file
    assert not listed.wants_another


def test_where_they_lie_is_said_and_what_is_wrong_with_them(window: Window, listed: Backups, tmp_path: Path) -> None:
    said = " ".join(label.text() for label in listed.findChildren(Label)).replace("\u200b", "")
    assert str(window.bench.profile.backups) in said
    stick = tmp_path / "stick"
    stick.mkdir()
    window.bench.settings.put("backup_folder", str(stick))
    stick.rmdir()
    file = window.bench.backups.files()[0]
    assert put(window.bench.store, window.bench.settings, file) != ""
    again = Backups(window.bench, window)
    said = " ".join(label.text() for label in again.findChildren(Label)).replace("\u200b", "")
    assert f"{stick} isn't there or can't be written" in said
    again.reject()
    again.deleteLater()


def test_a_backup_is_made_while_the_window_goes_on(application: Application) -> None:
    window = application.window
    assert window is not None
    answer(application, "backup")
    assert window.bench.backups.files() == []  # on a worker
    until(lambda: window._toast is not None and "Backup made and checked" in toast(window).accessibleName())
    assert len(window.bench.backups.files()) == 1
    assert our_mistake() not in toast(window).accessibleName()
