"""The dialogs of saved views: one for the name of a view, and the list in which they are opened, moved and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import UserError
from app.base.text import fold
from app.commands.key_names import shown_key
from app.inbox import Query
from app.inbox.views import VIEW
from ui.commands.matching import match
from ui.frame import unsaved
from ui.frame.doing import announce, undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from app.inbox.views import View
    from ui.frame.page import Frame


class NameDialog(FormDialog):
    """Asks for a view's name, and saves what is listed under it; with a view it gives that one another name."""

    def __init__(
        self, window: QWidget, frame: Frame, words: str, query: Query, name: str, view: View | None = None
    ) -> None:
        """`name` is the suggestion."""
        heading = tr("Save as a view") if view is None else tr("Rename the view")
        intro = tr("It appears in the rail with its number of conversations, which is kept up to date.")
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
        unsaved.open_dialog(self._frame, dialog, view.id)

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
