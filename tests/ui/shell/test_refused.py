"""What one would have typed into is refused: the letters that follow are no commands on the page behind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.talking import inbox
from ui.shell.window import Window


@pytest.fixture
def silent(demo: Window) -> Window:
    """A window none of whose accounts can begin a conversation."""
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'file'")
    QApplication.processEvents()
    return demo


@pytest.mark.parametrize("pressed", ["C", "Shift+C"])
def test_letters_after_a_refusal_do_nothing_until_esc(silent: Window, pressed: str) -> None:
    page, hand = inbox(silent), Hand(silent)
    rows = page.list.rows
    rows.setFocus()
    here, before = page.list.current_id(), silent.bench.store.last_action
    hand.keys(pressed)
    assert silent.page_id == "inbox"
    assert toast(silent).is_wrong()
    assert toast(silent).hasFocus()
    hand.types("Dear Jen, be quick, zoe")
    hand.keys("Enter")
    assert (page.list.current_id(), silent.bench.store.last_action, silent.page_id) == (here, before, "inbox")
    assert toast(silent).isVisible()
    hand.keys("Escape")
    assert toast(silent).isHidden()
    assert rows.hasFocus()
    hand.keys("J")
    assert page.list.current_id() != here


def test_keys_with_ctrl_work_and_a_click_goes_on(silent: Window) -> None:
    page, hand = inbox(silent), Hand(silent)
    page.list.rows.setFocus()
    hand.keys("C")
    assert toast(silent).hasFocus()
    page.list.rows.setFocus(Qt.FocusReason.MouseFocusReason)
    toast(silent)._close.click()
    assert page.list.rows.hasFocus()
    hand.keys("C", "Ctrl+3")
    assert silent.page_id != "inbox"


def test_what_is_not_refused_keeps_its_own_focus(demo: Window) -> None:
    page, hand = inbox(demo), Hand(demo)
    hand.keys("R")
    assert page.composer.field.hasFocus()
    page.list.rows.setFocus()
    hand.keys("U")
    assert toast(demo).isVisible()
    assert not toast(demo).hasFocus()
    assert page.list.rows.hasFocus()
