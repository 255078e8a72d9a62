"""The marks in a draft, one list for all who mark: the voice guide's findings, blanks, parts of a thread, and slips.

A mark holds a text cursor, so that it stays on its words while the text around it is edited. Where a slip lies within a
finding both are shown: the finding's tint, and the slip's wavy line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ui.look.theme import theme

SLIP_TONE = "danger"


class Mark(NamedTuple):
    """Words and the tone in which they are marked."""

    cursor: QTextCursor
    tone: str


class Marks:
    """Shows the marks of one field."""

    def __init__(self, field: QTextEdit) -> None:
        """Start with none."""
        self._field = field
        self._toned: list[Mark] = []
        self._slips: list[QTextCursor] = []

    def show_toned(self, marks: Sequence[Mark]) -> None:
        """Show these findings and blanks; slips stay."""
        self._toned = list(marks)
        self._show()

    def show_slips(self, slips: Sequence[QTextCursor]) -> None:
        """Show these slips; findings stay."""
        if _places(slips) != _places(self._slips):
            self._slips = list(slips)
            self._show()

    def slips(self) -> list[QTextCursor]:
        """The slips that are shown, in the order of the text, but those that were deleted since."""
        return sorted((one for one in self._slips if one.hasSelection()), key=QTextCursor.selectionStart)

    def slip_at(self, position: int) -> QTextCursor | None:
        """The slip whose word this position (in UTF-16 units) touches."""
        return next((one for one in self.slips() if one.selectionStart() <= position <= one.selectionEnd()), None)

    def _show(self) -> None:
        spans = [(mark.cursor.selectionStart(), mark.cursor.selectionEnd(), mark.tone) for mark in self._toned]
        spans += [(slip.selectionStart(), slip.selectionEnd(), "") for slip in self._slips]
        self._field.setExtraSelections([self._selection(piece) for piece in _pieces(spans)])

    def _selection(self, piece: _Piece) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.format = _format(piece.tone, wavy=piece.wavy)
        made.cursor = QTextCursor(self._field.document())
        made.cursor.setPosition(piece.start)
        made.cursor.setPosition(piece.end, QTextCursor.MoveMode.KeepAnchor)
        return made


class _Piece(NamedTuple):
    start: int
    end: int
    tone: str
    wavy: bool


def _pieces(spans: Iterable[tuple[int, int, str]]) -> list[_Piece]:
    """Cut overlapping spans (start, end, tone; "" for a slip) into pieces that lie side by side, in order."""
    real = sorted(span for span in spans if span[0] < span[1])
    edges = sorted({edge for start, end, _tone in real for edge in (start, end)})
    pieces: list[_Piece] = []
    at, open_ = 0, list[tuple[int, int, str]]()
    for start, end in pairwise(edges):
        open_ = [span for span in open_ if span[1] > start]
        while at < len(real) and real[at][0] <= start:
            open_.append(real[at])
            at += 1
        if open_:
            tone = next((span[2] for span in reversed(open_) if span[2]), "")
            pieces.append(_Piece(start, end, tone, any(not span[2] for span in open_)))
    return pieces


def _places(cursors: Iterable[QTextCursor]) -> list[tuple[int, int]]:
    return [(one.selectionStart(), one.selectionEnd()) for one in cursors]


def _format(tone: str, *, wavy: bool) -> QTextCharFormat:
    shape = QTextCharFormat()
    if tone:
        shape.setBackground(QColor(theme().hex(f"{tone}_bg")))
        shape.setForeground(QColor(theme().hex(tone)))
    if wavy:
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(QColor(theme().hex(SLIP_TONE)))
    elif tone != "accent":
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        shape.setUnderlineColor(QColor(theme().hex(tone)))
    return shape
