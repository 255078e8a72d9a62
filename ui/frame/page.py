"""The base class of pages, and the interface of the window that they depend on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtWidgets import QWidget

from app.base.words import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.frame.listed import Listed
    from ui.frame.memory import Memory


class Frame(Protocol):
    """The window as a page sees it."""

    @property
    def bench(self) -> Workbench:
        """The open workbench: `frame.bench.inbox` and so on."""
        ...

    @property
    def memory(self) -> Memory:
        """What was dragged and which folders were used, saved between runs."""
        ...

    @property
    def page_id(self) -> str:
        """The id of the page that is shown."""
        ...

    def run(self, command_id: str) -> bool:
        """Run a command by id; False if it has no handler now."""
        ...

    def go(self, page_id: str, target: object = None) -> None:
        """Show a page, and open `target` on it if given (see the page's `open`)."""
        ...

    def leave(self, *, by_link: bool = False) -> bool:
        """Show the page before the current one; `by_link` that from which a link led here, False if none did."""
        ...

    def toast(
        self, words: str, undo: Callable[[], object] | None = None, link: str = "", *, leads: bool = False
    ) -> None:
        """Show what was done for 8 s, with Undo (key Z) if given; with a `link` title only a click calls `undo`.

        With `leads` that link has the focus, unless somebody is typing.
        """
        ...

    def count_down(self, words: Callable[[int], str], seconds: int, undo: Callable[[], object]) -> None:
        """Show what will happen in so many seconds, with Undo (key Z) until then.

        `words` is called each second with how many are left.
        """
        ...

    def fail(self, words: str) -> None:
        """Show an error; it stays until closed."""
        ...

    def show_menu(self, point: QPoint, *, several: bool = False) -> None:
        """Show the menu of what is selected on the current page, at a position on the screen.

        With `several` it offers what can be done with many rows at once.
        """
        ...

    def progress(self, words: str, done: int = 0, of: int = 0, stop: Callable[[], object] | None = None) -> None:
        """Show progress at the bottom of the rail: "Importing", 1240, 8300; empty `words` remove it."""
        ...

    def post(self, number: int) -> None:
        """Start posting a reply by hand (its outbox id): copy, open the page, then ask whether it was posted."""
        ...

    def show_again(self, conversations: Sequence[int]) -> None:
        """Let the current page show conversations (their ids) whose last decision was undone or redone."""
        ...

    def recount(self) -> None:
        """Schedule an update of the rail's counts."""
        ...

    def show_history(self) -> None:
        """Open the list of actions, from which imports, merges and older actions can be undone."""
        ...

    def window(self) -> QWidget:
        """The top-level window, as the parent of dialogs."""
        ...


class Page(QWidget):
    """A page. Subclasses set `id`, `title` and `icon` and create their widgets in `build`, when first shown.

    While it is shown, the window is titled as it is (`setWindowTitle`), which is its `title` until it says otherwise.
    """

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Store the frame and call `build`; subclasses override `build`."""
        super().__init__(parent)
        self.frame = frame
        self.bench = frame.bench
        self.setAccessibleName(tr(self.title))
        self.setWindowTitle(tr(self.title))
        self.build()

    def build(self) -> None:
        """Create the widgets and show the data; keep it fast, since it delays the first paint."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now, by command id."""
        return {}

    def panes(self) -> Sequence[QWidget]:
        """The widgets that F6 goes through, in reading order."""
        return ()

    def listed(self) -> Listed | None:
        """What the page lists now, to be exported or printed as it is on the screen; None where there is no list."""
        return None

    def chosen_sheet(self) -> tuple[str, int] | None:
        """What Print prints: the kind and id of what is open ("conversation", "member"); None for the list."""
        return None

    def selected(self) -> object:
        """What the menu of a row acts on; a menu that was opened for another does nothing."""
        return self.chosen_sheet()

    def in_hand(self) -> Sequence[QWidget]:
        """What no toast covers: all of the page, unless part of it is only read, as the messages above a composer."""
        return (self,)

    def make_room(self, height: int) -> None:
        """Leave so many pixels free above what is in hand, where a toast stands; 0 gives them back."""

    def activate(self) -> None:
        """Put the focus where work goes on; called each time the page is shown."""

    def open(self, target: object) -> None:
        """Show `target`: a conversation id, a member id, or whatever the page accepts."""

    def show_again(self, conversations: Sequence[int]) -> None:
        """Show one of these conversations (their ids) again: a decision on them was undone or redone."""

    def refresh(self, changes: Changes) -> None:
        """Reload what is shown after rows changed, by this window, a worker or another process."""

    def closing(self) -> None:
        """Save unsaved input; the window is closing."""

    def keep(self) -> None:
        """Save drafts that are saved automatically; the page stays in use."""

    def may_leave(self) -> bool:
        """Whether the page may be left; False keeps it shown, as for an unsaved form, which says why."""
        return True
