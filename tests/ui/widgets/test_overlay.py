"""What lies over the window follows its size, and that of the text, while it is open."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from tests.ui.parts import palette
from tests.ui.talking import inbox
from ui.look.theme import theme
from ui.palette.keysheet import KeySheet
from ui.shell.window import Window
from ui.widgets.overlay import Overlay


def _over(window: Window) -> Overlay:
    return next(one for one in window.findChildren(Overlay) if one.isVisible())


@pytest.mark.slow
@pytest.mark.parametrize("command", ["labels", "edit_views", "moderation_log"])
def test_its_card_is_whole_and_in_the_middle_at_any_size(demo: Window, command: str) -> None:
    said = "SELECT m.conversation_id FROM moderation d JOIN message m ON m.id = d.message_id LIMIT 1"
    inbox(demo).open(demo.bench.store.read.execute(said).fetchone()[0])
    QApplication.processEvents()
    assert demo.run(command)
    over = _over(demo)
    for size, percent in (((900, 700), 100), ((1280, 800), 200), ((700, 500), 100), ((1280, 800), 100)):
        theme().choose(scale=percent / 100)
        demo.resize(*size)
        QApplication.processEvents()
        _lies_over(demo, over, over.card.geometry())
    over.dismiss()


def test_the_palette_does_too_and_the_key_sheet_closes(demo: Window) -> None:
    demo.run("palette")
    asked: Any = palette(demo)
    for size in ((900, 700), (1280, 800)):
        demo.resize(*size)
        QApplication.processEvents()
        _lies_over(demo, asked, asked._card.geometry())
    asked.dismiss()
    demo.run("keysheet")
    sheet = _over(demo)
    assert isinstance(sheet, KeySheet)
    demo.resize(900, 700)
    assert not sheet.isVisible()


def _lies_over(window: Window, over: Any, card: QRect) -> None:
    assert over.geometry() == window.rect()
    assert window.rect().contains(card)
    assert abs(card.center().x() - window.rect().center().x()) <= 1
