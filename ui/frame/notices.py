"""Notices of the desktop: over D-Bus where that is spoken, else by the system's own way, as Qt knows it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.base import desktop
from ui.look.text import tr

if TYPE_CHECKING:
    from app.workbench import Workbench

_SHOWN_MS = 15_000


def can_show() -> bool:
    """Whether a notice would be seen here."""
    if desktop.speaks_dbus():
        return desktop.can_notify()
    from PySide6.QtWidgets import QSystemTrayIcon  # noqa: PLC0415  only where the system shows notices by it

    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


def has_tray() -> bool:
    """Whether the desktop has a tray."""
    from PySide6.QtWidgets import QSystemTrayIcon  # noqa: PLC0415  only when a window is closed, or for the settings

    return QSystemTrayIcon.isSystemTrayAvailable()


class _Clicks(QObject):
    """Brings a click from the thread that hears it to the window's."""

    clicked = Signal()


def show(bench: Workbench, summary: str, body: str, opened: Callable[[], object], over: QObject) -> None:
    """Show one notice; where nobody shows notices, nothing happens. A click calls `opened`, while `over` lives."""
    clicks = _Clicks(over)
    clicks.clicked.connect(opened)
    if desktop.speaks_dbus():
        said = partial(desktop.notify, summary, body, tr("Open Today"), clicks.clicked.emit)
        bench.jobs.submit(lambda _job: said(), key="notice")
    else:
        _by_the_system(summary, body, clicks)


def _by_the_system(summary: str, body: str, clicks: _Clicks) -> None:
    from PySide6.QtCore import QTimer  # noqa: PLC0415  as above
    from PySide6.QtWidgets import QApplication, QSystemTrayIcon  # noqa: PLC0415  as above

    from ui.look import icons  # noqa: PLC0415  as above
    from ui.look.theme import theme  # noqa: PLC0415  as above

    icon = QSystemTrayIcon(icons.icon("rapport", theme().hex("accent"), 64), QApplication.instance())
    icon.messageClicked.connect(clicks.clicked)
    icon.show()
    icon.showMessage(summary, body, QSystemTrayIcon.MessageIcon.NoIcon, _SHOWN_MS)
    QTimer.singleShot(_SHOWN_MS, icon, icon.deleteLater)
