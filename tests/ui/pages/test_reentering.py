"""The key of a form that is open already goes back into it: what was typed there is kept."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.stories.hand import Hand
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

_UNHAPPY = "Το κουτί έφτασε σπασμένο"


def _typed_in(strip: Any) -> QWidget:
    """A field of the strip, with words typed in it."""
    found: list[Any] = [*strip.findChildren(QPlainTextEdit), *strip.findChildren(QLineEdit)]
    field = next(one for one in found if one.isVisible() and one.isEnabled() and not one.isReadOnly())
    if isinstance(field, QPlainTextEdit):
        field.setPlainText("Typed words")
    else:
        field.setText("Typed words")
    assert isinstance(field, QWidget)
    return field


def _words(field: Any) -> str:
    return str(field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text())


@pytest.mark.parametrize("opens", ["H", "G", "L", "V", "E"])
def test_in_the_inbox(demo: Window, opens: str) -> None:
    page, hand = inbox(demo), Hand(demo)
    open_talk(page, _UNHAPPY)
    page.list.focus_rows()
    hand.keys(opens)
    strip = page.talk.strip
    field = _typed_in(strip)
    page.list.rows.setFocus()
    hand.keys(opens)
    hand.rest(0.05)
    assert page.talk.strip is strip
    assert page.talk.below.currentWidget() is strip
    assert _words(field) == "Typed words"
    focus = demo.focusWidget()
    assert focus is not None
    assert strip.isAncestorOf(focus)


@pytest.mark.parametrize(("page_id", "command"), [
    ("handoffs", "edit_handoff"), ("handoffs", "teammates"), ("handoffs", "close_handoff"), ("handoffs", "send_file"),
    ("delight", "gift"), ("delight", "edit_gift"), ("delight", "gift_address"),
])  # fmt: skip
def test_on_the_other_pages(demo: Window, page_id: str, command: str) -> None:
    demo.go(page_id)
    page: Any = demo.page(page_id)
    QApplication.processEvents()
    demo.run(command)
    QApplication.processEvents()
    strip = page.strip
    assert strip is not None
    field = _typed_in(strip) if command != "send_file" else None
    page.list.setFocus()
    demo.run(command)
    QApplication.processEvents()
    assert page.strip is strip
    assert strip.isVisible()
    assert field is None or _words(field) == "Typed words"
    focus = demo.focusWidget()
    assert focus is not None
    assert strip.isAncestorOf(focus)


def test_the_form_of_another_one_opens_anew(demo: Window) -> None:
    demo.go("delight")
    page: Any = demo.page("delight")
    page.list.choose(0)
    demo.run("edit_gift")
    before = page.strip
    page.list.choose(1)
    demo.run("edit_gift")
    assert page.strip is not before
    assert page.strip.item.text() == page.gift().item
