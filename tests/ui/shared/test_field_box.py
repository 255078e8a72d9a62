"""The frame around a field shows whether the field has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPaintEvent

from tests.ui.settling import settle
from tests.ui.talking import inbox, open_talk
from ui.shared.field_box import FieldBox
from ui.shell.window import Window


@pytest.mark.slow
def test_all_of_the_border_is_drawn_anew_when_the_focus_comes_and_goes(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, "Wooden crates for Sunday’s swap")
    settle()
    box = page.composer.findChild(FieldBox)
    drawn: list[object] = []
    paints = box.paintEvent

    def paint_event(event: QPaintEvent) -> None:
        drawn.append(event.rect())
        paints(event)

    box.paintEvent = paint_event
    for focus in (page.composer.field.setFocus, page.list.focus_rows):
        settle()
        drawn.clear()
        focus()
        settle()
        assert box.rect() in drawn
