"""A scroll area as tall as its content, until there is no room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.fitted import Fitted
from ui.widgets.labels import Label


@pytest.fixture
def lines(qt: QApplication) -> list[QLineEdit]:
    assert qt is QApplication.instance()
    return [QLineEdit(str(number)) for number in range(6)]


def _around(lines: list[QLineEdit]) -> tuple[QWidget, Fitted, QVBoxLayout]:
    window, inner = QWidget(), QWidget()
    column = QVBoxLayout(inner)
    for line in lines:
        line.setFixedHeight(40)
        column.addWidget(line)
    fitted = Fitted(inner)
    outer = QVBoxLayout(window)
    outer.addWidget(fitted)
    outer.addStretch(1)
    window.resize(300, 600)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window, fitted, column


def test_it_is_as_tall_as_what_is_in_it(lines: list[QLineEdit]) -> None:
    window, fitted, column = _around(lines)
    assert fitted.height() == fitted.wanted() >= 6 * lines[0].height()
    assert fitted.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    before, tall = fitted.height(), lines[0].height()
    lines[0].hide()
    QApplication.processEvents()
    assert fitted.height() <= before - tall
    column.addWidget(Label("Words that take several lines in so little room. " * 6, "body", wrap=True))
    QApplication.processEvents()
    assert fitted.height() > before
    window.close()


def test_where_there_is_no_room_it_scrolls_and_follows_the_focus(lines: list[QLineEdit]) -> None:
    window, fitted, _ = _around(lines)
    fitted.set_most(100)
    QApplication.processEvents()
    assert fitted.height() == 100
    assert fitted.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    for line in (lines[5], lines[0]):
        line.setFocus()
        QApplication.processEvents()
        seen = line.visibleRegion().boundingRect()
        assert seen.height() == line.height()
    fitted.set_most(1_000)
    QApplication.processEvents()
    assert fitted.height() == fitted.wanted()
    window.close()
