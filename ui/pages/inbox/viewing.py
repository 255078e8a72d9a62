"""Saved views of the inbox list: showing one, saving what is listed as one, and editing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import UserError
from app.base.text import fold
from app.commands.key_names import shown_key
from app.inbox import Query
from app.inbox.views import suggested_name
from ui.commands.matching import match
from ui.frame.doing import announce, show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox.views import View
    from ui.frame.page import Frame
    from ui.pages.inbox.pane import Pane

VIEW = "view-"
"""Before a view's id, in the name of its row in the rail."""


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
        if query.beside is not None or not (words.strip() or shown.filter.narrows() or query.state != "needs_me"):
            sentence = tr("Search or filter the list first: then it can be saved as a view.")
            if query.beside is not None:
                sentence = tr("The comments under one post can't be saved as a view. Search for its title instead.")
            self._pane.frame.fail(sentence)
            return
        name = suggested_name(words, shown.filter.parts())
        NameDialog(self._pane.window(), self._pane.frame, words, query, name).open()

    def _edit(self) -> None:
        picker = ViewPicker(self._pane.window(), self._pane.frame)
        picker.opened.connect(self.shelf)
        picker.open()

    def _edit_labels(self) -> None:
        from ui.pages.inbox.label_picker import LabelPicker  # noqa: PLC0415  loaded at first use

        LabelPicker(self._pane.window(), self._pane.frame, ()).open()


class NameDialog(FormDialog):
    """Asks for a view's name, and saves what is listed under it; with a view it gives that one another name."""

    def __init__(
        self, window: QWidget, frame: Frame, words: str, query: Query, name: str, view: View | None = None
    ) -> None:
        """`name` is the suggestion."""
        heading = tr("Save as a view") if view is None else tr("Rename the view")
        intro = tr("It appears in the rail with how many conversations it has, and is counted anew as they change.")
        super().__init__(window, tr("View"), heading, intro, tr("Cancel"))
        self._frame, self._words, self._query, self._view = frame, words, query, view
        self.name = QLineEdit(name)
        self.fields.addWidget(labelled(self.name, tr("Name")))
        self.fields.addStretch(1)
        self.fit()
        self.name.selectAll()
        self.name.setFocus()

    def keep(self) -> None:
        """Save; a UserError is shown in the dialog."""
        views, before, name = self._frame.bench.views, self._frame.bench.store.last_action, self.name.text()
        try:
            if self._view is None:
                views.add(name, self._words, self._query)
            else:
                views.rename(self._view.id, name)
        except UserError as why:
            self.complain(str(why))
            return
        shown = text.isolate(" ".join(name.split()))
        saved = tr("View “{name}” saved.") if self._view is None else tr("The view is called “{name}” now.")
        announce(self._frame, saved.format(name=shown), before)
        self.accept()


class ViewPicker(PickList):
    """The saved views, to be opened, renamed, moved and removed."""

    opened = Signal(str)
    """Carries the name of the row in the rail of the view to show."""

    def __init__(self, window: QWidget, frame: Frame) -> None:
        """All views, in the order of the rail."""
        keys = [(shown_key("Enter"), tr("open")), ("Tab", tr("rename")), (shown_key("Alt+Up"), tr("move")),
                (shown_key("Delete"), tr("remove"))]  # fmt: skip
        super().__init__(window, tr("Views"), tr("Find a view"), keys)
        self._frame = frame
        self.chosen.connect(self._open_view)
        self.edited.connect(self._rename)
        self.moved.connect(self._move)
        self.dropped.connect(self._remove)

    def picks(self, typed: str) -> list[Pick]:
        """The views whose name matches, in the order of the rail."""
        return [
            Pick(str(view.id), text.plain(view.name), _described(view), icon="list-filter")
            for view in self._frame.bench.views.every()
            if not fold(typed) or match(typed, view.name) is not None
        ]

    def _open_view(self, key: str) -> None:
        self.dismiss()
        self.opened.emit(f"{VIEW}{key}")

    def _rename(self, key: str) -> None:
        view = self._frame.bench.views.get(int(key))
        dialog = NameDialog(self.window(), self._frame, view.words, view.query, view.name, view)
        dialog.finished.connect(self.come_back)
        dialog.open()

    def _move(self, key: str, by: int) -> None:
        name = self._frame.bench.views.get(int(key)).name
        with undoable(self._frame, tr("View “{name}” moved.").format(name=text.isolate(name))):
            self._frame.bench.views.move(int(key), by)
        self.show_picks()

    def _remove(self, key: str) -> None:
        name = self._frame.bench.views.get(int(key)).name
        words = tr("View “{name}” removed; its conversations stay.").format(name=text.isolate(name))
        with undoable(self._frame, words):
            self._frame.bench.views.remove(int(key))
        self.show_picks()


def _described(view: View) -> str:
    """What it lists, in a few words."""
    return ", ".join(part for part in (text.plain(view.words), text.plain(view.query.label)) if part)
