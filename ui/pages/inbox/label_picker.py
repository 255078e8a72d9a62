"""The picker of labels (M): typing filters without accents, Enter toggles, and a new one has a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.base.text import fold
from app.commands.key_names import shown_key
from ui.commands.matching import match
from ui.frame import unsaved
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.about import about
from ui.widgets.paint import LABEL
from ui.widgets.pick_list import ALL, NONE, SOME, Pick, PickList

if TYPE_CHECKING:
    from app.inbox.labels import Label
    from ui.frame.page import Frame

_CREATE = "create:"


class LabelPicker(PickList):
    """Toggles labels of conversations at once, each as one undoable action; without any it edits the labels."""

    def __init__(self, window: QWidget, frame: Frame, numbers: Sequence[int]) -> None:
        """`numbers` are the conversations, none to edit the labels themselves."""
        self._frame, self._numbers = frame, tuple(numbers)
        many = len(numbers)
        title = text.counted(many, "Labels", "Labels of {count} conversations") if many else tr("Labels")
        enter = tr("put on, take off") if many else tr("edit")
        keys = [(shown_key("Enter"), enter), (shown_key("Tab"), tr("edit")), (shown_key("Escape"), tr("close"))]
        super().__init__(window, title, tr("Find or create a label"), keys)
        self.chosen.connect(self._choose)
        self.edited.connect(self._edit)
        self.dropped.connect(self._edit)

    def picks(self, typed: str) -> list[Pick]:
        """The labels that match, those on these conversations first; then the row that creates one."""
        spread = self._frame.bench.labels.spread(self._numbers)
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
        on = text.counted(label.conversations, "on {count} conversation", "on {count} conversations")
        mark, spoken = "", ""
        if self._numbers:
            mark = NONE if not count else ALL if count == len(self._numbers) else SOME
            spoken = {NONE: tr("not put on"), SOME: tr("on some of them"), ALL: tr("put on")}[mark]
        name = text.plain(label.name)
        return Pick(
            str(label.id), name, on, f"{LABEL}{label.colour or 'grey'}", mark,
            spoken=", ".join(part for part in (name, spoken, on) if part),
        )  # fmt: skip

    def _choose(self, key: str) -> None:
        if key.startswith(_CREATE):
            self._create(key.removeprefix(_CREATE))
        elif not self._numbers:
            self._edit(key)
        else:
            self._toggle(int(key))
        self.field.selectAll()
        self.show_picks()

    def _create(self, name: str) -> None:
        frame = self._frame
        if not self._numbers:
            with undoable(frame, tr("Label “{name}” created.").format(name=text.isolate(name))):
                frame.bench.labels.add(name)
            return
        with undoable(frame, self._put_on(name)):
            frame.bench.inbox.label(self._numbers, [" ".join(name.split())])

    def _toggle(self, number: int) -> None:
        """Put a label on all, or take it off where all have it."""
        frame, many = self._frame, len(self._numbers)
        label = frame.bench.labels.get(number)
        if frame.bench.labels.spread(self._numbers).get(label.name, 0) < many:
            with undoable(frame, self._put_on(label.name)):
                frame.bench.inbox.label(self._numbers, [label.name])
        else:
            words = text.counted(
                many, "{who}: “{name}” taken off.", "“{name}” taken off {count} conversations.",
                name=text.isolate(label.name), who=self._who(),
            )  # fmt: skip
            with undoable(frame, words):
                frame.bench.inbox.label(self._numbers, (), [label.name])

    def _edit(self, key: str) -> None:
        if key.startswith(_CREATE):
            return
        from ui.pages.inbox.label_editor import LabelEditor  # noqa: PLC0415  loaded at first use

        editor = LabelEditor(self.window(), self._frame, self._frame.bench.labels.get(int(key)))
        editor.finished.connect(self.come_back)
        unsaved.open_dialog(self._frame, editor, int(key))

    def _put_on(self, name: str) -> str:
        return text.counted(
            len(self._numbers), "{who}: “{name}” put on.", "“{name}” put on {count} conversations.",
            name=text.isolate(" ".join(name.split())), who=self._who(),
        )  # fmt: skip

    def _who(self) -> str:
        return about(self._frame.bench.inbox.rows(list(self._numbers[:1])))
