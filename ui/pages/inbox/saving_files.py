"""Saving the files of a conversation, and showing its pictures; a file is never opened here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.filenames import may_hold_table
from app.base.sizes import in_words
from ui.frame.doing import show_errors
from ui.look import text
from ui.look.text import tr
from ui.shared.saving import FileSaver

if TYPE_CHECKING:
    from app.attachments import File
    from app.inbox import AttachedFile, Line
    from ui.pages.inbox.pane import Pane

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVW"
_EVERY = "Z"
_NAME_CHARS = 44


class SavingFiles(QObject):
    """The inbox page's commands for files that came with messages."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__(pane.window())
        self._pane = pane
        self._saver = FileSaver(pane.frame)
        self.save = self._saver.save
        self._listed: list[File] = []
        self._known: dict[int, bool] = {}

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation with files, by command id."""
        lines = self._pane.here().lines
        handlers: dict[str, Callable[[], object]] = {}
        if any(line.files for line in lines if line.kind != "outbox"):
            handlers["save_file"] = self.choose
        if any(line.kind == "said" and not line.out for line in lines):
            handlers["take_answer"] = self.take_answer
        if self._returned():
            handlers["read_back"] = self.read_latest_back
        if self._with_pictures():
            handlers["pictures"] = self.toggle_pictures
        return handlers

    def came_back(self, file: AttachedFile) -> bool:
        """Whether a file is one that a teammate edited."""
        if not file.is_here or not may_hold_table(file.name, file.type):
            return False
        if file.id not in self._known:
            content = self._pane.bench.attachments.here(file.id)
            self._known[file.id] = self._pane.bench.returns.came_back(file.name, file.type, content)
        return self._known[file.id]

    def _returned(self) -> list[AttachedFile]:
        """The files of the conversation's messages that a teammate edited, the latest last."""
        lines = [line for line in self._pane.here().lines if line.files and line.kind != "outbox" and not line.out]
        return [file for line in lines for file in line.files if self.came_back(file)]

    def read_latest_back(self) -> None:
        """Read the latest such file back."""
        found = self._returned()
        if found:
            self.read_back(str(found[-1].id))

    def read_back(self, number: str) -> None:
        """Show on the Hand-offs page what a file says."""
        self._pane.frame.go("handoffs", ("attachment", int(number)))

    def take_answer(self) -> None:
        """Show on the Hand-offs page which hand-off the last message answers."""
        said = [line.id for line in self._pane.here().lines if line.kind == "said" and not line.out]
        with show_errors(self._pane.frame):
            self._pane.bench.returns.plain_answer(said[-1])
            self._pane.frame.go("handoffs", ("letter", said[-1]))

    def _with_pictures(self) -> list[Line]:
        """The messages with pictures."""
        lines = (line for line in self._pane.here().lines if line.files and line.kind != "outbox")
        return [line for line in lines if any(file.may_be_picture for file in line.files)]

    def toggle_pictures(self) -> None:
        """Show all pictures of the conversation large; if any are shown, hide them."""
        story = self._pane.talk.story
        lines = self._with_pictures()
        shown = [line for line in lines if story.files.are_shown(line.id)]
        for line in shown or lines:
            story.toggle_pictures(line.id)

    def choose(self) -> None:
        """Save the conversation's only file, or offer all of them in a menu."""
        from ui.widgets.lettermenu import LetterMenu  # noqa: PLC0415  loaded at first use

        self._listed = self._pane.bench.attachments.of_conversation(self._pane.here().row.id)
        if len(self._listed) == 1:
            self.save(str(self._listed[0].id))
            return
        entries = [
            (letter, text.embed(file.name, _NAME_CHARS), in_words(file.size))
            for letter, file in zip(_LETTERS, self._listed, strict=False)
        ]
        many = len(self._listed)
        entries.append((_EVERY, text.counted(many, "All, into a folder", "All {count}, into a folder"), ""))
        menu = LetterMenu(entries, tr("Save an attached file"), self._pane.window())
        menu.chosen.connect(self._chosen)
        menu.popup_at(self._pane.talk.menu)

    def _chosen(self, letter: str) -> None:
        if letter == _EVERY:
            self._saver.save_all(self._listed)
        else:
            self.save(str(self._listed[_LETTERS.index(letter)].id))
