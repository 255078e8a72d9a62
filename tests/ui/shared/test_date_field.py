"""The field for a date: what is typed is read at once, and a calendar is a key away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.base.dates import in_words
from app.base.errors import UserError
from tests.ui.settling import settle
from ui.shared.date_calendar import DateCalendar, MonthGrid
from ui.shared.date_field import DateField
from ui.shared.date_offers import DateOffers
from ui.shell.window import Window


@pytest.fixture
def field(window: Window) -> Iterator[DateField]:
    made = DateField(window.bench.dates, "2031-12-03", timed=True)
    made.setParent(window)
    made.resize(300, 60)
    made.show()
    made.line.setFocus()
    yield made
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    made.deleteLater()


def _today() -> date:
    return clock.local(clock.now()).date()


def _calendar(field: DateField) -> DateCalendar:
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    found = QApplication.activePopupWidget()
    assert isinstance(found, DateCalendar)
    return found


def test_what_is_typed_is_told_at_once_and_also_to_a_screen_reader(field: DateField) -> None:
    heard = []
    field.changed.connect(lambda: heard.append(field.text()))
    field.line.clear()
    QTest.keyClicks(field.line, "24.12.2031 15:30")
    assert field.reading.text() == field.line.accessibleDescription() == "Wed 24 December 2031, 15:30"
    assert clock.local(field.moment()).strftime("%Y-%m-%d %H:%M") == "2031-12-24 15:30"
    assert field.iso() == "2031-12-24"
    assert heard[-1] == "24.12.2031 15:30"
    field.setText("next tuesdy")
    assert "tuesdy" in field.reading.text()
    with pytest.raises(UserError, match="tuesdy"):
        field.moment()
    field.setText("")
    assert (field.reading.text(), field.iso()) == ("", "")


def test_arrows_and_page_keys_move_and_enter_takes_the_day(field: DateField) -> None:
    field.setText("2031-12-31 14:00")
    grid = _calendar(field).grid
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(grid, key)
    assert grid.day == date(2031, 12, 31)
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.day == date(2032, 1, 31)
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.day == date(2032, 2, 29)  # the month has no 31st
    QTest.keyClick(grid, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert grid.day == date(2033, 2, 28)
    assert grid.accessibleName() == in_words(date(2033, 2, 28))
    QTest.keyClick(grid, Qt.Key.Key_PageUp)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    settle()
    assert field.text() == "2033-01-28 14:00"  # the time stays
    assert QApplication.activePopupWidget() is None


def test_home_is_today_and_esc_changes_nothing(field: DateField) -> None:
    popup = _calendar(field)
    QTest.keyClick(popup.grid, Qt.Key.Key_Home)
    assert popup.grid.day == _today()
    QTest.keyClick(popup.grid, Qt.Key.Key_Escape)
    settle()
    assert QApplication.activePopupWidget() is None
    assert field.text() == "2031-12-03"


def test_a_letter_means_what_it_means_in_the_menus(field: DateField) -> None:
    popup = _calendar(field)
    QTest.keyClick(popup.grid, Qt.Key.Key_T)
    settle()
    assert field.text() == "Tomorrow"
    assert field.iso() == (_today() + timedelta(days=1)).isoformat()


def test_a_click_takes_the_day_under_it(field: DateField) -> None:
    popup = _calendar(field)
    grid, first = popup.grid, popup.grid.first()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell(10).center())
    settle()
    assert field.text().startswith((first + timedelta(days=10)).isoformat())


@pytest.mark.parametrize(
    ("locale", "first"), [("en_GB", "2031-12-01"), ("en_US", "2031-11-30"), ("el_GR", "2031-12-01")]
)
@pytest.mark.usefixtures("window")
def test_the_week_begins_as_the_locale_has_it(locale: str, first: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        grid = MonthGrid(date(2031, 12, 3))
        assert grid.first().isoformat() == first
        assert grid.first().isoweekday() == QLocale().firstDayOfWeek().value
        grid.deleteLater()
    finally:
        QLocale.setDefault(before)


@pytest.mark.usefixtures("window")
def test_a_day_beyond_all_calendars_is_not_reached() -> None:
    grid = MonthGrid(date(2199, 12, 25))
    grid.go_months(1)
    assert grid.day == date(2199, 12, 31)
    grid.deleteLater()


def test_looking_back_the_latest_such_day_is_meant(window: Window) -> None:
    field = DateField(window.bench.dates, "monday", back=True)
    assert date.fromisoformat(field.iso()) < _today()
    field.deleteLater()


def test_words_are_offered_with_what_they_mean_and_enter_takes_one(field: DateField) -> None:
    field.line.clear()
    QTest.keyClicks(field.line, "tomor")
    (offers,) = field.window().findChildren(DateOffers)
    assert offers.isVisible()
    meant = clock.local(field._dates.moment("tomorrow")).strftime("%H:%M")
    assert offers.accessibleDescription().startswith("tomorrow, ")
    assert offers.accessibleDescription().endswith(meant)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert field.text() == "tomorrow"
    assert not offers.isVisible()
    QTest.keyClicks(field.line, " 14")
    assert not offers.isVisible()  # what is read needs no offer


def test_esc_closes_the_offers_and_leaves_the_words(field: DateField) -> None:
    field.line.clear()
    QTest.keyClicks(field.line, "pond")
    (offers,) = field.window().findChildren(DateOffers)
    assert offers.isVisible()
    QTest.keyClick(field.line, Qt.Key.Key_Escape)
    assert not offers.isVisible()
    assert field.text() == "pond"
