"""The picker of labels (M): typing filters without accents, Enter toggles, and a new one has a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

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

_CREATE = "create:"


class Labelling(Protocol):
    """What labels are put on: conversations, or members. Without `numbers` the labels themselves are edited."""

    @property
    def numbers(self) -> Sequence[int]:
        """The ids of what labels are put on."""

    def title(self) -> str:
        """What the picker is called."""

    def spread(self) -> dict[str, int]:
        """On how many of them each label is, by its name; labels that none has may be left out."""

    def change(self, add: Sequence[str], remove: Sequence[str]) -> None:
        """Put labels on all of them, and take others off, as one action."""

    def put_on(self, name: str) -> str:
        """What is said once a label is on all of them; `name` is ready to be shown."""

    def taken_off(self, name: str) -> str:
        """What is said once it is off."""


class LabelPicker(PickList):
    """Toggles labels of all that are chosen, each as one undoable action; without any it edits the labels."""

    def __init__(self, window: QWidget, frame: Frame, on: Labelling) -> None:
        """`on` says what the labels are put on."""
        self._frame, self._on, self._numbers = frame, on, tuple(on.numbers)
        enter = tr("put on, take off") if self._numbers else tr("edit")
        keys = [(shown_key("Enter"), enter), (shown_key("Tab"), tr("edit")), (shown_key("Escape"), tr("close"))]
        super().__init__(window, on.title(), tr("Find or create a label"), keys)
        self.chosen.connect(self._choose)
        self.edited.connect(self._edit)
        self.dropped.connect(self._edit)

    def picks(self, typed: str) -> list[Pick]:
        """The labels that match, those that are on first; then the row that creates one."""
        spread = self._on.spread() if self._numbers else {}
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
        tidy = " ".join(name.split())
        with undoable(frame, self._on.put_on(text.isolate(tidy))):
            self._on.change([tidy], ())

    def _toggle(self, number: int) -> None:
        """Put a label on all, or take it off where all have it."""
        name = self._frame.bench.labels.get(number).name
        if self._on.spread().get(name, 0) < len(self._numbers):
            with undoable(self._frame, self._on.put_on(text.isolate(name))):
                self._on.change([name], ())
        else:
            with undoable(self._frame, self._on.taken_off(text.isolate(name))):
                self._on.change((), [name])

    def _edit(self, key: str) -> None:
        if key.startswith(_CREATE):
            return
        from ui.shared.label_editor import LabelEditor  # noqa: PLC0415  loaded at first use

        editor = LabelEditor(self.window(), self._frame, self._frame.bench.labels.get(int(key)))
        editor.finished.connect(self.come_back)
        unsaved.open_dialog(self._frame, editor, int(key))
