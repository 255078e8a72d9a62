"""Several members at once: marked by X, given a label, a kind or a language, and lists that are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.members import KIND_NAMES
from app.members.several import edit_all, sentence_of
from ui.frame import unsaved
from ui.frame.doing import announce, show_errors
from ui.look import languages, text
from ui.look.text import tr
from ui.shared.mark_bar import MarkBar
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from ui.frame.page import Frame
    from ui.pages.members.list_picker import ValuePicker
    from ui.pages.members.table import MemberModel
    from ui.shared.markable import MarkableRows

_FOR_ALL = ("labels", "set_kind", "set_language")
"""The commands that the bar offers for all that are marked."""


def _selected(count: int) -> str:
    return text.counted(count, "{count} member selected", "{count} members selected")


class Many(QObject):
    """The commands on the members that are marked, or on the one that is open where none is."""

    listed = Signal(int)
    """Carries the id of the kept list that is to be shown."""

    def __init__(
        self, frame: Frame, rows: MarkableRows, model: MemberModel, column: QVBoxLayout, window: Callable[[], QWidget]
    ) -> None:
        """The bar goes below what `column` has; `window` gives what dialogs belong to."""
        super().__init__(rows)
        self._frame, self._rows, self._model, self._column, self._window = frame, rows, model, column, window
        self._bar: MarkBar | None = None
        self._shown: int | None = None
        self.marks = rows.marks
        self.marks.changed.connect(self._show_count)

    def handlers(self, shown: int | None) -> dict[str, Callable[[], object]]:
        """The command handlers available now; `shown` is the member that is open."""
        self._shown = shown
        moving: dict[str, Callable[[], object]] = {
            "select": self._select, "extend_down": self._extend_down, "extend_up": self._extend_up,
            "edit_member_lists": self._lists,
        }  # fmt: skip
        if not self.targets():
            return moving
        return moving | {"labels": self._labels, "set_kind": self._kinds, "set_language": self._languages}

    def targets(self) -> Sequence[int]:
        """The ids of those that are marked, else of the one that is open."""
        return self.marks.ids() or ([self._shown] if self._shown is not None else [])

    def ask_name(self, words: str, kind: str) -> None:
        """Ask what a list of what is shown now is to be called."""
        from ui.pages.members.list_picker import ListDialog  # noqa: PLC0415  loaded at first use

        unsaved.open_dialog(self._frame, ListDialog(self._window(), self._frame, words, kind), words)

    def _select(self) -> None:
        self.marks.toggle()
        if not self.marks.on:
            self._say(0)

    def _extend_down(self) -> None:
        self.marks.extend(1)

    def _extend_up(self) -> None:
        self.marks.extend(-1)

    def _show_count(self, count: int) -> None:
        if self._bar is None and count:
            self._bar = MarkBar(self._frame, _FOR_ALL, _selected)
            self._column.addWidget(self._bar)
        if self._bar is not None:
            self._bar.show_count(count, self.marks.away)
        if count:
            self._say(count)

    def _say(self, count: int) -> None:
        row = self._model.row_at(self._rows.place())
        if row is None:
            return
        name = text.plain(row.name)
        if not count:
            speak(self._rows, tr("{name}: deselected. Nothing is selected.").format(name=name))
            return
        marked = row.id in self.marks.ids()
        sentence = (
            tr("{name}: selected. {count} selected in all.")
            if marked
            else tr("{name}: deselected. {count} selected in all.")
        )
        speak(self._rows, sentence.format(name=name, count=text.number(count)))

    def _labels(self) -> None:
        from ui.shared.label_picker import LabelPicker  # noqa: PLC0415  loaded at first use
        from ui.shared.labelled import Members  # noqa: PLC0415  as above

        numbers = self.targets()
        LabelPicker(self._window(), self._frame, Members(self._frame.bench, numbers, self._name(numbers))).open()

    def _kinds(self) -> None:
        choices = [(key, tr(title)) for key, title in KIND_NAMES.items()]
        self._choose("kind", tr("Kind"), choices)

    def _languages(self) -> None:
        known = self._frame.bench.members.languages()
        codes = [*languages.HOUSE, *sorted(code for code in known if code)]
        choices = [(code, languages.name(code)) for code in dict.fromkeys(codes)]
        self._choose("language", tr("Language"), choices)

    def _choose(self, column: str, what: str, choices: Sequence[tuple[str, str]]) -> None:
        from ui.pages.members.list_picker import ValuePicker  # noqa: PLC0415  loaded at first use

        numbers = tuple(self.targets())
        picker = ValuePicker(self._window(), self._title(what, numbers), choices)
        picker.chosen.connect(partial(self._chosen, picker, numbers, column, what))
        picker.open()

    def _chosen(self, picker: ValuePicker, numbers: Sequence[int], column: str, what: str, key: str) -> None:
        picker.dismiss()
        self._set(numbers, column, what, key, picker.title_of(key))

    def _title(self, what: str, numbers: Sequence[int]) -> str:
        rows = self._frame.bench.members.rows(numbers[:1])
        who = text.name(rows[0].name) if rows else ""
        return text.counted(len(numbers), "{what} of {who}", "{what} of {count} members", what=what, who=who)

    def _set(self, numbers: Sequence[int], column: str, what: str, value: str, shown: str) -> None:
        bench = self._frame.bench
        before = bench.store.last_action
        with show_errors(self._frame):
            changed = edit_all(bench.store, bench.members, numbers, {column: value}) or numbers
            announce(self._frame, sentence_of(len(changed), self._name(changed), what, shown), before)

    def _name(self, numbers: Sequence[int]) -> str:
        rows = self._frame.bench.members.rows(numbers[:1])
        return text.name(rows[0].name) if rows else ""

    def _lists(self) -> None:
        from ui.pages.members.list_picker import ListPicker  # noqa: PLC0415  loaded at first use

        picker = ListPicker(self._window(), self._frame)
        picker.opened.connect(self.listed)
        picker.open()
