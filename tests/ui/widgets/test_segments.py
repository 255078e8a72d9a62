"""A segmented switch: chosen by mouse, by key, from outside, and by a screen reader's own press."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.reading_order import InReadingOrder
from ui.widgets.segments import SegmentSwitch


class _Box(InReadingOrder, QWidget):
    """A window in which Tab goes as one reads."""


@pytest.fixture
def switch(qt: QApplication) -> Iterator[tuple[SegmentSwitch, list[str]]]:
    assert qt is not None
    made, chosen = SegmentSwitch([("a", "First"), ("b", "Second"), ("c", "Third")]), list[str]()
    made.chosen.connect(chosen.append)
    made.show()
    made.activateWindow()
    yield made, chosen
    made.close()


def segment(switch: SegmentSwitch, title: str) -> QAbstractButton:
    return next(one for one in switch.findChildren(QAbstractButton) if one.accessibleName() == title)


def test_a_screen_readers_press_chooses(switch: tuple[SegmentSwitch, list[str]]) -> None:
    made, chosen = switch
    face = QAccessible.queryAccessibleInterface(segment(made, "Second"))
    action = face.actionInterface()
    action.doAction(QAccessibleActionInterface.toggleAction())
    QApplication.processEvents()
    assert (made.current(), chosen) == ("b", ["b"])


def test_a_click_and_a_key_choose_once_and_setting_it_says_nothing(switch: tuple[SegmentSwitch, list[str]]) -> None:
    made, chosen = switch
    QTest.mouseClick(segment(made, "Third"), Qt.MouseButton.LeftButton)
    QTest.keyClick(segment(made, "Second"), Qt.Key.Key_Space)
    QApplication.processEvents()
    made.set_current("a")
    QApplication.processEvents()
    assert (made.current(), chosen) == ("a", ["c", "b"])
    QTest.mouseClick(segment(made, "First"), Qt.MouseButton.LeftButton)
    assert chosen == ["c", "b", "a"]


def test_tab_stops_at_the_chosen_one_from_either_side(qt: QApplication) -> None:
    assert qt is not None
    box, made = _Box(), SegmentSwitch([("a", "First"), ("b", "Second"), ("c", "Third")])
    before, after = QLineEdit(), QLineEdit()
    column = QVBoxLayout(box)
    for widget in (before, made, after):
        column.addWidget(widget)
    made.set_current("b")
    box.show()
    box.activateWindow()
    QApplication.processEvents()
    after.setFocus()
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is segment(made, "Second")
    QTest.keyClick(segment(made, "Second"), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is before
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is segment(made, "Second")
    QTest.keyClick(segment(made, "Second"), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    made.set_current("c")  # as when another view is opened
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is segment(made, "Third")
    box.close()
