"""The dialogs of saved views: one for the name of a view, and the list in which they are opened, moved and removed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.commands.key_names import shown_key
from app.inbox import Query
from app.inbox.views import VIEW
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.shared.named import Named, NamedPicker
from ui.shared.named import NameDialog as AskedName

if TYPE_CHECKING:
    from app.inbox.views import View
    from ui.frame.page import Frame


class NameDialog(AskedName):
    """Asks for a view's name, and saves what is listed under it; with a view it gives that one another name."""

    def __init__(
        self, window: QWidget, frame: Frame, words: str, query: Query, name: str, view: View | None = None
    ) -> None:
        """`name` is the suggestion."""
        self._words, self._query, self._view = words, query, view
        heading = tr("Save as a view") if view is None else tr("Rename the view")
        intro = tr("It appears in the rail with its number of conversations, which is kept up to date.")
        super().__init__(window, frame, (tr("View"), heading, intro), name)

    def give(self, name: str) -> None:
        """Save the view, or rename it."""
        views = self._frame.bench.views
        if self._view is None:
            views.add(name, self._words, self._query)
        else:
            views.rename(self._view.id, name)

    def saved(self, name: str) -> str:
        """That it is saved, or called otherwise."""
        said = tr("View “{name}” saved.") if self._view is None else tr("The view is called “{name}” now.")
        return said.format(name=name)


class ViewPicker(NamedPicker):
    """The saved views, to be opened, renamed, moved and removed."""

    opened = Signal(str)
    """Carries the name of the row in the rail of the view to show."""

    def __init__(self, window: QWidget, frame: Frame) -> None:
        """All views, in the order of the rail."""
        keys = [(shown_key("Enter"), tr("open")), ("Tab", tr("rename")), (shown_key("Alt+Up"), tr("move")),
                (shown_key("Delete"), tr("remove"))]  # fmt: skip
        super().__init__(window, frame, (tr("Views"), tr("Find a view")), keys)
        self.moved.connect(self._move)

    def every(self) -> Iterable[Named]:
        """The views, in the order of the rail."""
        return (Named(view.id, view.name, _described(view)) for view in self._frame.bench.views.every())

    def show_one(self, number: int) -> None:
        """Have it shown in the inbox."""
        self.opened.emit(f"{VIEW}{number}")

    def dialog(self, number: int) -> NameDialog:
        """The dialog for another name of the view."""
        view = self._frame.bench.views.get(number)
        return NameDialog(self.window(), self._frame, view.words, view.query, view.name, view)

    def _move(self, key: str, by: int) -> None:
        with undoable(self._frame, tr("View “{name}” moved.").format(name=self.name_of(int(key)))):
            self._frame.bench.views.move(int(key), by)
        self.show_picks()

    def remove(self, number: int) -> None:
        """Remove the view."""
        self._frame.bench.views.remove(number)

    def removed(self, name: str) -> str:
        """That its conversations stay."""
        return tr("View “{name}” removed; its conversations stay.").format(name=name)


def _described(view: View) -> str:
    """What it lists, in a few words."""
    return ", ".join(part for part in (text.plain(view.words), text.plain(view.query.label)) if part)
