"""Strips that take the composer's place: the reason for closing, and labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from app.inbox import Opened
from ui.look import text
from ui.look.text import tr
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench


class ReasonStrip(Strip):
    """Asks how an unhappy or difficult conversation was solved before it is closed."""

    def __init__(self, bench: Workbench, opened: Opened) -> None:
        """Start with "Solved", which Enter accepts."""
        super().__init__(tr("Is it solved?"), "frown" if opened.row.unhappy else "circle-question-mark", tr("Done"))
        self._bench, self._number = bench, opened.row.id
        self.reason = QLineEdit(tr("Solved"))
        self.field(tr("How was it solved, or why close it?"), self.reason, 0, 0)
        self.aside.setText(tr("Esc keeps it open."))
        self.reason.selectAll()

    def do(self) -> str:
        """Mark it as done with the reason."""
        self._bench.inbox.done([self._number], reason=self.reason.text().strip())
        return tr("Done")


class LabelStrip(Strip):
    """Edits the labels of one conversation or several as comma-separated words."""

    def __init__(self, bench: Workbench, numbers: Sequence[int]) -> None:
        """Start with the labels that all the conversations share; labels on only some are left as they are."""
        many = len(numbers)
        super().__init__(
            text.counted(many, "Labels", "Labels of {count} conversations"),
            "tag",
            text.counted(many, "Label", "Label {count}"),
        )
        self._bench, self._numbers = bench, numbers
        self._had, some = bench.inbox.shared_labels(numbers)
        self.names = QLineEdit(", ".join(self._had))
        self.field(tr("Labels, separated by commas"), self.names, 0, 0)
        known = _names(bench.inbox.all_labels()[:24])
        hint = tr("Existing: {labels}").format(labels=known) if known else tr("A new word creates a new label.")
        self.aside.setText(
            tr("On only some of them: {labels}. {sentence}").format(labels=_names(some), sentence=hint)
            if some
            else hint
        )

    def do(self) -> str:
        """Add the new labels and remove the deleted ones, as one undo step."""
        wanted, had = {name.strip() for name in self.names.text().split(",") if name.strip()}, set(self._had)
        self._bench.inbox.label(self._numbers, sorted(wanted - had), sorted(had - wanted))
        return text.counted(len(self._numbers), "Labels changed", "Labels changed on {count} conversations")


def _names(labels: Iterable[str]) -> str:
    return ", ".join(text.embed(name) for name in labels)
