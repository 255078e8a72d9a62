"""The main window: rail, pages (built when first shown), toast, keys, and command dispatch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.commands.table import by_id
from ui.commands.in_use import keymap
from ui.commands.keys import KeyFilter
from ui.frame.memory import Memory
from ui.frame.page import Page
from ui.frame.registry import Entry, in_rail, numbered, page_class, pages
from ui.look import fonts, text
from ui.look.theme import color, theme
from ui.shell import leaving, panes, parking, undoing
from ui.shell.appearance import Appearance
from ui.shell.counting import Counting
from ui.shell.dropping import WindowDrop
from ui.shell.failures import Failures
from ui.shell.files_out import FilesOut
from ui.shell.in_hand import closes_toast, in_hand, keep_letters, lead, make_room
from ui.shell.overlays import Overlays
from ui.shell.rail import Rail
from ui.shell.strips.over_pages import OverPages
from ui.shell.trail import Trail
from ui.widgets.reading_order import InReadingOrder
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.widgets.toast import Toast

NARROW_BELOW = 960


class Window(InReadingOrder, QMainWindow):  # which screen readers know as a window
    """The main window. `asked` carries commands for the application: "leave_demo", "open_file", "quit", ..."""

    asked = Signal(str)
    closed = Signal()
    painted = Signal()

    def __init__(self, bench: Workbench, memory: Memory) -> None:
        """Build the rail; pages are built by `go`."""
        super().__init__()
        self.bench = bench
        self.memory = memory
        self.page_id = self._came_from = ""
        self._trail, self._going_back = Trail(), False
        self.throwaway = False  # a demo whose folder goes with its window
        self.passed: set[int] = set()  # ids of actions that Undo (Z) has declined and skips
        self._entries = {entry.id: entry for entry in pages()}
        self._pages: dict[str, Page] = {}
        self._toast: Toast | None = None
        self._failures = Failures()
        self._filter: KeyFilter | None = None
        self._first_paint, self._leaves = True, False
        self.setMinimumSize(480, 420)
        whole = QWidget()
        self.setCentralWidget(whole)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        keymap().use(bench.keys.keymap())
        listed = in_rail()
        self.rail = Rail(
            [row for e in listed if not e.foot for row in _titled(e)],
            [row for e in listed if e.foot for row in _titled(e)],
            self,
        )
        self.stack = Stack()
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        self._shelf = QWidget()  # the room of a toast that would cover what is worked with
        self._shelf.setFixedHeight(0)
        column.addWidget(self._shelf)
        row.addLayout(column, 1)
        self.strips = OverPages(self, column, _Ask(self, "open_again"))
        self.overlays = Overlays(self, listed, (self.rail, self.stack))
        self.appearance = Appearance(bench, self)
        theme().changed.connect(self._fit_rail)  # the text size may have changed
        self.rail.chosen.connect(self._chosen)
        self.rail.finding.connect(self.overlays.open_palette)
        self.rail.menu.connect(self._open_menu)
        self._counting = Counting(bench, self.rail, listed)
        self._files_out, self._drop = FilesOut(self), WindowDrop(self)
        self._own: dict[str, Callable[[], object]] = self._own_handlers()
        self.show_community()
        memory.restore(self)

    # ui.frame.page.Frame

    def run(self, command_id: str) -> bool:
        """Run a command of the current page, a strip or the window; False if it has no handler now."""
        handler = self._handler(command_id)
        if handler is None:
            return False
        said = self._toast.said if self._toast is not None else 0
        with self._failures.running(command_id, self._toast):
            try:
                handler()
            except UserError as why:
                self.fail(str(why))
        keep_letters(by_id(command_id), said, self._toast)
        return True

    def go(self, page_id: str, target: object = None) -> None:
        """Show a page, building it the first time, and open `target` on it."""
        entry = self._entries.get(page_id)
        before = self._pages.get(self.page_id)
        if entry is None or (before is not None and page_id != self.page_id and not before.may_leave()):
            self.rail.set_current(self._entries[self.page_id].row_id)
            return
        page = self._pages.get(page_id) or self._build(entry)
        self._trail.went(self.page_id, page_id, by_link=target is not None or self._going_back)
        if not self._entries[self.page_id or page_id].hidden:
            self._came_from = self.page_id or page_id
        self._failures.turn(self._toast, self.page_id, page_id)
        self.page_id = page_id
        self.stack.setCurrentWidget(page)
        self.rail.set_current(entry.row_id)
        _entitle(self, self._community)
        if target is not None:
            page.open(target)
        page.activate()
        if self._toast is not None and self._toast.isVisible():
            self._toast.place()

    def leave(self, *, by_link: bool = False) -> bool:
        """Show the page that was shown before a hidden one, such as that of a new message.

        With `by_link` the page from which a link led to this one, as it was; False if none did.
        """
        before = self._trail.previous() if by_link else self._came_from or self.first_page()
        self._going_back = by_link
        try:
            if before:
                self.go(before)
        finally:
            self._going_back = False
        return bool(before)

    def toast(
        self, words: str, undo: Callable[[], object] | None = None, link: str = "", *, leads: bool = False
    ) -> None:
        """Show what was done, with Undo if given; with a `link` title, only clicking it calls `undo`, no key.

        With `leads` the focus is on that link, so that Enter goes there, unless somebody is typing.
        """
        self._toaster().say(words, undo, link=link)
        if leads:
            lead(self._toaster())

    def count_down(self, words: Callable[[int], str], seconds: int, undo: Callable[[], object]) -> None:
        """Show what will happen in so many seconds, with Undo until then."""
        self._toaster().count_down(words, seconds, undo)

    def fail(self, words: str) -> None:
        """Show an error; it stays with its page until it is closed, or what failed has worked."""
        self._failures.note(words)
        self._toaster().say(words, wrong=True)

    def show_menu(self, point: QPoint, *, several: bool = False) -> None:
        """Show the menu of what is selected on the current page, or of `several` rows."""
        self.overlays.open_row_menu(point, several=several)

    def progress(self, words: str, done: int = 0, of: int = 0, stop: Callable[[], object] | None = None) -> None:
        """Show the progress line at the bottom of the rail; empty `words` remove it."""
        self.rail.progress.set(words, done, of, stop)

    def post(self, number: int) -> None:
        """Start posting a reply by hand (its outbox id): copy, open the page, then ask whether it was posted."""
        self.strips.post(number)

    def show_again(self, conversations: Sequence[int]) -> None:
        """Let the current page show conversations whose last decision was undone or redone."""
        page = self._pages.get(self.page_id)
        if page is not None and conversations:
            page.show_again(conversations)

    def recount(self) -> None:
        """Update the community's name and schedule a recount of all pages."""
        self.show_community()
        self._counting.start()

    def show_history(self) -> None:
        """Open the list of actions; the draft is saved first, so that an undo leaves it alone."""
        from ui.dialogs import history  # noqa: PLC0415  at its first use

        writing = self._pages.get("inbox")
        if writing is not None:
            with suppress(UserError):  # what can't be saved can't be undone either
                writing.keep()
        history.show(self)

    # For the application and the window's parts

    def refresh(self, changes: Changes) -> None:
        """Pass changed rows on to all built pages and the strips, and recount."""
        for page in self._pages.values():
            page.refresh(changes)
        self.strips.refresh(changes)
        self.show_community()
        self._counting.start(changes)

    def show_community(self) -> None:
        """Update the community's name at the top of the rail."""
        demo = text.tr("Demo, not kept") if self.throwaway else text.tr("Demo community")
        self.rail.community.set(self._community(), demo if self.bench.is_demo else "")

    def first_page(self) -> str:
        """The id of the page shown at startup."""
        return in_rail()[0].id

    def page(self, page_id: str) -> Page | None:
        """The page, if it has been built."""
        return self._pages.get(page_id)

    def possible(self, command_id: str) -> bool:
        """Whether a handler for the command is available now."""
        return self._handler(command_id) is not None

    def undo_toast(self) -> bool:
        """Undo the action of the toast; False if it has none that a key may undo."""
        return self._toast is not None and self._toast.undo()

    def _handler(self, command_id: str) -> Callable[[], object] | None:
        """The command's handler: of the current page, else of a strip, else of the window; None if there is none."""
        page = self._pages.get(self.page_id)
        handler = page.handlers().get(command_id) if page is not None else None
        handler = handler or self.strips.handlers().get(command_id) or self._own.get(command_id)
        return handler or self._files_out.handler(command_id)

    # Keys

    def reading_root(self) -> QWidget:
        """Within what Tab stays: the overlay that is shown, else the whole window."""
        return self.overlays.front() or self

    def act(self, spellings: list[str], held: bool = False) -> bool:  # noqa: FBT001, FBT002  as the filter calls it
        """Run the command of a key press, given in all its spellings; False passes it on to the focused widget.

        While a key is `held` down (auto-repeat) only commands that repeat, such as moving, run: Enter in a field may
        have moved the focus to a list, and a held `E` marks one conversation as done, not all of them.
        """
        if self.overlays.take_keys():
            asks = set(keymap().keys("palette")) & set(spellings)
            return bool(asks) and self.overlays.ask_palette_again()
        keymap().use(self.bench.keys.keymap())  # another program may have changed them
        commands = keymap().current.commands(spellings, self.page_id)
        if held and not all(command.repeats for command in commands):
            return True
        return any(self.run(command.id) for command in commands)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """Install the key filter once the native window exists."""
        super().showEvent(event)
        if self._filter is None and self.windowHandle() is not None:
            self._filter = KeyFilter(self.act, self, lambda: closes_toast(self._toast, self.overlays))
            self.windowHandle().installEventFilter(self._filter)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the background; the first paint schedules `painted`, which starts everything else."""
        QPainter(self).fillRect(self.rect(), color("surface"))
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(0, self, self._emit_painted)

    def _emit_painted(self) -> None:
        self.painted.emit()
        self.strips.show_standstill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Refit rail, overlays and toast."""
        super().resizeEvent(event)
        self._fit_rail()
        self.overlays.fit(self.rect())
        if self._toast is not None and self._toast.isVisible():
            self._toast.place()

    def _fit_rail(self) -> None:
        """Use the narrow rail in narrow windows; the threshold scales with the text size."""
        self.rail.set_narrow(self.width() < fonts.px(NARROW_BELOW))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the window's geometry, let the pages and the forms that are open save, and emit `closed`.

        Where what is typed can't be saved, it says so and stays open; the next time it closes all the same.
        """
        if not self.is_saved() and not self._leaves:
            self._leaves = True
            event.ignore()
            return
        self.memory.keep(self)
        self._counting.stop()
        self.appearance.closing()
        leaving.close(self._pages.values())
        super().closeEvent(event)
        self.closed.emit()

    def is_saved(self) -> bool:
        """Save what is typed anywhere in the window; whether all of it is. If not, the window says why."""
        return leaving.is_saved(self, self._pages.values())

    def end_now(self) -> None:
        """Close for good at the next `close`, whatever the tray or words that can't be saved have to say to it."""
        self.setProperty("quits", True)
        self._leaves = True

    # Own commands

    def _own_handlers(self) -> dict[str, Callable[[], object]]:
        own: dict[str, Callable[[], object]] = {
            "palette": self.overlays.open_palette, "search": self.overlays.open_palette,
            "keysheet": self.overlays.open_keysheet,
            "undo": partial(undoing.undo, self), "redo": partial(undoing.redo, self),
            "what_was_done": self.show_history, "settings": _Go(self, "settings"), "next_waiting": self._next_waiting,
            **{shelf: _Go(self, "inbox", ("shelf", shelf)) for shelf in ("snoozed", "quiet")},
            "new_message": _Go(self, "letter", "new"), "kind_words": _Go(self, "today", ("kind_words",)),
            "drafts": _Go(self, "drafts"), "rules": _Go(self, "rules"), "facts": _Go(self, "facts", 0),
            "embargoes": _Go(self, "facts", "embargoes"), "drift": _Go(self, "templates", "drift"),
            "first_week": _Go(self, "firstweek"),
            "park": partial(parking.park, self),
            "next_pane": partial(self._step_pane, 1), "previous_pane": partial(self._step_pane, -1),
            "write_down": self._write_down, "new_post": _Go(self, "letter", "post"),
            "row_menu": partial(panes.ask_menu, self),
            **self.appearance.handlers(),
            **{f"page_{place}": _Go(self, entry.id) for place, entry in enumerate(numbered()[:9], 1)},
        }  # fmt: skip
        for command_id in (
            "quit", "open_file", "bring_in", "read_back", "backup", "restore", "check_file", "keeping", "lend", "sync"
        ):  # fmt: skip
            own[command_id] = _Ask(self, command_id)
        if "accounts" in self._entries:
            own["connect"] = _Go(self, "accounts", "new")
        if self.bench.is_demo:
            own["leave_demo"] = _Ask(self, "leave_demo")
        return own

    def _chosen(self, row_id: str) -> None:
        """Show the page, or the page's list, whose row in the rail was clicked."""
        page_id, _, shelf = row_id.partition("/")
        if shelf in self._entries:
            self.go(shelf)
            return
        self.go(page_id, ("shelf", shelf) if shelf else None)

    def _open_menu(self) -> None:
        button = self.rail.community
        self.overlays.open_menu(button.mapToGlobal(button.rect().bottomLeft()))

    def _write_down(self) -> None:
        from ui.dialogs.write_down import ask  # noqa: PLC0415  only for assisted accounts

        ask(self)

    def _next_waiting(self) -> None:
        number = self.bench.inbox.next_needing()
        if number is None:
            self.toast(text.tr("Nothing needs you."))
        else:
            self.go("inbox", number)

    def _step_pane(self, by: int) -> None:
        """Go on to the next stop of F6: the page's row in the rail, the strips, the page's own panes."""
        entry = self._entries.get(self.page_id)
        page, row = self._pages.get(self.page_id), self.rail.rows.get(entry.row_id if entry else "")
        panes.step([*([row] if row else []), *self.strips.panes(), *(page.panes() if page else ())], by)

    # Internals

    def _community(self) -> str:
        return str(self.bench.settings.get("community")) or text.tr("My community")

    def _build(self, entry: Entry) -> Page:
        page = page_class(entry)(self, self.stack)
        self._pages[entry.id] = page
        self.stack.addWidget(page)
        page.windowTitleChanged.connect(partial(_entitle, self, self._community))
        return page

    def _toaster(self) -> Toast:
        if self._toast is None:
            from ui.widgets.toast import Toast  # noqa: PLC0415  at its first use

            self._toast = Toast(
                self, self.rail, self._shelf, partial(in_hand, self), partial(make_room, self, self._pages.values()),
                self.stack.currentWidget,
            )  # fmt: skip
        return self._toast


def _entitle(window: Window, community: Callable[[], str], _title: str = "") -> None:
    """Give the window the title of the page that it shows."""
    page = window.page(window.page_id)
    if page is not None:
        window.setWindowTitle(f"{page.windowTitle()} · {community()}")


class _Ask:
    """Passes a command on to the application."""

    def __init__(self, window: Window, command_id: str) -> None:
        by_id(command_id)
        self._window, self._command_id = window, command_id

    def __call__(self) -> None:
        self._window.asked.emit(self._command_id)


class _Go:
    """A handler that shows a page."""

    def __init__(self, window: Window, page_id: str, target: object = None) -> None:
        self._window, self._page_id, self._target = window, page_id, target

    def __call__(self) -> None:
        self._window.go(self._page_id, self._target)


def _titled(entry: Entry) -> list[tuple[str, str, str]]:
    """The page's row in the rail, and its shelves': id, title, icon."""
    rows = [(entry.row_id, text.tr(entry.title), entry.icon)]
    rows += [(f"{entry.id}/{shelf.id}", text.tr(shelf.title), shelf.icon) for shelf in entry.shelves]
    return rows
