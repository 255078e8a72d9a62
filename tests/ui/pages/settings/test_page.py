"""The settings page in a real window: each setting is stored as it is changed, by keys alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.settings import SETTINGS
from tests.ui.settling import until
from ui.look import fonts
from ui.look.theme import theme
from ui.pages.settings import dictionaries
from ui.pages.settings.page import SettingsPage
from ui.shell.window import Window
from ui.widgets.fields import CheckBox, Choice, Spin
from ui.widgets.labels import ElidedLabel


@pytest.fixture
def page(window: Window) -> SettingsPage:
    window.go("settings")
    found = window.page("settings")
    assert isinstance(found, SettingsPage)
    found.complete(keys=False)
    return found


def field(page: SettingsPage, key: str) -> Any:
    """The field of a setting, focused."""
    found = next(one for one in page.findChildren(QWidget) if one.property("setting") == key)
    found.setFocus()
    return found


def test_every_setting_has_a_field_that_shows_its_value(page: SettingsPage) -> None:
    for setting in (one for one in SETTINGS if one.key != "backup_folder"):  # it is chosen, not typed
        shown, value = field(page, setting.key), page.bench.settings.get(setting.key)
        if isinstance(shown, CheckBox):
            assert shown.isChecked() == value, setting.key
        elif isinstance(shown, Spin):
            assert shown.value() == value, setting.key
        elif isinstance(shown, QLineEdit):
            assert shown.text() == value, setting.key
        else:
            assert isinstance(shown, Choice), setting.key


def test_words_are_stored_when_the_field_is_left(page: SettingsPage) -> None:
    name = field(page, "community")
    name.selectAll()
    name.insert(" Λεμονάδα ")  # as an input method does
    QTest.keyClick(name, Qt.Key.Key_Tab)
    assert page.bench.settings.text("community") == "Λεμονάδα"


def test_a_number_stays_within_its_bounds(page: SettingsPage) -> None:
    hold = field(page, "hold_seconds")
    hold.selectAll()
    QTest.keyClicks(hold, "30")
    QTest.keyClick(hold, Qt.Key.Key_Return)
    assert page.bench.settings.number("hold_seconds") == 30
    QTest.keyClick(hold, Qt.Key.Key_Up)
    assert page.bench.settings.number("hold_seconds") == 30


def test_a_box_is_ticked_by_the_space_bar(page: SettingsPage) -> None:
    before = page.bench.settings.get("single_keys")
    QTest.keyClick(field(page, "single_keys"), Qt.Key.Key_Space)
    assert page.bench.settings.get("single_keys") is not before


@pytest.mark.slow
def test_appearance_and_size_of_the_text_hold_at_once(page: SettingsPage) -> None:
    field(page, "theme").picked.emit("dark")
    size = field(page, "text_size")
    size.setValue(150)
    assert page.bench.settings.text("theme") == "dark"
    assert theme().tokens.name == "dark"
    assert fonts.scale() == 1.5


def test_the_search_finds_a_setting_and_a_key_and_says_where_there_is_none(page: SettingsPage) -> None:
    page.open("undo send")
    assert not field(page, "hold_seconds").isHidden()
    shown = [row for row, _ in page._rows if not row.isHidden()]
    assert shown
    assert not any(row.isAncestorOf(field(page, "community")) for row in shown)
    page.open("zzzz")
    assert [row for row, _ in page._rows if not row.isHidden()] == []
    until(lambda: not page._nothing.isHidden())  # once the keys are looked through as well
    assert [row for row, _ in page._rows if not row.isHidden()] == []
    page.handlers()["back"]()
    assert page._nothing.isHidden()


def test_dictionaries_are_listed_with_how_to_get_those_that_lack(page: SettingsPage) -> None:
    (shown,) = page.findChildren(dictionaries._Dictionaries)
    until(lambda: all(line.text() for line in shown._lines))
    assert len(shown._lines) == 5
    assert "Greek dictionary" in shown._lines[4].text()


@pytest.mark.slow
def test_a_value_that_changes_elsewhere_is_shown(page: SettingsPage) -> None:
    size, compact = field(page, "text_size"), field(page, "compact")
    page._search.setFocus()
    page.frame.run("larger")
    until(lambda: size.value() == 110)
    page.frame.go("members")
    page.bench.settings.put("compact", value=True)
    page.frame.go("settings")
    assert compact.isChecked()
    assert compact.text() == "On"
    assert page.bench.settings.number("text_size") == 110


@pytest.mark.parametrize(
    ("typed", "key"),
    [("zoom", "text_size"), ("night", "theme"), ("wake", "later_hours"), ("interval", "pull_minutes")],
)
def test_a_setting_is_found_by_other_words_for_it(page: SettingsPage, typed: str, key: str) -> None:
    page.open(typed)
    assert not next(row for row, _ in page._rows if row.isAncestorOf(field(page, key))).isHidden()


def test_the_file_is_named_with_its_size(page: SettingsPage) -> None:
    words = page.file._where.text().replace("\u200b", "")
    assert str(page.bench.profile.file) in words
    assert "kB" in words or "MB" in words


def test_the_demo_says_that_its_settings_are_its_own(demo: Window) -> None:
    demo.go("settings")
    shown = demo.page("settings")
    assert isinstance(shown, SettingsPage)
    assert any("This is the demo" in label.text() for label in shown.findChildren(ElidedLabel))


def test_the_groups_out_of_sight_follow_once_the_page_is_painted(window: Window) -> None:
    window.go("settings")
    found = window.page("settings")
    assert isinstance(found, SettingsPage)
    assert "community" in found._fields
    assert "currency" not in found._fields
    until(lambda: not found._rest.waits)
    assert set(found._fields) == {setting.key for setting in SETTINGS} - {"backup_folder"}
    assert found._fields["currency"].isVisibleTo(found)


def test_a_search_finds_what_is_not_built_yet(window: Window) -> None:
    window.go("settings", "currency")
    found = window.page("settings")
    assert isinstance(found, SettingsPage)
    until(lambda: "currency" in found._fields)
    assert not next(row for row, _ in found._rows if row.isAncestorOf(found._fields["currency"])).isHidden()
    until(lambda: not found._rest.waits)
    assert next(row for row, _ in found._rows if row.isAncestorOf(found._fields["spelling"])).isHidden()


def test_a_page_that_closes_builds_no_more(window: Window) -> None:
    window.go("settings")
    found = window.page("settings")
    assert isinstance(found, SettingsPage)
    found.closing()
    assert not found._rest.waits
    theme().changed.connect(found._show_values)  # which the window disconnects when it closes


def test_what_is_built_later_takes_no_focus_and_squeezes_nothing(window: Window) -> None:
    window.go("settings")
    found = window.page("settings")
    assert isinstance(found, SettingsPage)
    window.activateWindow()
    until(window.isActiveWindow)
    found._fields["community"].setFocus()
    until(lambda: not found._rest.waits)
    assert found._fields["community"].hasFocus()
    assert found._scroll.inner.height() == found._scroll.inner.heightForWidth(found._scroll.inner.width())
