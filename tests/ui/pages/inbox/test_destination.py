"""Which chips give way so that the composer's head can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.pages.inbox.destination import folded_in

LANGUAGE, TEMPLATE = (110, 40), (160, 40)


def test_with_room_no_chip_is_folded() -> None:
    assert folded_in([LANGUAGE, TEMPLATE], 270) == [False, False]


def test_the_last_is_folded_first() -> None:
    assert folded_in([LANGUAGE, TEMPLATE], 200) == [False, True]
    assert folded_in([LANGUAGE, TEMPLATE], 100) == [True, True]


@given(st.lists(st.tuples(st.integers(40, 300), st.just(40)), max_size=4), st.integers(-100, 900))
def test_no_more_are_folded_than_need_be(sizes: list[tuple[int, int]], room: int) -> None:
    folded = folded_in(sizes, room)
    taken = sum(small if is_folded else whole for (whole, small), is_folded in zip(sizes, folded, strict=True))
    if all(folded):
        return
    assert taken <= room
    if any(folded):  # one fewer would be too many
        first = folded.index(True)
        assert taken + sizes[first][0] - sizes[first][1] > room or sizes[first][0] == sizes[first][1]
