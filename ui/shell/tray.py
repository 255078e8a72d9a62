"""A closed window that goes on in the tray, if the person wants it: mail is fetched, and blocks are told, as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication

from app.base.words import N_
from ui.frame.notices import has_tray
from ui.look import icons
from ui.look.text import tr
from ui.look.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QSystemTrayIcon

    from ui.shell.window import Window

QUITS = "quits"
"""A property of the window, set by who closes it for good."""
_TOOLTIP = N_("Rapport is running: messages keep coming in")


def follow(window: Window) -> Tray:
    """From now on closing the window hides it in the tray, where that is wanted and there is one."""
    tray = Tray(window)
    window.installEventFilter(tray)
    return tray


class Tray(QObject):
    """Watches the window being closed; has an icon in the tray only while the window is hidden there."""

    def __init__(self, window: Window) -> None:
        """Show nothing yet."""
        super().__init__(window)
        self._window = window
        self.icon: QSystemTrayIcon | None = None
        self.menu: QMenu | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide the window instead of closing it, and take the icon away once it is shown again."""
        if watched is self._window and event.type() == QEvent.Type.Close and self._keeps():
            event.ignore()
            self._hide()
            return True
        if watched is self._window and event.type() == QEvent.Type.Show and self.icon is not None:
            self.icon.hide()
        return super().eventFilter(watched, event)

    def bring_back(self) -> None:
        """Show the window again."""
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def quit(self) -> None:
        """Close the window for good."""
        quit_for_good(self._window)

    def _keeps(self) -> bool:
        ends = self._window.property(QUITS) or QGuiApplication.instance().isSavingSession()  # type: ignore[union-attr]
        return not ends and bool(self._window.bench.settings.get("keep_in_tray")) and has_tray()

    def _hide(self) -> None:
        if self.icon is None:
            self.icon = self._made()
        self.icon.show()
        QGuiApplication.setQuitOnLastWindowClosed(False)  # a dialog that closes later is not the end
        self._window.hide()

    def _made(self) -> QSystemTrayIcon:
        from PySide6.QtWidgets import QMenu, QSystemTrayIcon  # noqa: PLC0415  once it is closed

        self.menu = QMenu(self._window)
        self.menu.addAction(tr("Open Rapport"), self.bring_back)
        self.menu.addAction(tr("Quit"), self.quit)
        made = QSystemTrayIcon(icons.icon("rapport", theme().hex("accent"), 64), self)
        made.setToolTip(tr(_TOOLTIP))
        made.setContextMenu(self.menu)
        made.activated.connect(self._activated)
        return made

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        from PySide6.QtWidgets import QSystemTrayIcon  # noqa: PLC0415  as above

        if reason != QSystemTrayIcon.ActivationReason.Context:
            self.bring_back()


def quit_for_good(window: QObject) -> None:
    """Close a window, whatever the settings say of the tray."""
    from PySide6.QtWidgets import QWidget  # noqa: PLC0415  as above

    window.setProperty(QUITS, True)
    if isinstance(window, QWidget):
        window.close()
