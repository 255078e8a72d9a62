"""What is worked with by now: no toast covers it, and Esc is for it before it is for a toast."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from ui.commands.keys import is_typing

if TYPE_CHECKING:
    from app.commands.command import Command
    from ui.frame.page import Page
    from ui.shell.host import Host
    from ui.shell.overlays import Overlays
    from ui.widgets.toast import Toast


def in_hand(host: Host) -> list[QWidget]:
    """What the page works with, and the field that is typed in."""
    page, focused = host.page(host.page_id), QApplication.focusWidget()
    typing = focused is not None and is_typing(focused) and host.window().isAncestorOf(focused)
    return [*(page.in_hand() if page is not None else ()), *([focused] if focused is not None and typing else [])]


def make_room(host: Host, pages: Iterable[Page], height: int) -> None:
    """Let the current page leave so many pixels free above what is in hand, and the others none."""
    for page in pages:
        page.make_room(height if page.id == host.page_id else 0)


def keep_letters(command: Command, before: int, toast: Toast | None) -> None:
    """Where a command after which one writes was refused, let the refusal take the letters that are typed next.

    `before` is how often the toast had said something when it was run. Else they would be commands on the page.
    """
    elsewhere = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if toast is None or not command.writes or toast.said == before or elsewhere is not None:
        return
    if not is_typing(QApplication.focusWidget()):
        toast.take_focus()


def lead(toast: Toast) -> None:
    """Put the focus on the toast's link, unless somebody is typing or something lies over the page."""
    elsewhere = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if elsewhere is None and not is_typing(QApplication.focusWidget()):
        toast.focus_link()


def closes_toast(toast: Toast | None, overlays: Overlays) -> bool:
    """Close the toast at Esc, unless something lies over the page; whether that was all that the key was for."""
    return toast is not None and not overlays.are_shown() and toast.dismiss()
