"""Marks of the voice guide and of spelling in one field."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication

from app.voice import Finding
from ui.look.theme import theme
from ui.shared.draft_field import DraftField, units_of

_WAVY = QTextCharFormat.UnderlineStyle.WaveUnderline


@pytest.fixture
def field(qt: QApplication) -> DraftField:
    """A field with words beyond the first 65,536 letters in it."""
    assert qt is not None
    made = DraftField()
    made.setPlainText("🍋 thier cheep box")
    return made


def shown(field: DraftField) -> list[tuple[str, bool, bool]]:
    """(words, tinted, wavy) of each piece that is marked."""
    return [
        (one.cursor.selectedText(), bool(one.format.background().style().value), one.format.underlineStyle() == _WAVY)
        for one in field.extraSelections()
    ]


def test_a_slip_within_a_finding_shows_both(field: DraftField) -> None:
    field.mark([Finding(2, 13, "ask", "tone", "why", "thier cheep")])
    field.marks.show_slips([field.span(2, 7)])
    assert shown(field) == [("thier", True, True), (" cheep", True, False)]
    field.mark(())
    assert shown(field) == [("thier", False, True)]
    assert field.extraSelections()[0].format.underlineColor().name() == theme().hex("danger").lower()


def test_marks_stay_on_their_words_while_one_types_before_them(field: DraftField) -> None:
    field.marks.show_slips([field.span(2, 7)])
    field.span(0, 0).insertText("Ó, ")
    field.mark([Finding(11, 16, "note", "tone", "why", "cheep")])
    assert shown(field) == [("thier", False, True), ("cheep", True, False)]
    assert field.marks.slip_at(units_of(field.toPlainText())(7)) is not None
    assert field.marks.slip_at(0) is None
    field.setPlainText("")
    assert field.marks.slips() == []


def test_positions_are_counted_as_qt_does() -> None:
    assert [units_of("a🍋é")(at) for at in range(4)] == [0, 1, 3, 4]
    assert [units_of("aéλ")(at) for at in range(4)] == [0, 1, 2, 3]
    assert units_of("")(0) == 0
