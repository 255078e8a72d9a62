"""The frame: rail, pages that are built when first shown, toast, keys, and who does which command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import UserError
from ui.commands.keys import KeyFilter, is_single
from ui.commands.table import by_id, for_keys, shown_key
from ui.frame.memory import Memory
from ui.frame.page import Page
from ui.frame.registry import Entry, page_class, pages
from ui.look import fonts, text
from ui.look.theme import color
from ui.shell import panes
from ui.shell.appearance import Appearance
from ui.shell.counting import Counting
from ui.shell.overlays import Overlays
from ui.shell.rail import Rail
from ui.shell.strips.over_pages import OverPages

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.widgets.toast import Toast

NARROW_BELOW = 900


class Window(QWidget):
    """The whole window. `asked` carries what only the application can do: "leave_demo", "open_file", "quit", ..."""

    asked = Signal(str)
    closed = Signal()
    painted = Signal()

    def __init__(self, bench: Workbench, memory: Memory) -> None:
        """Make the rail; pages come with `go`."""
        super().__init__()
        self.bench = bench
        self.memory = memory
        self.page_id = ""
        self.passed: set[int] = set()  # actions of which Z has said that it does not take them back
        self._entries = {entry.id: entry for entry in pages()}
        self._pages: dict[str, Page] = {}
        self._toast: Toast | None = None
        self._filter: KeyFilter | None = None
        self._first_paint = True
        self.setMinimumSize(480, 420)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        in_rail = list(self._entries.values())
        self.rail = Rail(
            [_titled(e) for e in in_rail if not e.foot],
            [_titled(e) for e in in_rail if e.foot],
            shown_key("Ctrl+K"),
            self,
        )
        self.stack = QStackedWidget()
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        row.addLayout(column, 1)
        self.strips = OverPages(self, column)
        self.overlays = Overlays(self, in_rail, (self.rail, self.stack))
        self.appearance = Appearance(bench, self)
        self.appearance.resized.connect(self._fit_rail)
        self.rail.chosen.connect(self.go)
        self.rail.finding.connect(self.overlays.open_palette)
        self.rail.menu.connect(self._open_menu)
        self._counting = Counting(bench, self.rail, in_rail)
        self._own: dict[str, Callable[[], object]] = self._own_handlers()
        self.show_community()
        memory.restore(self)

    # What a page may ask for (ui.frame.page.Frame)

    def run(self, command_id: str) -> bool:
        """Run a command: the page shown is asked first, then the window; False when nobody does it now."""
        handler = self._handler(command_id)
        if handler is None:
            return False
        try:
            handler()
        except UserError as why:
            self.fail(str(why))
        return True

    def go(self, page_id: str, target: object = None) -> None:
        """Show a page, building it if this is the first time; and on it `target`."""
        entry = self._entries.get(page_id)
        before = self._pages.get(self.page_id)
        if entry is None or (before is not None and page_id != self.page_id and not before.may_leave()):
            self.rail.set_current(self.page_id)
            return
        page = self._pages.get(page_id) or self._build(entry)
        self.page_id = page_id
        self.stack.setCurrentWidget(page)
        self.rail.set_current(page_id)
        self.setWindowTitle(f"{text.tr(entry.title)} · {self._community()}")
        if target is not None:
            page.open(target)
        page.activate()

    def toast(self, words: str, undo: Callable[[], object] | None = None, link: str = "") -> None:
        """Say what was done, with Undo if it can be taken back; with a `link`, only pressing that does it."""
        self._toaster().say(words, undo, link=link)

    def fail(self, words: str) -> None:
        """Say what went wrong; it stays until closed."""
        self._toaster().say(words, wrong=True)

    def progress(self, words: str, done: int = 0, of: int = 0, stop: Callable[[], object] | None = None) -> None:
        """The line at the rail's foot; empty words take it away."""
        self.rail.progress.set(words, done, of, stop)

    def post(self, number: int) -> None:
        """Take a reply of the outbox along to where the person posts it, and ask afterwards how it went."""
        self.strips.post(number)

    def recount(self) -> None:
        """Ask the pages for their counts soon."""
        self.show_community()
        self._counting.start()

    def show_history(self) -> None:
        """Open the list of what was done; what is being written is kept first, so that an undo goes round it."""
        from ui.dialogs import history  # noqa: PLC0415  at its first use

        writing = self._pages.get("inbox")
        if writing is not None:
            writing.keep()
        history.show(self)

    # What the application and the window's parts ask for

    def refresh(self, changes: Changes) -> None:
        """Rows changed: the page shown reads again now, the others when they are shown next."""
        for page in self._pages.values():
            page.refresh(changes)
        self.strips.refresh(changes)
        self.recount()

    def show_community(self) -> None:
        """Take the community's name and kind for the rail's head."""
        self.rail.community.set(self._community(), text.tr("Demo community") if self.bench.is_demo else "")

    def first_page(self) -> str:
        """The page that the window opens with."""
        return next(iter(self._entries))

    def page(self, page_id: str) -> Page | None:
        """The page if it has been built."""
        return self._pages.get(page_id)

    def possible(self, command_id: str) -> bool:
        """Whether somebody can do the command now."""
        return self._handler(command_id) is not None

    def undo_toast(self) -> bool:
        """Take back what the toast speaks of; False where it speaks of nothing that a key takes back."""
        return self._toast is not None and self._toast.undo()

    def _handler(self, command_id: str) -> Callable[[], object] | None:
        """Who does a command now: the page shown, the question over it, the window."""
        page = self._pages.get(self.page_id)
        found = page.handlers().get(command_id) if page is not None else None
        return found or self.strips.handlers().get(command_id) or self._own.get(command_id)

    # Keys

    def act(self, spellings: list[str], held: bool = False) -> bool:  # noqa: FBT001, FBT002  as the filter calls it
        """Do what a key press means here; False lets it pass to the widget with the focus.

        A key that is still `held` down only goes on moving: Enter in a field may have moved the focus to a list, and
        `E` closes one conversation, not all of them.
        """
        if self.overlays.take_keys():
            return "Ctrl+K" in spellings and self.overlays.ask_palette_again()
        allowed = [one for one in spellings if not is_single(one) or self._single_keys()]
        if not held and self._page_by_number(allowed):
            return True
        found = for_keys(allowed, self.page_id)
        if held and not all(command.repeats for command in found):
            return True
        return any(self.run(command.id) for command in found)

    def _single_keys(self) -> bool:
        return bool(self.bench.settings.get("single_keys"))

    def _page_by_number(self, spellings: list[str]) -> bool:
        in_rail = list(self._entries.values())
        for one in spellings:
            digit = one.removeprefix("Ctrl+")
            if one.startswith("Ctrl+") and digit in "123456789" and int(digit) <= len(in_rail):
                self.go(in_rail[int(digit) - 1].id)
                return True
        return False

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """The native window is there now: listen to its keys."""
        super().showEvent(event)
        if self._filter is None and self.windowHandle() is not None:
            self._filter = KeyFilter(self.act, self)
            self.windowHandle().installEventFilter(self._filter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground; after the first paint the rest of the house wakes up."""
        QPainter(self).fillRect(self.rect(), color("surface"))
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(0, self, self._emit_painted)

    def _emit_painted(self) -> None:
        self.painted.emit()
        self.strips.show_standstill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows get the narrow rail; overlays keep covering everything."""
        super().resizeEvent(event)
        self._fit_rail()
        self.overlays.fit(self.rect())
        if self._toast is not None and self._toast.isVisible():
            self._toast.place()

    def _fit_rail(self) -> None:
        """Larger letters want a wider window before the rail has room for its names."""
        self.rail.set_narrow(self.width() < fonts.px(NARROW_BELOW))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place on the screen and tell the application."""
        self.memory.keep(self)
        self._counting.stop()
        for page in self._pages.values():
            page.closing()
        super().closeEvent(event)
        self.closed.emit()

    # Own commands

    def _own_handlers(self) -> dict[str, Callable[[], object]]:
        own: dict[str, Callable[[], object]] = {
            "palette": self.overlays.open_palette, "search": self.overlays.open_palette,
            "keysheet": self.overlays.open_keysheet, "undo": self._undo, "redo": self._redo,
            "what_was_done": self.show_history, "settings": _Go(self, "settings"), "next_waiting": self._next_waiting,
            "next_pane": self._next_pane, "previous_pane": self._previous_pane, "write_down": self._write_down,
            **self.appearance.handlers(),
        }  # fmt: skip
        for command_id in ("quit", "open_file", "bring_in", "backup", "restore", "sync"):
            own[command_id] = _Ask(self, command_id)
        if "accounts" in self._entries:
            own["connect"] = _Go(self, "accounts", "new")
        if self.bench.is_demo:
            own["leave_demo"] = _Ask(self, "leave_demo")
        return own

    def _open_menu(self) -> None:
        button = self.rail.community
        self.overlays.open_menu(button.mapToGlobal(button.rect().bottomLeft()))

    def _undo(self) -> None:
        from ui.shell import undoing  # noqa: PLC0415  at its first use

        undoing.undo(self)

    def _redo(self) -> None:
        from ui.shell import undoing  # noqa: PLC0415  as above

        undoing.redo(self)

    def _write_down(self) -> None:
        from ui.dialogs.write_down import ask  # noqa: PLC0415  only where no program is let in

        ask(self)

    def _next_waiting(self) -> None:
        number = self.bench.inbox.next_needing()
        if number is None:
            self.toast(text.tr("Nothing needs you."))
        else:
            self.go("inbox", number)

    def _next_pane(self) -> None:
        panes.step(self._panes(), 1)

    def _previous_pane(self) -> None:
        panes.step(self._panes(), -1)

    def _panes(self) -> list[QWidget]:
        """Where F6 stops: the page's row in the rail, the strips over the page, the page's own panes."""
        page, row = self._pages.get(self.page_id), self.rail.rows.get(self.page_id)
        return [*([row] if row else []), *self.strips.panes(), *(page.panes() if page else ())]

    # Within

    def _community(self) -> str:
        return str(self.bench.settings.get("community")) or text.tr("My community")

    def _build(self, entry: Entry) -> Page:
        page = page_class(entry)(self, self.stack)
        self._pages[entry.id] = page
        self.stack.addWidget(page)
        return page

    def _toaster(self) -> Toast:
        if self._toast is None:
            from ui.widgets.toast import Toast  # noqa: PLC0415  at its first use

            self._toast = Toast(self, self.rail)
        return self._toast


class _Ask:
    """Asks the application for something by its command's id."""

    def __init__(self, window: Window, command_id: str) -> None:
        by_id(command_id)
        self._window, self._command_id = window, command_id

    def __call__(self) -> None:
        self._window.asked.emit(self._command_id)


class _Go:
    """Shows a page."""

    def __init__(self, window: Window, page_id: str, target: object = None) -> None:
        self._window, self._page_id, self._target = window, page_id, target

    def __call__(self) -> None:
        self._window.go(self._page_id, self._target)


def _titled(entry: Entry) -> tuple[str, str, str]:
    return entry.id, text.tr(entry.title), entry.icon
