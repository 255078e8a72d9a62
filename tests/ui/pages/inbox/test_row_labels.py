"""How much of a row its labels take: whole names where they fit, else dots, and never more than their share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.pages.inbox.row_labels import chip_widths


@pytest.mark.parametrize(
    ("natural", "total", "room", "drawn"),
    [
        ([40, 50], 2, 120, [40, 50]), ([40, 50], 2, 80, [40]), ([40, 50], 5, 120, [40]), ([90, 50], 2, 80, [64]),
        ([90], 1, 80, [76]), ([90, 90], 6, 80, [40]), ([90, 90], 6, 70, []), ([30], 1, 200, [30]),
    ],
)  # fmt: skip
def test_names_are_whole_where_they_fit(natural: list[int], total: int, room: int, drawn: list[int]) -> None:
    assert chip_widths(natural, total, room) == drawn


@given(st.lists(st.integers(20, 200), min_size=1, max_size=2), st.integers(0, 9), st.integers(0, 400))
def test_they_never_take_more_than_their_room(natural: list[int], more: int, room: int) -> None:
    widths = chip_widths(natural, len(natural) + more, room)
    dots = min(len(natural) + more - len(widths), 3) * 12
    assert not widths or sum(widths) + len(widths) * 4 + dots <= room
    assert all(wide <= whole for wide, whole in zip(widths, natural, strict=False))
