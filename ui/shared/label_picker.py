"""The picker of labels (M): typing filters without accents, Enter toggles, and a new one has a row of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.base.text import fold
from app.commands.key_names import shown_key
from ui.commands.matching import match
from ui.frame import unsaved
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.paint import LABEL
from ui.widgets.pick_list import ALL, NONE, SOME, Pick, PickList

if TYPE_CHECKING:
    from app.inbox.labels import Label
    from ui.frame.page import Frame
    from ui.shared.labelled import Labelled

_CREATE = "create:"


class LabelPicker(PickList):
    """Toggles labels of conversations or members, each as one undoable action; without any it edits the labels."""

    def __init__(self, window: QWidget, frame: Frame, labelled: Labelled | None = None) -> None:
        """`labelled` is what they are put on, None to edit the labels themselves."""
        self._frame, self._labelled = frame, labelled
        title = labelled.title() if labelled is not None else tr("Labels")
        enter = tr("put on, take off") if labelled is not None else tr("edit")
        keys = [(shown_key("Enter"), enter), (shown_key("Tab"), tr("edit")), (shown_key("Escape"), tr("close"))]
        super().__init__(window, title, tr("Find or create a label"), keys)
        self.chosen.connect(self._choose)
        self.edited.connect(self._edit)
        self.dropped.connect(self._edit)

    def picks(self, typed: str) -> list[Pick]:
        """The labels that match, those on these conversations first; then the row that creates one."""
        spread = self._labelled.spread() if self._labelled is not None else {}
        every = self._frame.bench.labels.every()
        ranked = [(found.rank, not spread.get(label.name), label) for label in every
                  if (found := match(typed, label.name)) is not None]  # fmt: skip
        rows = [self._pick(label, spread) for *_, label in sorted(ranked, key=lambda row: row[:2])]
        if typed and all(fold(label.name) != fold(typed) for label in every):
            words = tr("Create “{name}”").format(name=text.isolate(typed))
            rows.append(Pick(f"{_CREATE}{typed}", words, icon="plus"))
        return rows

    def _pick(self, label: Label, spread: dict[str, int]) -> Pick:
        count = spread.get(label.name, 0)
        on = where_words(label, members=self._labelled is not None and self._labelled.of_members)
        mark, spoken = "", ""
        if self._labelled is not None:
            mark = NONE if not count else ALL if count == self._labelled.count else SOME
            spoken = {NONE: tr("not put on"), SOME: tr("on some of them"), ALL: tr("put on")}[mark]
        name = text.plain(label.name)
        return Pick(
            str(label.id), name, on, f"{LABEL}{label.colour or 'grey'}", mark,
            spoken=", ".join(part for part in (name, spoken, on) if part),
        )  # fmt: skip

    def _choose(self, key: str) -> None:
        if key.startswith(_CREATE):
            self._create(key.removeprefix(_CREATE))
        elif self._labelled is None:
            self._edit(key)
        else:
            self._toggle(int(key))
        self.field.selectAll()
        self.show_picks()

    def _create(self, name: str) -> None:
        frame, labelled = self._frame, self._labelled
        if labelled is None:
            with undoable(frame, tr("Label “{name}” created.").format(name=text.isolate(name))):
                frame.bench.labels.add(name)
            return
        tidied = " ".join(name.split())
        with undoable(frame, labelled.put_on(text.isolate(tidied))):
            labelled.label([tidied])

    def _toggle(self, number: int) -> None:
        """Put a label on all, or take it off where all have it."""
        frame, labelled = self._frame, self._labelled
        if labelled is None:
            return
        name = frame.bench.labels.get(number).name
        if labelled.spread().get(name, 0) < labelled.count:
            with undoable(frame, labelled.put_on(text.isolate(name))):
                labelled.label([name])
        else:
            with undoable(frame, labelled.taken_off(text.isolate(name))):
                labelled.label((), [name])

    def _edit(self, key: str) -> None:
        if key.startswith(_CREATE):
            return
        from ui.shared.label_editor import LabelEditor  # noqa: PLC0415  loaded at first use

        editor = LabelEditor(self.window(), self._frame, self._frame.bench.labels.get(int(key)))
        editor.finished.connect(self.come_back)
        unsaved.open_dialog(self._frame, editor, int(key))


def where_words(label: Label, *, members: bool = False) -> str:
    """On how many conversations a label is, or `members`; what has none of the one is counted in the other."""
    if (members and label.members) or (label.members and not label.conversations):
        return text.counted(label.members, "on {count} member", "on {count} members")
    return text.counted(label.conversations, "on {count} conversation", "on {count} conversations")
