"""A closed window that goes on in the tray, and one that does not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from ui.pages.settings.page import SettingsPage
from ui.shell import errands
from ui.shell.application import Application
from ui.shell.tray import Tray, follow
from ui.shell.window import Window


@pytest.fixture
def in_tray(window: Window, monkeypatch: pytest.MonkeyPatch) -> Tray:
    """The offscreen desktop has no tray: here it says that it has one."""
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    window.bench.settings.put("keep_in_tray", value=True)
    return window.findChild(Tray) or follow(window)


def closings(window: Window) -> list[bool]:
    """Grows as the window is closed for good."""
    found: list[bool] = []
    window.closed.connect(lambda: found.append(True))
    return found


def test_a_closed_window_goes_on_and_comes_back(in_tray: Tray, window: Window) -> None:
    ended = closings(window)
    assert not window.close()
    assert window.isHidden()
    assert in_tray.icon is not None
    assert in_tray.icon.isVisible()
    in_tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()
    assert not in_tray.icon.isVisible()
    assert ended == []


def test_quit_quits(in_tray: Tray, window: Window) -> None:
    ended = closings(window)
    window.close()
    assert in_tray.menu is not None
    in_tray.menu.actions()[1].trigger()
    assert ended == [True]


def test_so_does_the_command(in_tray: Tray, window: Window, application: Application) -> None:
    assert in_tray.icon is None
    ended = closings(window)
    errands.answer(application, "quit")
    assert ended == [True]


@pytest.mark.parametrize("wanted", [True, False])
def test_without_a_tray_or_the_wish_it_closes(window: Window, monkeypatch: pytest.MonkeyPatch, *, wanted: bool) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: not wanted))
    window.bench.settings.put("keep_in_tray", value=wanted)
    follow(window)
    ended = closings(window)
    assert window.close()
    assert ended == [True]


def test_the_settings_say_that_there_is_no_tray_and_where_the_start_is(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    config = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.complete(keys=False)
    assert page.closed.text() == "Your desktop has no tray, so closing the window ends Rapport."
    page._fields["start_with_session"].click()  # type: ignore[attr-defined]
    assert "Starts with your session, through" in page.closed.text()
    (file,) = (config / "autostart").iterdir()
    file.unlink()
    page.activate()
    assert "is not there any more" in page.closed.text()
