"""The frame: rail, pages that are built when first shown, palette, key sheet, toast, and who does which command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import UserError
from ui.commands.keys import KeyFilter, is_single
from ui.commands.table import by_id, for_keys, shown_key
from ui.frame.memory import Memory
from ui.frame.page import Page
from ui.frame.registry import Entry, page_class, pages
from ui.look import fonts, text
from ui.look.theme import color, theme
from ui.shell.rail import Rail

if TYPE_CHECKING:
    from app.workbench import Workbench

NARROW_BELOW = 900
_COUNT_AFTER_MS = 120


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
        self._toast: Any = None
        self._palette: Any = None
        self._first_run: QWidget | None = None
        self._standing: Any = None  # ui.shell.strips.standstill.StandstillStrip, loaded where it is needed
        self._posting: Any = None  # ui.shell.strips.posting.Posting, at its first use
        self._left_over: Any = None  # ui.shell.strips.leftover.LeftOver, after a sudden end
        self._filter: KeyFilter | None = None
        self._first_paint = True
        self.setMinimumSize(480, 420)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        in_rail = self._entries.values()
        self.rail = Rail(
            [_shown(e) for e in in_rail if not e.foot],
            [_shown(e) for e in in_rail if e.foot],
            shown_key("Ctrl+K"),
            self,
        )
        self.stack = QStackedWidget()
        row.addWidget(self.rail)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        self._right.addWidget(self.stack, 1)
        row.addLayout(self._right, 1)
        self.rail.chosen.connect(self.go)
        self.rail.finding.connect(self._open_palette)
        self.rail.menu.connect(self._open_menu)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AFTER_MS)
        self._counting.timeout.connect(self._count_next)
        self._to_count: list[Entry] = []
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
        page.shown()

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
        if self._posting is None:
            from ui.shell.strips.posting import Posting  # noqa: PLC0415  few accounts are posted on by hand

            self._posting = Posting(self, self._right)
        self._posting.take(number)

    def tell_left_over(self, before: int) -> None:
        """Say over every page which replies, written before this moment (Unix seconds), are still held."""
        from ui.shell.strips.leftover import LeftOver  # noqa: PLC0415  after a sudden end

        self._left_over = LeftOver(self, self._right, before)

    def recount(self) -> None:
        """Ask the pages for their counts soon, one page at a time so that no frame waits."""
        self.show_community()
        if not self._counting.isActive():
            self._to_count = list(self._entries.values())
            self._counting.start(_COUNT_AFTER_MS)

    # What the application asks for

    def refresh(self, changes: Any) -> None:  # noqa: ANN401  app.store.Changes
        """Rows changed: the page shown reads again now, the others when they are shown next."""
        for page in self._pages.values():
            page.refresh(changes)
        if self._posting is not None:
            self._posting.refresh(changes)
        self.recount()

    def show_community(self) -> None:
        """Take the community's name and kind for the rail's head."""
        self.rail.community.set(self._community(), text.tr("Demo community") if self.bench.is_demo else "")

    def show_first_run(self) -> QWidget:
        """Lay the three ways in over everything; the widget comes back for its signals."""
        from ui.pages.firstrun.page import FirstRun  # noqa: PLC0415  one session in a file's life

        self._first_run = FirstRun(str(self.bench.profile.file), self)
        self._first_run.setGeometry(self.rect())
        self._cover(on=True)
        self._first_run.show()
        return self._first_run

    def end_first_run(self) -> None:
        """Take the three ways in away."""
        if self._first_run is not None:
            self._cover(on=False)
            self._first_run.hide()
            self._first_run.deleteLater()
            self._first_run = None

    def _cover(self, *, on: bool) -> None:
        """What lies under the three ways in is not to be reached by Tab either."""
        for below in (self.rail, self.stack):
            below.setEnabled(not on)

    def rail_first(self) -> str:
        """The page that the window opens with."""
        return next(iter(self._entries))

    def page(self, page_id: str) -> Page | None:
        """The page if it has been built."""
        return self._pages.get(page_id)

    def possible(self, command_id: str) -> bool:
        """Whether somebody can do the command now."""
        return self._handler(command_id) is not None

    def _handler(self, command_id: str) -> Callable[[], object] | None:
        """Who does a command now: the page shown, the question over it, the window."""
        page = self._pages.get(self.page_id)
        found = page.handlers().get(command_id) if page is not None else None
        if found is None and self._posting is not None:
            found = self._posting.handlers().get(command_id)
        return found or self._own.get(command_id)

    # Keys

    def act(self, spellings: list[str], held: bool = False) -> bool:  # noqa: FBT001, FBT002  as the filter calls it
        """Do what a key press means here; False lets it pass to the widget with the focus.

        A key that is still `held` down only goes on moving: Enter in a field may have moved the focus to a list, and
        `E` closes one conversation, not all of them.
        """
        if self._overlaid():
            if "Ctrl+K" in spellings and self._palette is not None and self._palette.isVisible():
                self._palette.again()
                return True
            return False
        allowed = [one for one in spellings if not is_single(one) or self._single_keys()]
        if not held and self._page_by_number(allowed):
            return True
        found = for_keys(allowed, self.page_id)
        if held and not all(command.repeats for command in found):
            return True
        return any(self.run(command.id) for command in found)

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
            QTimer.singleShot(0, self, self._tell_painted)

    def _tell_painted(self) -> None:
        self.painted.emit()
        self._show_standstill()

    def _show_standstill(self) -> None:
        """Over every page while the file is a backup that waits for a word; gone when that was said, by whomever."""
        stands = bool(self.bench.standstill)
        if stands and self._standing is None:
            from ui.shell.strips.standstill import StandstillStrip  # noqa: PLC0415  once in a file's life

            self._standing = StandstillStrip(self.bench)
            self._standing.went.connect(self._went_on)
            self._standing.over.connect(self._show_standstill)
            self._standing.looking.connect(self._look_into_outbox)
            self._right.insertWidget(0, self._standing)
            self._standing.show()
        elif not stands and self._standing is not None:
            self._standing.hide()
            self._standing.deleteLater()
            self._standing = None

    def _went_on(self) -> None:
        self._show_standstill()
        self.toast(text.tr("Sending and fetching resumed."))
        self.run("sync")

    def _look_into_outbox(self) -> None:
        self.go("outbox")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows get the narrow rail; overlays keep covering everything."""
        super().resizeEvent(event)
        self._fit_rail()
        for over in (self._first_run, self._palette):
            if over is not None and over.isVisible():
                over.setGeometry(self.rect())
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
            "palette": self._open_palette, "keysheet": self._open_keysheet, "search": self._search, "undo": self._undo,
            "settings": self._settings, "next_waiting": self._next_waiting, "next_pane": self._next_pane,
            "previous_pane": self._previous_pane, "larger": self._larger, "smaller": self._smaller,
            "usual_size": self._usual_size, "appearance_light": self._light, "appearance_dark": self._dark,
            "appearance_system": self._as_system, "write_down": self._write_down, "redo": self._redo,
            "what_was_done": self.show_history,
        }  # fmt: skip
        for command_id in ("quit", "open_file", "bring_in", "backup", "restore", "sync"):
            own[command_id] = _Ask(self, command_id)
        if "accounts" in self._entries:
            own["connect"] = self._connect
        if self.bench.is_demo:
            own["leave_demo"] = _Ask(self, "leave_demo")
        return own

    def _open_palette(self) -> None:
        if self._palette is None:
            from ui.palette.finder import Finder  # noqa: PLC0415  at its first use
            from ui.palette.palette import Palette  # noqa: PLC0415

            self._palette = Palette(self)
            self._palette.ran.connect(self._chosen)
            self._finder = Finder(self.bench, list(self._entries.values()))
        providers = (self._finder.members, self._finder.pages, self._finder.conversations)
        self._palette.ask(self.page_id, providers, self.possible)

    def _chosen(self, found: Any) -> None:  # noqa: ANN401  ui.palette.found.Found
        if found.command:
            self.run(found.command)
        else:
            self.go(found.page, found.target)

    def _open_keysheet(self) -> None:
        from ui.palette.keysheet import KeySheet, grouped  # noqa: PLC0415  at its first use

        title = self._entries[self.page_id].title if self.page_id in self._entries else ""
        KeySheet(self, text.tr(title), grouped(self.page_id, self.possible))

    def _open_menu(self) -> None:
        from ui.palette.menus import community_menu  # noqa: PLC0415  at its first use

        community_menu(self, self.possible, self.run).popup(
            self.rail.community.mapToGlobal(self.rail.community.rect().bottomLeft())
        )

    def _search(self) -> None:
        self._open_palette()

    def _undo(self) -> None:
        if self._toast is None or not self._toast.undo():
            from ui.shell import undoing  # noqa: PLC0415  at its first use

            undoing.undo(self)

    def _redo(self) -> None:
        from ui.shell import undoing  # noqa: PLC0415  as above

        undoing.redo(self)

    def show_history(self) -> None:
        """Open the list of what was done; what is being written is kept first, so that an undo goes round it."""
        from ui.dialogs import history  # noqa: PLC0415  as above

        writing = self._pages.get("inbox")
        if writing is not None:
            writing.keep()
        history.show(self)

    def _settings(self) -> None:
        self.go("settings")

    def _write_down(self) -> None:
        from ui.dialogs.write_down import ask  # noqa: PLC0415  only where no program is let in

        ask(self)

    def _connect(self) -> None:
        self.go("accounts", "new")

    def _next_waiting(self) -> None:
        number = self.bench.inbox.next_needing()
        if number is None:
            self.toast(text.tr("Nothing needs you."))
        else:
            self.go("inbox", number)

    def _next_pane(self) -> None:
        self._step_pane(1)

    def _previous_pane(self) -> None:
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        page = self._pages.get(self.page_id)
        row = self.rail.rows.get(self.page_id)
        over = [self._posting.strip.buttons["posted"]] if self._posting is not None else []
        every = [*([row] if row else []), *over, *(page.panes() if page else ())]
        panes = [pane for pane in every if pane.isVisible()]
        if not panes:
            return
        focus = QApplication.focusWidget()
        inside = (
            n for n, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))
        )
        at = next(inside, -1 if step > 0 else 0)
        panes[(at + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _larger(self) -> None:
        self._text_size(int(self.bench.settings.number("text_size")) + 10)

    def _smaller(self) -> None:
        self._text_size(int(self.bench.settings.number("text_size")) - 10)

    def _usual_size(self) -> None:
        self._text_size(100)

    def _text_size(self, percent: int) -> None:
        percent = min(200, max(90, percent))
        self.bench.settings.put("text_size", percent)
        theme().choose(scale=percent / 100)
        self._fit_rail()

    def _light(self) -> None:
        self._appear("light")

    def _dark(self) -> None:
        self._appear("dark")

    def _as_system(self) -> None:
        self._appear("system")

    def _appear(self, scheme: str) -> None:
        self.bench.settings.put("theme", scheme)
        theme().choose(scheme)

    # Within

    def _community(self) -> str:
        return str(self.bench.settings.get("community")) or text.tr("My community")

    def _single_keys(self) -> bool:
        return bool(self.bench.settings.get("single_keys"))

    def _build(self, entry: Entry) -> Page:
        page = page_class(entry)(self, self.stack)
        self._pages[entry.id] = page
        self.stack.addWidget(page)
        return page

    def _toaster(self) -> Any:  # noqa: ANN401  ui.widgets.toast.Toast, loaded at its first use
        if self._toast is None:
            from ui.widgets.toast import Toast  # noqa: PLC0415

            self._toast = Toast(self, self.rail)
        return self._toast

    def _overlaid(self) -> bool:
        if self._first_run is not None:
            return True
        if self._palette is not None and self._palette.isVisible():
            return True
        over = self.findChildren(QWidget, "overlay", Qt.FindChildOption.FindDirectChildrenOnly)
        shown = next((one for one in reversed(over) if one.isVisible()), None)
        if shown is not None and not _holds(shown, QApplication.focusWidget()):
            shown.setFocus(Qt.FocusReason.OtherFocusReason)  # Tab went to what lies under it
        return shown is not None

    def _page_by_number(self, spellings: list[str]) -> bool:
        in_rail = list(self._entries.values())
        for one in spellings:
            digit = one.removeprefix("Ctrl+")
            if one.startswith("Ctrl+") and digit in "123456789" and int(digit) <= len(in_rail):
                self.go(in_rail[int(digit) - 1].id)
                return True
        return False

    def _count_next(self) -> None:
        if not self._to_count:
            return
        entry = self._to_count.pop(0)
        self.rail.set_count(entry.id, page_class(entry).count(self.bench))
        if self._to_count:
            self._counting.start(0)


class _Ask:
    """Asks the application for something by its command's id."""

    def __init__(self, window: Window, command_id: str) -> None:
        by_id(command_id)
        self._window, self._command_id = window, command_id

    def __call__(self) -> None:
        self._window.asked.emit(self._command_id)


def _holds(pane: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (pane is focus or pane.isAncestorOf(focus))


def _shown(entry: Entry) -> tuple[str, str, str]:
    return entry.id, text.tr(entry.title), entry.icon
