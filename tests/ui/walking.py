"""Through every page, and all that opens over it: strips, forms, dialogs, menus, overlays.

What opens is not named here but found: each command of a page is run while its page is shown, and whatever is in sight
then is handed to whoever walks. So a strip or a menu that comes to the house later is walked through as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from app.commands.command import EVERYWHERE, Command
from app.commands.table import COMMANDS
from ui.frame.registry import Entry, pages
from ui.shell.window import Window
from ui.widgets.after_paint import Gradually

Visit = Callable[[str, QWidget], None]
"""Called with a place's name and the top-level widget in which it is."""

LEAVE_ALONE = {
    "quit", "leave_demo", "open_file", "bring_in", "backup", "restore", "sync",  # the application's, not the window's
    "larger", "smaller", "usual_size", "appearance_light", "appearance_dark", "appearance_system",
    "undo", "redo", "back", "next_pane", "previous_pane",
    "send_done", "send_keep", "send_letter", "send_later_now",  # nothing is in sight after it that was not before
    "save_file", "save_original", "shipping_list", "send_file", "attach",  # the desktop's own dialog
}  # fmt: skip
"""Commands that are not run on the way."""
_ROUNDS, _PATIENCE_SECONDS = 5, 1.0
"""What a layout asks for may ask for more: a text wraps, a list grows, a field scrolls."""


def live() -> None:
    """Let the window do what is due, layouts and deletions included."""
    for _ in range(_ROUNDS):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def settled(measure: Callable[[], list[str]]) -> list[str]:
    """What a measure finds once what works beside the window has answered; it is asked again while it finds any."""
    end = time.monotonic() + _PATIENCE_SECONDS
    found = measure()
    while found and time.monotonic() < end:
        time.sleep(0.02)
        live()
        found = measure()
    return found


def walk(window: Window, visit: Visit, only: Callable[[str], bool] = lambda _place: True) -> None:
    """Visit every page that `only` lets through, and then what each of its commands opens."""
    for entry in pages():
        if only(entry.id):
            _page(window, entry, visit)


def _page(window: Window, entry: Entry, visit: Visit) -> None:
    _stand_on(window, entry)
    visit(entry.id, window)
    for command in _commands(window, entry):
        _stand_on(window, entry)
        if window.possible(command.id):
            before = window.bench.store.last_action
            with_opened(window, partial(window.run, command.id), f"{entry.id}/{command.id}", visit)
            close_all(window)
            if window.bench.store.last_action != before:
                window.run("undo")  # the next command finds what this one found


def _commands(window: Window, entry: Entry) -> Iterator[Command]:
    """What can be run on this page: its own commands, and on the first page those of everywhere."""
    for command in COMMANDS:
        here = entry.id in command.where or (EVERYWHERE in command.where and entry.order == pages()[0].order)
        if here and command.id not in LEAVE_ALONE and window.possible(command.id):
            yield command


def _stand_on(window: Window, entry: Entry) -> None:
    """Show the page with a row chosen."""
    if entry.hidden:
        window.run("new_message")
    else:
        window.go(entry.id, ("shelf", "needs_me") if entry.shelves else None)
        rows: Any = getattr(window.page(entry.id), "list", None)
        if rows is not None and hasattr(rows, "choose") and rows.model() is not None and rows.place() < 0:
            rows.choose(0)
            rows.step(1)
    for steps in window.findChildren(Gradually):
        steps.finish()
    live()


def with_opened(window: Window, run: Callable[[], object], place: str, visit: Visit) -> None:
    """Run something, and visit what is in sight then, also where it waits for an answer in a loop of its own."""
    visited: list[str] = []

    def look() -> None:
        live()
        visited.append(place)
        visit(place, front(window))
        close_front(window)

    waiting = QTimer()
    waiting.setSingleShot(True)
    waiting.timeout.connect(look)
    waiting.start(0)
    run()
    waiting.stop()
    if not visited:
        live()
        visit(place, front(window))


def front(window: Window) -> QWidget:
    """What lies before everything else: a menu, a dialog, else the window."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or _dialog(window) or window


def _dialog(window: Window) -> QWidget | None:
    return next((one for one in window.findChildren(QDialog) if one.isVisible()), None)


def close_front(window: Window) -> None:
    """Close a menu or a dialog as Esc would."""
    for _ in range(4):
        before = front(window)
        if before is window:
            return
        if isinstance(before, QMessageBox | QDialog):
            before.reject()
        else:
            before.close()
        live()


def close_all(window: Window) -> None:
    """Close what is open, until only the page is in sight."""
    close_front(window)
    for over in window.findChildren(QWidget, "overlay", Qt.FindChildOption.FindDirectChildrenOnly):
        over.close()
    palette = window.overlays.palette
    if palette is not None and palette.isVisible():
        palette.dismiss()
    page: Any = window.page(window.page_id)
    form = getattr(page, "form", None)
    if isinstance(form, QObject) and hasattr(form, "forget"):
        form.forget()
    window.run("back")
    live()
