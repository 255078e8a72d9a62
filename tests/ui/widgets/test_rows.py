"""A model of rows with heads between them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from ui.widgets.rows import RowModel


@dataclass(frozen=True, slots=True)
class _One:
    id: int


def test_heads_count_as_rows_but_cannot_be_chosen() -> None:
    """What can be chosen is found by its place and by its id."""
    model: RowModel[_One, str] = RowModel(_One)
    model.show_rows(["Yours", _One(7), "Theirs", _One(9)])
    assert (model.rowCount(), model.columnCount()) == (4, 1)
    assert [model.row_at(place) for place in range(-1, 5)] == [None, None, _One(7), None, _One(9), None]
    assert [model.place_of(number) for number in (7, 9, 8)] == [1, 3, -1]
    enabled = [bool(model.flags(model.index(place, 0)) & Qt.ItemFlag.ItemIsEnabled) for place in range(4)]
    assert enabled == [False, True, False, True]
