"""The field for drafts: which keys type."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.shared.draft_field import DraftField


@pytest.mark.skipif(sys.platform == "darwin", reason="Option types characters there")
@pytest.mark.usefixtures("qt")
def test_alt_with_a_letter_types_nothing() -> None:
    field = DraftField()
    QTest.keyClicks(field, "See you")
    for key in (Qt.Key.Key_P, Qt.Key.Key_K, Qt.Key.Key_W):
        QTest.keyClick(field, key, Qt.KeyboardModifier.AltModifier)
    QApplication.sendEvent(
        field,
        QKeyEvent(QEvent.Type.KeyPress, 0x3A0, Qt.KeyboardModifier.AltModifier, "π"),  # the same cap in Greek
    )
    assert field.toPlainText() == "See you"
    QTest.keyClicks(field, "!")
    assert field.toPlainText() == "See you!"


@pytest.mark.usefixtures("qt")
def test_the_text_cursor_stays_in_sight_where_the_field_gets_lower() -> None:
    field = DraftField()
    field.resize(300, 8 * field.line_height())
    field.show()
    QTest.keyClicks(field, "Lemon. " * 60)
    for lines in (5, 3, 1):
        field.setFixedHeight(lines * field.line_height() + 4)
        assert field.rect().contains(field.caret().center())
    field.close()


@pytest.mark.usefixtures("qt")
def test_words_that_were_scrolled_to_stay_where_the_field_gets_lower() -> None:
    field = DraftField()
    field.resize(300, 5 * field.line_height())
    field.show()
    QTest.keyClicks(field, "Lemon. " * 90)
    field.verticalScrollBar().setValue(0)
    field.setFixedHeight(3 * field.line_height())
    assert field.verticalScrollBar().value() == 0
    field.close()
