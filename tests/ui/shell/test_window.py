"""The frame: rail, keys, palette, toast, first run, settings."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.base.paths import Profile
from tests.ui.parts import palette, toast
from tests.ui.presses import press, send
from tests.ui.settling import until
from ui.look import fonts
from ui.look.theme import theme
from ui.pages.firstrun.page import FirstRun
from ui.pages.settings.page import SettingsPage
from ui.shell.application import Application
from ui.shell.lock import WindowLock
from ui.shell.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def settings(window: Window) -> SettingsPage:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def test_a_screen_reader_knows_it_as_a_window(window: Window) -> None:
    face = QAccessible.queryAccessibleInterface(window)
    assert face.role() == QAccessible.Role.Window
    assert face.text(QAccessible.Text.Name) == window.windowTitle()


def test_the_window_fits_in_960_and_the_rail_shrinks_below_900(window: Window) -> None:
    window.resize(960, 600)
    QApplication.processEvents()
    assert window.width() == 960
    assert window.rail.width() == 208
    window.resize(880, 600)
    QApplication.processEvents()
    assert window.rail.width() == 56
    assert window.rail.rows["settings"].toolTip() == "Settings (Ctrl 9)"
    window.resize(1000, 600)
    QApplication.processEvents()
    assert window.rail.rows["settings"].toolTip() == "Ctrl 9"


def test_the_rail_names_the_community_and_its_counts(window: Window) -> None:
    assert window.rail.community.accessibleName() == "Sítróna"
    window.rail.set_count("settings", 3)
    assert window.rail.rows["settings"].accessibleName() == "Settings, 3 waiting"


def test_ctrl_k_finds_a_member_without_accents(window: Window) -> None:
    settings(window)
    send(window, press(Qt.Key.Key_K, "\x0b", 45, CTRL))
    found = palette(window)
    assert found.isVisible()
    found._field.setText("παπαδ")
    found._answer()
    assert found._list.currentIndex().data().startswith("Ελένη Παπαδοπούλου")
    send(window, press(Qt.Key.Key_Escape))
    assert not found.isVisible()


def test_ctrl_k_twice_asks_for_commands_only(window: Window) -> None:
    window.run("palette")
    send(window, press(Qt.Key.Key_K, "\x0b", 45, CTRL))
    rows = [palette(window)._rows.index(n, 0).data() for n in range(palette(window)._rows.rowCount())]
    assert any(row.startswith("Dark appearance") for row in rows)


def test_an_empty_question_offers_commands_and_a_strange_one_the_full_text(window: Window) -> None:
    window.run("palette")
    assert palette(window)._rows.rowCount() > 3
    palette(window)._field.setText("qqqq")
    palette(window)._answer()
    assert "qqqq" in palette(window)._list.currentIndex().data()


def test_enter_in_the_palette_runs_the_command(window: Window) -> None:
    window.run("palette")
    palette(window)._field.setText("dark app")
    palette(window)._answer()
    send(window, press(Qt.Key.Key_Return, "\r", 36))
    assert window.bench.settings.get("theme") == "dark"


def test_letters_are_letters_in_a_field_and_keys_elsewhere(window: Window) -> None:
    page = settings(window)
    done: list[str] = []
    window._own["keysheet"] = lambda: done.append("sheet")
    page._search.setFocus()
    send(window, press(Qt.Key.Key_Question, "?", 61))
    assert done == []
    assert page._search.text() == "?"
    window.rail.rows["settings"].setFocus()
    send(window, press(Qt.Key.Key_Question, "?", 61))
    assert done == ["sheet"]


def test_single_letter_keys_can_be_switched_off(window: Window) -> None:
    settings(window)
    done: list[str] = []
    window._own["keysheet"] = lambda: done.append("sheet")
    window.rail.rows["settings"].setFocus()
    window.bench.settings.put("single_keys", value=False)
    send(window, press(Qt.Key.Key_Question, "?", 61))
    assert done == []
    send(window, press(Qt.Key.Key_F1))
    assert done == ["sheet"]


def test_a_toast_takes_no_focus_and_z_undoes_it(window: Window) -> None:
    page = settings(window)
    page._search.setFocus()
    taken: list[str] = []
    window.toast("Done.", lambda: taken.append("back"))
    assert QApplication.focusWidget() is page._search
    window.rail.rows["settings"].setFocus()
    send(window, press(Qt.Key.Key_Z, "z", 52))
    assert taken == ["back"]
    assert toast(window).isHidden()


def test_a_failure_stays_until_closed(window: Window) -> None:
    window.fail("The server did not answer. Try again later.")
    assert not toast(window)._timer.isActive()
    window.toast("Done.")
    assert toast(window)._timer.isActive()


@pytest.mark.slow
def test_progress_is_quiet_under_300_ms(window: Window) -> None:
    window.progress("Importing", 1, 2)
    assert window.rail.progress.isHidden()
    until(lambda: not window.rail.progress.isHidden())
    assert window.rail.progress.accessibleName() == "Importing 1 of 2"
    window.progress("")
    assert window.rail.progress.isHidden()


def test_the_key_sheet_opens_and_any_key_closes_it(window: Window) -> None:
    settings(window)
    window.run("keysheet")
    sheet = window.findChild(QWidget, "overlay")
    assert sheet is not None
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_A)
    QApplication.processEvents()
    assert sheet.isHidden()


@pytest.mark.slow
def test_settings_narrow_and_hold_at_once(window: Window) -> None:
    page = settings(window)
    page._search.setText("single")
    shown = [words for row, words in page._rows if not row.isHidden()]
    assert len(shown) == 1
    assert shown[0].startswith("Single-letter keys")
    window.run("larger")
    assert window.bench.settings.get("text_size") == 110


@pytest.mark.slow
def test_ten_presses_for_larger_text_set_the_letters_once_and_the_settings_show_it(window: Window) -> None:
    page = settings(window)
    set_anew: list[float] = []
    theme().changed.connect(lambda: set_anew.append(fonts.scale()))
    for _ in range(10):
        window.run("larger")
    assert window.bench.settings.get("text_size") == 200
    assert set_anew == []
    until(lambda: set_anew)
    assert set_anew == [2.0]
    assert page._fields["text_size"].value() == 200  # type: ignore[attr-defined]  # a Spin


def test_every_widget_that_takes_the_focus_has_a_name(window: Window) -> None:
    settings(window)
    nameless = []
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            face = QAccessible.queryAccessibleInterface(widget)
            if not face.text(QAccessible.Text.Name) and not widget.objectName().startswith("qt_"):
                nameless.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    assert nameless == []


def test_pages_are_built_when_first_shown(window: Window) -> None:
    before = window.page("settings")
    assert before is None or window.page_id == "settings"
    window.go("settings")
    assert window.page("settings") is window.stack.currentWidget()
    window.go("a page of tomorrow")
    assert window.page_id == "settings"


def test_an_empty_file_shows_three_ways_in_that_fit(profile: Profile, qt: QApplication) -> None:
    made = Application(profile)
    shown = made.start()
    qt.processEvents()
    first = shown.findChild(FirstRun)
    assert first is not None
    shown.resize(960, 640)
    qt.processEvents()
    assert first.minimumSizeHint().width() <= 960
    chosen: list[str] = []
    first.chosen.disconnect()
    first.chosen.connect(chosen.append)
    QTest.keyClick(first, Qt.Key.Key_2)
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert chosen == ["connect", "demo"]
    made.close()
    qt.processEvents()


def test_the_window_remembers_its_size(application: Application, window: Window, qt: QApplication) -> None:
    window.resize(790, 650)
    qt.processEvents()
    application.close()
    again = application.start()
    qt.processEvents()
    assert (again.width(), again.height()) == (790, 650)


@pytest.mark.slow
def test_a_second_start_raises_the_first_window_and_ends(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    command = [sys.executable, "main.py", "--profile", str(folder)]
    here = Path(__file__).parents[3]
    first = subprocess.Popen(command, cwd=here)
    try:
        deadline = time.monotonic() + 120
        while not (folder / "community.rapport").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert subprocess.run(command, cwd=here, timeout=120, check=False).returncode == 0
        assert first.poll() is None
    finally:
        first.kill()
        first.wait()
    assert WindowLock(folder).take()  # a killed holder frees it
