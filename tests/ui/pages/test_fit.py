"""Every page fits in a narrow window, and no widget of it is squeezed below what it says it needs."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.ui.settling import settle
from ui.shell.window import Window

PAGES = ("today", "members", "templates", "delight", "handoffs", "accounts")


@pytest.mark.parametrize("page_id", PAGES)
def test_a_page_fits_in_a_window_of_960(demo: Window, page_id: str) -> None:
    demo.resize(960, 800)
    demo.go(page_id)
    settle()
    page = demo.page(page_id)
    assert page is not None
    assert page.minimumSizeHint().width() <= page.width() == 752


@pytest.mark.slow
@pytest.mark.parametrize("width", [960, 1280, 1920])
@pytest.mark.parametrize("page_id", PAGES)
def test_no_words_are_cut(demo: Window, page_id: str, width: int) -> None:
    demo.resize(width, 800)
    demo.go(page_id)
    settle()
    page = demo.page(page_id)
    assert page is not None
    cut = [_said(widget) for widget in page.findChildren(QWidget) if widget.isVisible() and _cut(widget)]
    assert cut == []


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("size", [(900, 700), (1000, 700), (1280, 800)])
@pytest.mark.parametrize("page_id", [*PAGES, "inbox", "outbox"])
def test_no_number_loses_a_digit(demo: Window, page_id: str, size: tuple[int, int], percent: int) -> None:
    demo.appearance._set_text_size(percent)
    demo.resize(*size)
    demo.go(page_id)
    settle()
    page = demo.page(page_id)
    assert page is not None
    numbers = [one for one in page.findChildren(QLabel) if one.isVisible() and any(map(str.isdigit, one.text()))]
    assert [_said(label) for label in numbers if _cut(label)] == []


def _cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return not widget.wordWrap() and widget.width() < widget.sizeHint().width()
    return isinstance(widget, QAbstractButton) and widget.width() < widget.sizeHint().width()


def _said(widget: QWidget) -> str:
    words = getattr(widget, "text", str)()
    return f"{type(widget).__name__}: {words or widget.accessibleName()}"


@pytest.mark.slow
@pytest.mark.parametrize("page_id", PAGES)
def test_everything_that_takes_the_focus_has_a_name(demo: Window, page_id: str) -> None:
    demo.go(page_id)
    settle()
    page = demo.page(page_id)
    assert page is not None
    nameless = [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy().value & 1 and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
    ]  # fmt: skip
    assert nameless == []
    assert demo.focusWidget() is not None
