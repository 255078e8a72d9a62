"""Navigation in the inbox: along the list, to the next waiting conversation, to the member, to related comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.look.text import tr
from ui.pages.inbox.in_run import next_in_run

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox import Opened
    from ui.pages.inbox.pane import Pane


class Moving(QObject):
    """The inbox page's navigation commands."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane
        self._waited: dict[int, int] = {}  # open conversation -> waiting since, kept after it is answered

    def always(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need no open conversation, by command id."""
        pane = self._pane
        similar: dict[str, Callable[[], object]] = {"stacks": pane.list.stack.open} if pane.list.stack.has_any else {}
        return similar | {
            "search": pane.list.focus_search, "next": self._next, "previous": self._previous,
            "next_waiting": self.next_waiting, "select": self._select, "extend_down": self._extend_down,
            "extend_up": self._extend_up,
        }  # fmt: skip

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        return {"all_from": self._all_from, "beside": self.beside}

    def remember_waiting(self, opened: Opened) -> None:
        """Remember since when the open conversation waited: `next_waiting` continues from there once it is answered."""
        if opened.row.state == "needs_me" and opened.row.waiting_since is not None:
            self._waited = {opened.row.id: opened.row.waiting_since}

    def _next(self) -> None:
        self._pane.list.step(1)

    def _previous(self) -> None:
        self._pane.list.step(-1)

    def _select(self) -> None:
        self._pane.list.toggle_mark()

    def _extend_down(self) -> None:
        self._pane.marks.extend(1)

    def _extend_up(self) -> None:
        self._pane.marks.extend(-1)

    def next_waiting(self) -> None:
        """Show the conversation that has waited longest after the open one, or what is next in the block."""
        pane, row = self._pane, self._pane.opened.row if self._pane.opened is not None else None
        if next_in_run(pane, row.id if row is not None else None):
            return
        number = pane.bench.inbox.next_needing(row.id if row else None, self._waited.get(row.id) if row else None)
        if number is None:
            pane.frame.toast(tr("Nobody else is waiting for you."))
        else:
            pane.list.show_waiting(number)

    def open_conversation(self, number: str) -> None:
        """Show the conversation clicked on the card (its id as text)."""
        self._pane.open(int(number))

    def open_member(self, number: str) -> None:
        """Show the member clicked on the card (their id as text)."""
        self._pane.frame.go("members", int(number))

    def write_member(self, member: str) -> None:
        """Begin a message to the member whose card asks for it (their id as text)."""
        self._pane.frame.go("letter", ("member", int(member)))

    def go_private(self, draft: int) -> None:
        """Open the private message that goes on with the matter (a draft's id)."""
        self._pane.frame.go("letter", ("draft", draft))

    def _all_from(self) -> None:
        member = self._pane.here().row.member_id
        if member is not None:
            self._pane.frame.go("members", member)

    def beside(self) -> None:
        """List the other conversations under the same post."""
        pane, opened = self._pane, self._pane.here()
        if not opened.beside:
            alone = tr("Nobody else has written under this post.")
            pane.frame.toast(alone if opened.post_title else tr("This conversation isn't under a post."))
            return
        pane.list.show_beside(opened.row.id, opened.post_title)
