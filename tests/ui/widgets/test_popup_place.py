"""Where a list pops up: in the window, clear of what is read, with the rows that have room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from ui.widgets.popup_place import Look, clear_of, near

LOOK = Look(width=380, narrowest=228, row=44, around=12)
ROOM = QRect(0, 0, 1280, 800)
TALK = QRect(549, 240, 480, 330)
CARET = QRect(553, 660, 1, 20)


def test_it_goes_below_the_cursor_where_all_of_it_fits() -> None:
    assert near(QRect(100, 100, 1, 20), ROOM, LOOK, 3) == (QRect(100, 123, 380, 144), 3)


def test_without_room_below_it_goes_above() -> None:
    placed = near(CARET, ROOM, LOOK, 5)
    assert placed.rows == 5
    assert placed.at.bottom() < CARET.top()


@pytest.mark.parametrize("size", [(1280, 800), (900, 700)])
def test_the_question_stays_in_sight(size: tuple[int, int]) -> None:
    room = QRect(0, 0, *size)
    keep = QRect(500, 240, size[0] - 520, size[1] - 460)
    caret = QRect(504, size[1] - 140, 1, 20)
    placed = clear_of(keep, caret, room, LOOK, 7)
    assert not placed.at.intersects(keep)
    assert not placed.at.intersects(caret)
    assert placed.rows == 7


def test_where_lines_begin_at_the_right_it_goes_there() -> None:
    placed = clear_of(TALK, CARET, ROOM, LOOK, 7, mirrored=True)
    assert placed.at.left() > TALK.right()
    assert placed.at.right() <= ROOM.right()


def test_one_pane_shows_what_rows_fit_below() -> None:
    keep, caret = QRect(120, 200, 1100, 230), QRect(130, 600, 1, 20)
    placed = clear_of(keep, caret, ROOM, LOOK, 7)
    assert placed.rows == 3
    assert placed.at.top() > caret.bottom()
    assert not placed.at.intersects(keep)


@given(
    st.integers(300, 2000), st.integers(200, 1200), st.floats(0, 1), st.floats(0, 1), st.integers(1, 40), st.booleans()
)
def test_it_is_always_within_the_window(
    width: int,
    height: int,
    across: float,
    down: float,
    rows: int,
    mirrored: bool,  # noqa: FBT001  drawn by hypothesis
) -> None:
    room = QRect(0, 0, width, height)
    caret = QRect(int(across * (width - 20)), int(down * (height - 24)), 1, 20)
    keep = QRect(int(across * (width - 20)), 0, width // 3, caret.top())
    for placed in (near(caret, room, LOOK, rows), clear_of(keep, caret, room, LOOK, rows, mirrored=mirrored)):
        assert 1 <= placed.rows <= rows
        assert placed.at.height() == LOOK.high(placed.rows)
        assert room.contains(placed.at.topLeft())
        assert placed.at.right() <= room.right()
