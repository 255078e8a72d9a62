"""What a page is, and what it may ask of the window around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.frame.memory import Memory


class Frame(Protocol):
    """The window as a page sees it."""

    @property
    def bench(self) -> Workbench:
        """The open workbench: `frame.bench.inbox` and so on."""
        ...

    @property
    def memory(self) -> Memory:
        """Keeps the sizes of splitters between runs: `frame.memory.splitter("inbox", splitter)`."""
        ...

    def run(self, command_id: str) -> bool:
        """Run a command of the table; False when nobody does it now."""
        ...

    def go(self, page_id: str, target: object = None) -> None:
        """Show a page, and on it `target` (the page's own kind of id) if given."""
        ...

    def toast(self, words: str, undo: Callable[[], object] | None = None, link: str = "") -> None:
        """Say what was done for 8 s, with Undo (key Z) if it can be undone; `link` is for what only a press may do."""
        ...

    def fail(self, words: str) -> None:
        """Say what went wrong; it stays until read."""
        ...

    def progress(self, words: str, done: int = 0, of: int = 0, stop: Callable[[], object] | None = None) -> None:
        """The line at the rail's foot: "Importing", 1240, 8300; empty words take it away."""
        ...

    def post(self, number: int) -> None:
        """Take a reply of the outbox along to where only the person can post it: clipboard, page, then the question."""
        ...

    def recount(self) -> None:
        """Ask the pages for the rail's counts again."""
        ...

    def show_history(self) -> None:
        """Open the list of what was done, from which imports, merges and older things are taken back."""
        ...

    def window(self) -> QWidget:
        """The widget of the whole window, as the parent of dialogs."""
        ...


class Page(QWidget):
    """One page. A subclass sets `id`, `title`, `icon` and builds itself in `build`, which runs when first shown."""

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Keep the frame and build; subclasses put their widgets together in `build`."""
        super().__init__(parent)
        self.frame = frame
        self.bench = frame.bench
        self.setAccessibleName(self.title)
        self.build()

    def build(self) -> None:
        """Put the widgets together and show the first data; keep it light, it is on the way to the first paint."""

    @classmethod
    def count(cls, bench: Workbench) -> int:
        """How much waits for the person on this page: the rail's number; 0 shows none. A cheap query."""
        del bench
        return 0

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Command id to bound method, for the commands that this page can do at this moment."""
        return {}

    def panes(self) -> Sequence[QWidget]:
        """The widgets that F6 goes through, in reading order."""
        return ()

    def activate(self) -> None:
        """Called each time the page becomes the visible one: put the focus where work goes on."""

    def open(self, target: object) -> None:
        """Show one thing: a conversation id, a member id, whatever this page's ids are."""

    def refresh(self, changes: Changes) -> None:
        """Rows changed in the file, by this window or by a worker: read again what is on the screen."""

    def closing(self) -> None:
        """The window closes now: keep in the file what is being written."""

    def keep(self) -> None:
        """Keep in the file what is being written, as far as a draft is kept by itself; work goes on."""

    def may_leave(self) -> bool:
        """False keeps the page in front (an unsaved form says why in itself)."""
        return True
