"""Flow: what does not fit in a line goes on in the next, from either side, and the height asked for holds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.flow import Flow


def _flow(widths: list[int], tall: int = 20) -> tuple[QWidget, Flow]:
    owner = QWidget()
    flow = Flow(owner, gap=6)
    for width in widths:
        one = QWidget()
        one.setFixedSize(width, tall)
        flow.addWidget(one)
        one.show()
    return owner, flow


def _places(flow: Flow) -> list[QRect]:
    found = [flow.itemAt(at) for at in range(flow.count())]
    return [place.geometry() for place in found if place is not None]


def test_one_line_while_there_is_place(qt: QApplication) -> None:
    owner, flow = _flow([50, 60, 70])
    assert qt is QApplication.instance()
    assert flow.sizeHint().width() == 50 + 60 + 70 + 12
    assert flow.heightForWidth(192) == 20
    assert flow.heightForWidth(191) == 46
    owner.deleteLater()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_it_begins_where_reading_begins(qt: QApplication, direction: Qt.LayoutDirection) -> None:
    assert qt is QApplication.instance()
    owner, flow = _flow([50, 60])
    owner.setLayoutDirection(direction)
    flow.setGeometry(QRect(0, 0, 200, 40))
    first, second = _places(flow)
    assert (first.left() < second.left()) is (direction == Qt.LayoutDirection.LeftToRight)
    assert (first.left() == 0) or (first.right() == 199)
    owner.deleteLater()


@given(st.lists(st.integers(min_value=1, max_value=120), max_size=12), st.integers(min_value=120, max_value=400))
def test_nothing_overlaps_or_lies_outside(widths: list[int], width: int) -> None:
    owner, flow = _flow(widths)
    height = flow.heightForWidth(width)
    flow.setGeometry(QRect(0, 0, width, height))
    places = _places(flow)
    assert all(QRect(0, 0, width, max(height, 1)).contains(place) for place in places)
    assert not any(one.intersects(other) for at, one in enumerate(places) for other in places[:at])
    owner.deleteLater()
