"""The drafts page: all that was begun and is not sent; Enter goes on with it where it was begun."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_
from app.outbox.unfinished import REPLY
from ui.frame.doing import undoable
from ui.frame.listed import Listed
from ui.frame.page import Page
from ui.look import text
from ui.look.text import tr
from ui.pages.drafts.table import DraftDelegate, DraftModel
from ui.widgets.panels import EmptyState, PageHeader
from ui.widgets.rowview import RowView

if TYPE_CHECKING:
    from app.store.changes import Changes

_TABLES = ("draft", "draft_beside", "letter_draft", "outgoing_file", "conversation", "member", "identity")


class DraftsPage(Page):
    """Drafts of replies, new messages and posts."""

    id: ClassVar[str] = "drafts"
    title: ClassVar[str] = N_("Drafts")
    icon: ClassVar[str] = "pencil"

    def build(self) -> None:
        """Build the list."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(tr("Drafts"), tr("Not sent yet; saved as you write")))
        column.addSpacing(8)  # the first row doesn't touch the line below the head
        self.model = DraftModel()
        self.rows = RowView(tr("Drafts"), DraftDelegate())
        self.rows.setModel(self.model)
        self.rows.opened.connect(self._open_row)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.rows)
        self._pages.addWidget(
            EmptyState("pencil", tr("No drafts."), more=tr("Unsent replies and messages appear here."))
        )
        column.addWidget(self._pages, 1)
        self._fill()

    def _fill(self) -> None:
        current = self.model.row_at(self.rows.place())
        self.model.show(self.bench.unsent.every(), clock.now())
        self._pages.setCurrentIndex(0 if self.model.rows else 1)
        place = self.model.place_of(current.id) if current is not None else 0
        self.rows.choose(max(place, 0))

    def refresh(self, changes: Changes) -> None:
        """Read the list anew if anything in it changed."""
        if changes.touches(*_TABLES):
            self._fill()

    def activate(self) -> None:
        """Focus the list."""
        self._fill()
        self.rows.setFocus()

    def panes(self) -> Sequence[QWidget]:
        """The list."""
        return (self.rows,)

    def listed(self) -> Listed | None:
        """The drafts; None where there are none."""
        return Listed("drafts", self.model.numbers, tr("Drafts")) if self.model.rows else None

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        if not self.model.rows:
            return {}
        return {
            "next": self.rows.next,
            "previous": self.rows.previous,
            "open": self._open_current,
            "drop_draft": self._discard,
        }

    def _discard(self) -> None:
        """Discard the current draft; Undo brings it back."""
        row = self.model.row_at(self.rows.place())
        if row is None:
            return
        to = text.isolate(text.plain(row.draft.to)) if row.draft.to else tr("nobody yet")
        with undoable(self.frame, tr("Draft to {name} discarded.").format(name=to)):
            self.bench.unsent.discard(row.draft)

    def _open_current(self) -> None:
        self._open_row(self.rows.place())

    def _open_row(self, place: int) -> None:
        """Go on writing, with the cursor in the words."""
        row = self.model.row_at(place)
        if row is None:
            return
        if row.draft.kind == REPLY:
            self.frame.go("inbox", row.draft.id)
            self.frame.run("reply")
        else:
            self.frame.go("letter", ("draft", row.draft.id))
