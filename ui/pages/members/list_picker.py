"""Lists of members that are kept: the dialog for a name, the list of all, and a value chosen for several members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import UserError
from app.base.text import fold
from app.commands.key_names import shown_key
from app.members import KIND_NAMES
from ui.commands.matching import match
from ui.frame import unsaved
from ui.frame.doing import announce, undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from app.members.lists import MemberList
    from ui.frame.page import Frame


class ListDialog(FormDialog):
    """Asks for a list's name and keeps what is shown under it; with a list it gives that one another name."""

    def __init__(self, window: QWidget, frame: Frame, words: str, kind: str, kept: MemberList | None = None) -> None:
        """`words` and `kind` are what finds the members."""
        heading = tr("Keep as a list") if kept is None else tr("Rename the list")
        intro = tr("Whoever fits later is on it too: the list is looked up each time you choose it.")
        super().__init__(window, tr("List of members"), heading, intro, tr("Cancel"))
        self._frame, self._words, self._kind, self._kept = frame, words, kind, kept
        self.name = QLineEdit(kept.name if kept is not None else "")
        self.fields.addWidget(labelled(self.name, tr("Name")))
        self.fields.addStretch(1)
        self.fit()
        self.name.selectAll()
        self.name.setFocus()

    def keep(self) -> None:
        """Save; a UserError is shown in the dialog."""
        lists, before, name = self._frame.bench.member_lists, self._frame.bench.store.last_action, self.name.text()
        try:
            if self._kept is None:
                lists.add(name, self._words, self._kind)
            else:
                lists.rename(self._kept.id, name)
        except UserError as why:
            self.complain(str(why))
            return
        shown = text.isolate(" ".join(name.split()))
        saved = tr("List “{name}” kept.") if self._kept is None else tr("The list is called “{name}” now.")
        announce(self._frame, saved.format(name=shown), before)
        self.accept()


class ListPicker(PickList):
    """The lists that are kept, to be shown, renamed and removed."""

    opened = Signal(int)
    """Carries the id of the list to show."""

    def __init__(self, window: QWidget, frame: Frame) -> None:
        """All of them, in the order in which they were kept."""
        keys = [(shown_key("Enter"), tr("show")), ("Tab", tr("rename")), (shown_key("Delete"), tr("remove"))]
        super().__init__(window, tr("Lists of members"), tr("Find a list"), keys)
        self._frame = frame
        self.chosen.connect(self._show)
        self.edited.connect(self._rename)
        self.dropped.connect(self._remove)

    def picks(self, typed: str) -> list[Pick]:
        """The lists whose name matches."""
        return [
            Pick(str(one.id), text.plain(one.name), _asked(one), icon="list-filter")
            for one in self._frame.bench.member_lists.every()
            if not fold(typed) or match(typed, one.name) is not None
        ]

    def _show(self, key: str) -> None:
        self.dismiss()
        self.opened.emit(int(key))

    def _rename(self, key: str) -> None:
        kept = self._frame.bench.member_lists.get(int(key))
        dialog = ListDialog(self.window(), self._frame, kept.words, kept.kind, kept)
        dialog.finished.connect(self.come_back)
        unsaved.open_dialog(self._frame, dialog, kept.id)

    def _remove(self, key: str) -> None:
        lists = self._frame.bench.member_lists
        name = text.isolate(lists.get(int(key)).name)
        with undoable(self._frame, tr("List “{name}” removed. Its members stay as they are.").format(name=name)):
            lists.remove(int(key))
        self.show_picks()


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
