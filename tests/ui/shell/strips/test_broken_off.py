"""After a sudden end in the midst of an import: it is said at the next start, goes on, is taken back, or stays so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from tests.app.imports.breaking import CHUNK, ROWS, break_off, said, table
from tests.stories.hand import Hand
from tests.ui.parts import toast
from ui.shell.application import Application
from ui.shell.strips.broken_off import BrokenOffStrip
from ui.shell.window import Window


@pytest.fixture
def file(profile: Profile, tmp_path: Path) -> Path:
    """A table of members of which the first chunk is in."""
    made = table(tmp_path)
    break_off(profile.folder, made)
    return made


@pytest.fixture
def window(profile: Profile, file: Path, qt: QApplication) -> Iterator[Window]:
    assert file.exists()
    made = Application(profile)
    yield made.start()
    made.close()
    qt.processEvents()


def _strip(window: Window) -> BrokenOffStrip:
    Hand.until(lambda: _shown(window) is not None)
    strip = _shown(window)
    assert strip is not None
    return strip


def _shown(window: Window) -> BrokenOffStrip | None:
    found = window.strips.broken_off
    return None if found is None else found.strip


def _toasted(window: Window) -> str:
    return "" if window._toast is None else toast(window).accessibleName()


def _members(window: Window) -> int:
    return int(window.bench.store.read.execute("SELECT count(*) FROM member").fetchone()[0])


@pytest.mark.slow
def test_it_is_said_and_goes_on(window: Window) -> None:
    strip = _strip(window)
    assert "guests.csv" in strip.title.text()
    assert strip.title.text().endswith("was only partly imported.")
    assert "the import was cut short after 20 of 50 rows. 20 new members are in." in strip.line.text()
    strip.go.click()
    assert _shown(window) is None
    Hand.until(lambda: _members(window) == ROWS and not window.bench.has_broken_off)
    Hand.until(lambda: "30 new members imported" in _toasted(window))
    assert _shown(window) is None


@pytest.mark.slow
def test_it_is_taken_back(window: Window) -> None:
    _strip(window).back.click()
    Hand.until(lambda: _shown(window) is None)
    assert _members(window) == 0
    assert "Removed 20 members." in _toasted(window)


@pytest.mark.slow
def test_left_as_it_is_it_is_not_said_again(window: Window, profile: Profile, qt: QApplication) -> None:
    _strip(window).leave.click()
    assert _shown(window) is None
    assert _members(window) == CHUNK
    window.close()
    qt.processEvents()
    assert not window.bench.has_broken_off
    assert profile.file.exists()


@pytest.mark.slow
def test_where_the_file_is_gone_that_is_said_and_the_choice_stays(window: Window, file: Path) -> None:
    strip = _strip(window)
    file.unlink()
    strip.go.click()
    Hand.until(lambda: "guests.csv isn't in" in _toasted(window))
    assert _strip(window).found == strip.found
    assert _members(window) == CHUNK


@pytest.mark.slow
def test_one_after_the_other(window: Window, profile: Profile, tmp_path: Path) -> None:
    _strip(window)
    break_off(profile.folder, said(tmp_path))  # in a shell meanwhile
    window.strips.show_broken_off()
    assert "said.csv" in _strip(window).title.text()
    _strip(window).leave.click()
    assert "guests.csv" in _strip(window).title.text()


@pytest.mark.slow
def test_taken_back_elsewhere_it_is_gone_here(window: Window) -> None:
    strip = _strip(window)
    window.bench.actions.take_back_import(strip.found.batch)
    Hand.until(lambda: _shown(window) is None)


@pytest.mark.slow
def test_nothing_is_shown_where_nothing_broke_off(profile: Profile, qt: QApplication) -> None:
    made = Application(profile)
    window = made.start()
    made._show_left_over()
    assert window.strips.broken_off is None
    made.close()
    qt.processEvents()
