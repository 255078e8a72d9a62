"""Parts of the window that are made at their first use: by now they have to be there."""

from __future__ import annotations

from ui.palette.palette import Palette
from ui.shell.strips.leftover import LeftOver
from ui.shell.strips.posting import Posting
from ui.shell.window import Window
from ui.widgets.toast import Toast


def toast(window: Window | None) -> Toast:
    """What was said last."""
    assert window is not None
    assert window._toast is not None
    return window._toast


def palette(window: Window) -> Palette:
    """Find or do."""
    assert window.overlays.palette is not None
    return window.overlays.palette


def posting(window: Window) -> Posting:
    """The question after posting by hand."""
    assert window.strips.posting is not None
    return window.strips.posting


def left_over(window: Window) -> LeftOver:
    """The strip after a sudden end."""
    assert window.strips.left_over is not None
    return window.strips.left_over
