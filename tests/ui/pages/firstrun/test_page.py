"""The welcome screen: each way is chosen by its digit, also on a keyboard without Latin letters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.look.theme import theme
from ui.pages.firstrun.page import WAYS, FirstRun, Way
from ui.widgets.buttons import LinkButton


@pytest.fixture
def screen(qt: QApplication) -> Iterator[FirstRun]:
    holder = QWidget()
    holder.resize(1280, 800)
    made = FirstRun("/home/anna/Documents/Rapport/community.rapport", holder)
    made.resize(holder.size())
    holder.show()
    qt.processEvents()
    yield made
    holder.close()


def chosen(screen: FirstRun) -> list[str]:
    found: list[str] = []
    screen.chosen.connect(found.append)
    return found


@pytest.mark.parametrize("way", WAYS, ids=[way.id for way in WAYS])
def test_a_digit_chooses_its_way(screen: FirstRun, way: Way) -> None:
    found = chosen(screen)
    QTest.keyClicks(screen, way.key)
    assert found == [way.id]


def test_enter_opens_the_first(screen: FirstRun) -> None:
    found = chosen(screen)
    QTest.keyClick(screen, Qt.Key.Key_Return)
    assert found == [WAYS[0].id]


def test_the_keys_for_a_file_mean_the_same_as_on_every_page(screen: FirstRun) -> None:
    found = chosen(screen)
    QTest.keyClick(screen, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(screen, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(screen, Qt.Key.Key_N)
    assert found == ["bring_in", "open_file"]


def test_another_letter_does_nothing(screen: FirstRun) -> None:
    found = chosen(screen)
    QTest.keyClicks(screen, "x9")
    assert found == []


def test_the_links_below_lead_elsewhere(screen: FirstRun) -> None:
    found = chosen(screen)
    for link in screen.findChildren(LinkButton):
        link.click()
    assert {"open_file", "restore", "change_place"} <= set(found)


def test_it_is_drawn_in_both_appearances(screen: FirstRun) -> None:
    light = screen.grab().toImage()
    theme().choose("dark")
    assert screen.grab().toImage() != light
