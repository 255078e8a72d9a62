"""The columns of painted tables: none runs past the row, at any width and size of text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from ui.look.theme import theme
from ui.pages.delight.table import COLUMNS as GIFTS
from ui.pages.members.table import COLUMNS as MEMBERS
from ui.pages.templates.rules import COLUMNS as RULES
from ui.widgets.columns import Column, places


@pytest.mark.parametrize("scale", [1.0, 1.3, 2.0])
@pytest.mark.parametrize("columns", [GIFTS, MEMBERS, RULES], ids=["gifts", "members", "rules"])
def test_all_that_is_shown_ends_within_the_row(qt: QApplication, columns: tuple[Column, ...], scale: float) -> None:
    assert qt is not None
    theme().choose("light", scale)
    for wide in range(round(300 * scale), 1_900, 7):
        placed = list(places(columns, 20, 20 + wide).values())
        assert all(x >= 20 and width > 0 for x, width in placed)
        assert all(x + width <= following for (x, width), (following, _) in pairwise(placed))
        assert placed[-1][0] + placed[-1][1] <= 20 + wide, wide


@given(st.lists(st.integers(0, 200), min_size=1, max_size=6), st.integers(600, 2_000))
def test_what_has_room_keeps_its_width(widths: list[int], wide: int) -> None:
    columns = [Column(str(at), "", width) for at, width in enumerate(widths)]
    placed = places(columns, 0, wide)
    fixed = sum(widths) + 12 * (len(widths) - 1) + 40 * widths.count(0)
    if fixed <= wide:
        assert all(placed[str(at)][1] == width for at, width in enumerate(widths) if width)
