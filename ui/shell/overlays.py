"""Overlays over the whole window: the palette, the key sheet, the community menu, the welcome screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.frame.registry import Entry
from ui.look import text
from ui.shell.panes import holds

if TYPE_CHECKING:
    from ui.pages.firstrun.page import FirstRun
    from ui.palette.finder import Finder
    from ui.palette.found import Found
    from ui.palette.palette import Palette
    from ui.shell.host import Host


class Overlays(QObject):
    """Creates each overlay at its first use; while one is shown, pages get no keys."""

    def __init__(self, host: Host, entries: Sequence[Entry], below: Sequence[QWidget]) -> None:
        """`below` are the widgets that the welcome screen covers."""
        super().__init__(host.window())
        self._host, self._entries, self._below = host, entries, below
        self.palette: Palette | None = None
        self.first_run: FirstRun | None = None
        self._finder: Finder | None = None

    def open_palette(self) -> None:
        """Open the palette."""
        host = self._host
        if self.palette is None or self._finder is None:
            from ui.palette.finder import Finder  # noqa: PLC0415  at its first use
            from ui.palette.palette import Palette  # noqa: PLC0415  loaded at first use

            self.palette = Palette(host.window())
            self.palette.ran.connect(self._ran)
            self._finder = Finder(host.bench, self._entries)
        providers = (
            self._finder.gifts,
            self._finder.members,
            self._finder.drafts,
            self._finder.views,
            self._finder.pages,
            self._finder.conversations,
        )
        self.palette.ask(host.page_id, providers, host.possible)

    def _ran(self, entry: Found) -> None:
        if entry.command:
            self._host.run(entry.command)
        else:
            self._host.go(entry.page, entry.target)

    def ask_palette_again(self) -> bool:
        """Toggle an open palette between commands only and everything; False if it is not open."""
        if self.palette is None or not self.palette.isVisible():
            return False
        self.palette.again()
        return True

    def open_keysheet(self) -> None:
        """Open the sheet of the current page's keys."""
        from ui.palette.keysheet import KeySheet, grouped  # noqa: PLC0415  at its first use

        host = self._host
        page = host.page(host.page_id)
        KeySheet(host.window(), page.windowTitle() if page is not None else "", grouped(host.page_id, host.possible))

    def open_menu(self, point: QPoint) -> None:
        """Open the community menu at a screen position."""
        from ui.palette.menus import community_menu  # noqa: PLC0415  at its first use

        community_menu(self._host.window(), self._host.possible, self._host.run).popup(point)

    def open_row_menu(self, point: QPoint, *, several: bool) -> None:
        """Open the menu of what is selected on the current page, at a screen position.

        What is selected may change while it is open, as messages come in: then it does nothing, and says so.
        """
        from ui.palette.menus import MARKED, ROWS, command_menu  # noqa: PLC0415  at its first use

        host = self._host
        page = host.page(host.page_id)
        if page is None:
            return
        before = page.selected()

        def run(command_id: str) -> None:
            if page.selected() == before:
                host.run(command_id)
            else:
                host.toast(text.tr("Another row is selected by now, so nothing was done."))

        groups = MARKED if several else ROWS.get(host.page_id, ())
        menu = command_menu(host.window(), groups, host.possible, run)
        if not menu.isEmpty():
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(point)

    def show_first_run(self) -> FirstRun:
        """Show the welcome screen over everything, and return it for its signals."""
        from ui.pages.firstrun.page import FirstRun  # noqa: PLC0415  once per file

        window = self._host.window()
        self.first_run = FirstRun(str(self._host.bench.profile.file), window)
        self.first_run.setGeometry(window.rect())
        self._cover(on=True)
        self.first_run.show()
        return self.first_run

    def end_first_run(self) -> None:
        """Close the welcome screen."""
        if self.first_run is not None:
            self._cover(on=False)
            self.first_run.hide()
            self.first_run.deleteLater()
            self.first_run = None

    def _cover(self, *, on: bool) -> None:
        """Disable the widgets below the welcome screen, so that Tab cannot reach them."""
        for below in self._below:
            below.setEnabled(not on)

    def fit(self, rect: QRect) -> None:
        """Resize the overlays to the window's new size."""
        for over in (self.first_run, self.palette):
            if over is not None and over.isVisible():
                over.setGeometry(rect)

    def are_shown(self) -> bool:
        """Whether anything lies over the page that Esc closes: an overlay, or a list at a field."""
        from ui.widgets.popup_list import PopupList  # noqa: PLC0415  the lists are made at their first use

        window = self._host.window()
        over = window.findChildren(QWidget, "overlay", Qt.FindChildOption.FindDirectChildrenOnly)
        over += [each for each in (self.first_run, self.palette) if each is not None]
        return any(each.isVisible() for each in (*over, *window.findChildren(PopupList)))

    def front(self) -> QWidget | None:
        """What lies over the page, if anything does."""
        shown = (over for over in (self.first_run, self.palette) if over is not None and over.isVisible())
        return next(shown, None) or self._topmost()

    def _topmost(self) -> QWidget | None:
        over = self._host.window().findChildren(QWidget, "overlay", Qt.FindChildOption.FindDirectChildrenOnly)
        return next((widget for widget in reversed(over) if widget.isVisible()), None)

    def take_keys(self) -> bool:
        """Whether an overlay is shown; if the focus is outside it, bring the focus back."""
        if self.first_run is not None:
            return True
        if self.palette is not None and self.palette.isVisible():
            return True
        overlay = self._topmost()
        if overlay is not None and not holds(overlay, QApplication.focusWidget()):
            overlay.setFocus(Qt.FocusReason.OtherFocusReason)  # Tab moved the focus below the overlay
        return overlay is not None
