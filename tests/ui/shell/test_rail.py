"""The rail: rows that come into sight as they are counted take the room that there is."""

from __future__ import annotations

import pytest

from tests.ui.settling import settle, until
from ui.shell.window import Window


@pytest.mark.slow
def test_lists_of_the_page_that_come_into_sight_are_whole_where_there_is_room(window: Window) -> None:
    window.resize(1280, 900)
    settle()
    rail = window.rail
    assert rail.views.isHidden()
    for shelf in ("snoozed", "quiet"):
        rail.set_count(f"inbox/{shelf}", 2)
        settle()
    assert rail.views.height() == rail.views.sizeHint().height()
    assert rail.views.verticalScrollBar().maximum() == 0


@pytest.mark.slow
def test_all_lists_and_views_are_whole_once_they_are_counted(demo: Window) -> None:
    demo.resize(1280, 900)
    until(lambda: not demo.rail.views.isHidden())
    until(lambda: bool(demo.rail.views.rows()))
    settle(seconds=0.5)
    assert demo.rail.views.height() == demo.rail.views.sizeHint().height()
