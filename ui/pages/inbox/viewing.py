"""Saved views of the inbox list: showing one, saving what is listed as one, and editing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.digests import blake2b
from app.base.errors import UserError
from app.inbox import Query
from app.inbox.views import VIEW, refuse_unsavable, suggested_name
from ui.frame import unsaved
from ui.frame.doing import show_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.pane import Pane


class Viewing(QObject):
    """The commands on saved views, and on the labels themselves."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane

    def always(self) -> dict[str, Callable[[], object]]:
        """The command handlers, by command id; they need no open conversation."""
        return {"save_view": self._save, "edit_views": self._edit, "edit_labels": self._edit_labels}

    def shelf(self, name: str) -> None:
        """Show what a row of the rail below the inbox's stands for: a state, or a saved view."""
        if not name.startswith(VIEW):
            self._pane.list.filter.show(Query(name))
            return
        with show_errors(self._pane.frame):
            self._pane.list.show_view(self._pane.bench.views.get(int(name.removeprefix(VIEW))))

    def _save(self) -> None:
        shown = self._pane.list
        words, query = shown.search.words(), shown.filter.query
        try:
            refuse_unsavable(words, query)
        except UserError as why:
            self._pane.frame.fail(str(why))
            return
        name = suggested_name(words, shown.filter.parts())
        from ui.pages.inbox.view_picker import NameDialog  # noqa: PLC0415  loaded at first use

        frame = self._pane.frame
        about = blake2b(repr((words, query)).encode(), 8).hex()  # of whom nothing shows
        unsaved.open_dialog(frame, NameDialog(self._pane.window(), frame, words, query, name), about)

    def _edit(self) -> None:
        from ui.pages.inbox.view_picker import ViewPicker  # noqa: PLC0415  loaded at first use

        picker = ViewPicker(self._pane.window(), self._pane.frame)
        picker.opened.connect(self.shelf)
        picker.open()

    def _edit_labels(self) -> None:
        from ui.shared.label_picker import LabelPicker  # noqa: PLC0415  loaded at first use

        LabelPicker(self._pane.window(), self._pane.frame).open()
