"""Working blocks and estimates in the settings: typed, read, kept and undone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.blocks.words import written
from ui.shared.blocks_field import reading
from ui.shell.window import Window


@pytest.fixture
def page(window: Window) -> Any:
    window.go("settings")
    found: Any = window.page("settings")
    found.complete(keys=False)
    return found


def _set(page: Any) -> str:
    return written([planned.block for planned in page.bench.blocks.all()])


def test_blocks_are_read_while_they_are_typed_and_kept_when_the_field_is_left(page: Any, window: Window) -> None:
    blocks = page.working.blocks
    assert blocks.reading.text() == "Until you set your working blocks: Mon-Fri 9-17."
    blocks.field.setFocus()
    QTest.keyClicks(blocks.field, "Tue 17-19, so 10-1")
    assert "over midnight" in blocks.reading.text()
    QTest.keyClicks(blocks.field, "2")
    assert blocks.reading.text() == "Tuesday 17:00–19:00, Saturday 10:00–12:00; 4 hours a week"
    assert _set(page) == ""
    QTest.keyClick(blocks.field, Qt.Key.Key_Tab)
    assert _set(page) == "Tue 17-19, Sat 10-12"
    window.run("undo")
    page.activate()
    assert (_set(page), blocks.field.text()) == ("", "")


def test_what_is_not_understood_is_not_kept_and_stays_to_be_mended(page: Any) -> None:
    page.bench.blocks.put("Tue 17-19")
    page.activate()
    blocks = page.working.blocks
    blocks.field.setFocus()
    blocks.field.setText("Tue 17-19, Sat 22-2")
    QTest.keyClick(blocks.field, Qt.Key.Key_Tab)
    assert _set(page) == "Tue 17-19"
    assert blocks.field.text() == "Tue 17-19, Sat 22-2"
    assert "write two: Sat 22-24, Sun 0-2" in blocks.field.accessibleDescription()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Mon 9-10", "Monday 09:00–10:00; 1 hour a week"),
        ("Δευ 9-10:30", "Monday 09:00–10:30; 1 h 30 min a week"),
    ],
)
def test_the_reading_counts_the_hours_of_a_week(typed: str, read: str) -> None:
    assert reading(typed) == (read, "text2")


def test_an_estimate_is_corrected_and_let_go(page: Any) -> None:
    spin = page.working.estimates.spins["unhappy"]
    assert spin.text() == "6 min, as is usual"
    assert spin.toolTip() == "what is usual, until 5 were timed"
    spin.setValue(15)
    assert page.bench.handling.estimates()["unhappy"] == 15
    assert spin.text() == "15 min"
    spin.setValue(0)
    assert page.bench.handling.estimates()["unhappy"] == 6


def test_the_rows_are_found_by_their_words(page: Any) -> None:
    page.open("blocks")
    assert page.working.blocks.isVisible()
    page.open("backup")
    assert not page.working.blocks.isVisible()


def test_where_the_week_went_is_told(page: Any) -> None:
    assert page.working.week.text() == "Nothing was timed this week yet."
    for kind, seconds in (("gift", 61), ("reply", 3_600)):
        page.bench.handling.note(kind, None, seconds, "sent")
    page.activate()
    assert page.working.week.text() == "1 h 2 min in all: Replies in public 1 h 0 min, Gifts 2 min"
