"""The Delight page of the demo's window."""

from __future__ import annotations

import pytest

from ui.pages.delight.page import DelightPage
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> DelightPage:
    """The page, shown."""
    demo.go("delight")
    found = demo.page("delight")
    assert isinstance(found, DelightPage)
    return found
