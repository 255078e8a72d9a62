"""What is kept under a name (a view, a list of members): the dialog that asks for the name, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import UserError
from app.base.text import fold
from ui.commands.matching import match
from ui.frame import unsaved
from ui.frame.doing import announce, undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from ui.frame.page import Frame


class NameDialog(FormDialog):
    """Asks for a name; subclasses say what is done with it (`give`), and what is said then (`saved`)."""

    def __init__(self, window: QWidget, frame: Frame, said: tuple[str, str, str], name: str) -> None:
        """`said` are the window's title, the heading and a sentence; `name` is the suggestion."""
        title, heading, intro = said
        super().__init__(window, title, heading, intro, tr("Cancel"))
        self._frame = frame
        self.name = QLineEdit(name)
        self.fields.addWidget(labelled(self.name, tr("Name")))
        self.fields.addStretch(1)
        self.fit()
        self.name.selectAll()
        self.name.setFocus()

    def give(self, name: str) -> None:
        """Keep it under that name. Raises UserError."""
        raise NotImplementedError

    def saved(self, name: str) -> str:
        """The sentence about what was done with that name."""
        raise NotImplementedError

    def keep(self) -> None:
        """Save; a UserError is shown in the dialog."""
        before, name = self._frame.bench.store.last_action, self.name.text()
        try:
            self.give(name)
        except UserError as why:
            self.complain(str(why))
            return
        announce(self._frame, self.saved(text.isolate(" ".join(name.split()))), before)
        self.accept()


class Named(NamedTuple):
    """One that is kept: its id, its name, and what it holds in a few words."""

    id: int
    name: str
    about: str


class NamedPicker(PickList):
    """All that are kept, to be opened, renamed and removed; subclasses say which, and do it."""

    def __init__(self, window: QWidget, frame: Frame, said: tuple[str, str], keys: list[tuple[str, str]]) -> None:
        """`said` are the heading and what the field asks for, `keys` what each key does."""
        super().__init__(window, *said, keys)
        self._frame = frame
        self.chosen.connect(lambda key: self._open(int(key)))
        self.edited.connect(lambda key: self._rename(int(key)))
        self.dropped.connect(lambda key: self._remove(int(key)))

    def every(self) -> Iterable[Named]:
        """All of them, in their order."""
        raise NotImplementedError

    def show_one(self, number: int) -> None:
        """Show what one of them holds."""
        raise NotImplementedError

    def dialog(self, number: int) -> FormDialog:
        """The dialog that gives it another name."""
        raise NotImplementedError

    def remove(self, number: int) -> None:
        """Forget it."""
        raise NotImplementedError

    def removed(self, name: str) -> str:
        """The sentence about what was removed, by its name."""
        raise NotImplementedError

    def picks(self, typed: str) -> list[Pick]:
        """Those whose name matches."""
        return [
            Pick(str(one.id), text.plain(one.name), one.about, icon="list-filter")
            for one in self.every()
            if not fold(typed) or match(typed, one.name) is not None
        ]

    def name_of(self, number: int) -> str:
        """What one of them is called, within a sentence."""
        return text.isolate(next((one.name for one in self.every() if one.id == number), ""))

    def _open(self, number: int) -> None:
        self.dismiss()
        self.show_one(number)

    def _rename(self, number: int) -> None:
        dialog = self.dialog(number)
        dialog.finished.connect(self.come_back)
        unsaved.open_dialog(self._frame, dialog, number)

    def _remove(self, number: int) -> None:
        with undoable(self._frame, self.removed(self.name_of(number))):
            self.remove(number)
        self.show_picks()
