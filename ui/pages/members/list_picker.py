"""Lists of members that are kept: the dialog for a name, the list of all, and a value chosen for several members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.base.text import fold
from app.commands.key_names import shown_key
from app.members import KIND_NAMES
from ui.commands.matching import match
from ui.look import text
from ui.look.text import tr
from ui.shared.named import Named, NameDialog, NamedPicker
from ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from app.members.lists import MemberList
    from ui.frame.page import Frame


class ListDialog(NameDialog):
    """Asks for a list's name and keeps what is shown under it; with a list it gives that one another name."""

    def __init__(self, window: QWidget, frame: Frame, words: str, kind: str, kept: MemberList | None = None) -> None:
        """`words` and `kind` are what finds the members."""
        self._words, self._kind, self._kept = words, kind, kept
        heading = tr("Keep as a list") if kept is None else tr("Rename the list")
        intro = tr("Whoever fits later is on it too: the list is looked up each time you choose it.")
        name = kept.name if kept is not None else ""
        super().__init__(window, frame, (tr("List of members"), heading, intro), name)

    def give(self, name: str) -> None:
        """Keep the list, or rename it."""
        lists = self._frame.bench.member_lists
        if self._kept is None:
            lists.add(name, self._words, self._kind)
        else:
            lists.rename(self._kept.id, name)

    def saved(self, name: str) -> str:
        """That it is kept, or called otherwise."""
        said = tr("List “{name}” kept.") if self._kept is None else tr("The list is called “{name}” now.")
        return said.format(name=name)


class ListPicker(NamedPicker):
    """The lists that are kept, to be shown, renamed and removed."""

    opened = Signal(int)
    """Carries the id of the list to show."""

    def __init__(self, window: QWidget, frame: Frame) -> None:
        """All of them, in the order in which they were kept."""
        keys = [(shown_key("Enter"), tr("show")), ("Tab", tr("rename")), (shown_key("Delete"), tr("remove"))]
        super().__init__(window, frame, (tr("Lists of members"), tr("Find a list")), keys)

    def every(self) -> Iterable[Named]:
        """The lists, in the order in which they were kept."""
        return (Named(one.id, one.name, _asked(one)) for one in self._frame.bench.member_lists.every())

    def show_one(self, number: int) -> None:
        """Have it shown."""
        self.opened.emit(number)

    def dialog(self, number: int) -> ListDialog:
        """The dialog for another name of the list."""
        kept = self._frame.bench.member_lists.get(number)
        return ListDialog(self.window(), self._frame, kept.words, kept.kind, kept)

    def remove(self, number: int) -> None:
        """Remove the list."""
        self._frame.bench.member_lists.remove(number)

    def removed(self, name: str) -> str:
        """That its members stay."""
        return tr("List “{name}” removed. Its members stay as they are.").format(name=name)


class ValuePicker(PickList):
    """One of several values, by typing or the arrows; `chosen` carries its key."""

    def __init__(self, window: QWidget, title: str, choices: Sequence[tuple[str, str]]) -> None:
        """`choices` are keys with what they are called."""
        self._choices = list(choices)
        keys = [(shown_key("Enter"), tr("set")), (shown_key("Escape"), tr("close"))]
        super().__init__(window, title, tr("Find"), keys)

    def title_of(self, key: str) -> str:
        """What a value is called."""
        return dict(self._choices)[key]

    def picks(self, typed: str) -> list[Pick]:
        """The values whose name matches."""
        return [Pick(key, title) for key, title in self._choices if not fold(typed) or match(typed, title) is not None]


def _asked(kept: MemberList) -> str:
    kind = tr(KIND_NAMES[kept.kind]) if kept.kind in KIND_NAMES else ""
    return text.plain(", ".join(filter(None, (kind, kept.words))))
