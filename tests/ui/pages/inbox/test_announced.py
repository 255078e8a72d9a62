"""What the inbox tells a screen reader of what a key did."""

from __future__ import annotations

import re
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.stories.hand import Hand
from tests.ui.talking import inbox
from ui.shell.window import Window
from ui.widgets.pick_list import PickList


@pytest.fixture
def page(demo: Window) -> Any:
    return inbox(demo)


def test_a_strip_and_a_menu_are_announced(demo: Window, page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page.talk.opened is not None
    hand, said = Hand(demo), list[str]()
    monkeypatch.setattr("ui.frame.unsaved.speak", lambda _widget, words: said.append(words))
    monkeypatch.setattr("ui.widgets.lettermenu.speak", lambda _widget, words: said.append(words))
    hand.keys("H")
    hand.keys("Escape")
    hand.keys("S")
    assert said == ["Hand off to a teammate", "Snooze until"]
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_what_x_u_and_m_did_is_announced(demo: Window, page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hand, said = Hand(demo), list[str]()
    monkeypatch.setattr(
        "ui.widgets.toast.speak", lambda _widget, words, **_how: said.append(re.sub("[\u2066-\u2069]", "", words))
    )
    page.list.focus_rows()
    page.list.rows.choose(0)
    first, second = (page.list.model.row_at(place).member for place in (0, 1))
    hand.keys("X")
    hand.keys("J")
    hand.keys("X")
    hand.keys("X")
    hand.keys("K")
    hand.keys("X")
    assert said == [
        f"{first}: selected. 1 selected in all.",
        f"{second}: selected. 2 selected in all.",
        f"{second}: deselected. 1 selected in all.",
        f"{first}: deselected. Nothing is selected.",
    ]
    said.clear()
    now = "no longer" if page.list.model.row_at(0).unhappy else "marked as"
    hand.keys("U")
    assert said[-1].startswith(f"{first}: {now} unhappy.")
    hand.keys("M")
    picker = next(one for one in demo.findChildren(PickList) if one.isVisible())
    row = picker.current()
    assert row is not None
    hand.keys("Enter")
    assert said[-1].startswith(f"{first}: “{row.title}” ")
    hand.keys("Escape")
