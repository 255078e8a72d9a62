"""The dialog that renames, colours, merges or deletes a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from app.base.errors import UserError
from app.inbox.labels import COLOURS
from ui.frame.doing import announce, undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.avatar import Chip
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.paint import LABEL

if TYPE_CHECKING:
    from app.inbox.labels import Label
    from ui.frame.page import Frame


class LabelEditor(FormDialog):
    """Each way out of it is one undoable action, and says on how many conversations the label is."""

    def __init__(self, window: QWidget, frame: Frame, label: Label) -> None:
        """Start with the label as it is."""
        on = text.counted(label.conversations, "On {count} conversation.", "On {count} conversations.")
        if label.members:
            on += " " + text.counted(label.members, "On {count} member.", "On {count} members.")
        views = frame.bench.labels.views_of(label.id)
        if views:
            names = ", ".join(text.embed(name) for name in views)
            on += " " + text.counted(len(views), "One view lists it: {names}.", "{count} views list it: {names}.",
                                     names=names)  # fmt: skip
        super().__init__(window, tr("Label"), tr("Edit the label “{name}”").format(name=text.isolate(label.name)), on,
                         tr("Cancel"))  # fmt: skip
        self._frame, self._label = frame, label
        self.name = QLineEdit(label.name)
        self.colour = Choice([(key or "grey", tr(words).capitalize()) for key, words in COLOURS.items()],
                             label.colour or "grey")  # fmt: skip
        self.chip = Chip(text.plain(label.name), f"{LABEL}{label.colour}", "tag")
        others = [other for other in frame.bench.labels.every() if other.id != label.id]
        self.into = Choice([("", tr("Keep it as a label of its own")), *((str(other.id), text.plain(other.name))
                            for other in others)])  # fmt: skip
        self.fields.addWidget(labelled(self.name, tr("Name")))
        self.fields.addWidget(labelled(self.colour, tr("Colour"), left=True))
        self.fields.addWidget(self.chip)
        self.fields.addWidget(
            labelled(
                self.into,
                tr("Merge into"),
                tr("Everything with this label gets the other one, and this one is removed."),
            )
        )
        self.drop = LinkButton(_drop_words(label.conversations), tone="danger")
        self.fields.addWidget(self.drop)
        self.fields.addStretch(1)
        self.drop.clicked.connect(self._delete)
        self.colour.picked.connect(self._show_chip)
        self.name.textEdited.connect(self._show_chip)
        self.fit()
        self.name.selectAll()
        self.name.setFocus()

    def _show_chip(self, _words: str) -> None:
        self.chip.set(text.plain(self.name.text()), f"{LABEL}{self.colour.key()}", "tag")

    def keep(self) -> None:
        """Rename and colour it, or merge it into the other; show in the dialog what is wrong."""
        before = self._frame.bench.store.last_action
        try:
            words = self._merge() if self.into.key() else self._change()
        except UserError as why:
            self.complain(str(why))
            return
        announce(self._frame, words, before)
        self.accept()

    def _merge(self) -> str:
        labels, into = self._frame.bench.labels, int(self.into.key())
        kept = labels.get(into).name
        return _merged_words(self._label.name, kept, labels.merge(self._label.id, into))

    def _change(self) -> str:
        colour = "" if self.colour.key() == "grey" else self.colour.key()
        self._frame.bench.labels.edit(self._label.id, self.name.text(), colour)
        return tr("Label “{name}” changed.").format(name=text.isolate(self.name.text().strip()))

    def _delete(self) -> None:
        count = self._label.conversations
        words = text.counted(
            count, "Label “{name}” deleted; it was on {count} conversation.",
            "Label “{name}” deleted; it was on {count} conversations.", name=text.isolate(self._label.name),
        )  # fmt: skip
        with undoable(self._frame, words):
            self._frame.bench.labels.delete(self._label.id)
        self.accept()


def _drop_words(count: int) -> str:
    return text.counted(
        count, "Delete the label, from {count} conversation", "Delete the label, from {count} conversations"
    )


def _merged_words(gone: str, kept: str, count: int) -> str:
    return text.counted(
        count, "“{before}” merged into “{after}” on {count} conversation.",
        "“{before}” merged into “{after}” on {count} conversations.", before=text.isolate(gone),
        after=text.isolate(kept),
    )  # fmt: skip
