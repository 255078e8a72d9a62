"""Saving the files of a conversation, and showing its pictures; a file is never opened here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.errors import UserError
from app.base.sizes import in_words
from ui.frame.doing import show_errors
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.attachments import File
    from app.inbox import Line
    from ui.pages.inbox.pane import Pane

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVW"
_EVERY = "Z"
_NAME_CHARS = 44


class SavingFiles(QObject):
    """The inbox page's commands for files that came with messages."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page, as long as its window is there: a file that is being fetched may come later."""
        super().__init__(pane.window())
        self._pane = pane
        self._listed: list[File] = []

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation with files, by command id."""
        lines = self._pane.here().lines
        handlers: dict[str, Callable[[], object]] = {}
        if any(line.files for line in lines if line.kind != "outbox"):
            handlers["save_file"] = self.choose
        if self._with_pictures():
            handlers["pictures"] = self.toggle_pictures
        return handlers

    def _with_pictures(self) -> list[Line]:
        """The messages with pictures."""
        from ui.shared.attachments import may_be_picture  # noqa: PLC0415  few conversations have files

        lines = (line for line in self._pane.here().lines if line.files and line.kind != "outbox")
        return [line for line in lines if any(map(may_be_picture, line.files))]

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
            self._save_all()
        else:
            self.save(str(self._listed[_LETTERS.index(letter)].id))

    def save(self, number: str) -> None:
        """Ask where to save a file, by its id, and save it."""
        from app.attachments import safe_name  # noqa: PLC0415  as above
        from ui.frame.files import save_path  # noqa: PLC0415  rarely needed

        with show_errors(self._pane.frame):
            file = self._pane.bench.attachments.get(int(number))
            path = save_path(self._pane.window(), tr("Save attachment"), safe_name(file), "")
            if path is not None:  # the dialog has asked whether to replace a file
                self._start([(file, path)], overwrite=True)

    def _save_all(self) -> None:
        """Save all files into a folder, replacing nothing."""
        from app.attachments import free_path  # noqa: PLC0415  as above
        from ui.frame.files import choose_folder  # noqa: PLC0415  rarely needed

        folder = choose_folder(self._pane.window(), tr("Save all files"))
        if folder is None:
            return
        wanted: list[tuple[File, Path]] = []
        for file in self._listed:
            path = free_path(folder, file, {taken for _, taken in wanted})
            wanted.append((file, path))
        self._start(wanted, overwrite=False)

    def _start(self, wanted: list[tuple[File, Path]], *, overwrite: bool) -> None:
        """Save on a worker: a large file comes from its mailbox, and a disk may be slow."""
        from ui.frame.working import Working  # noqa: PLC0415  rarely needed

        away = [file for file, _ in wanted if not file.is_here and file.section]
        if away:
            self._pane.frame.toast(
                tr("Fetching “{name}” from the mailbox…").format(name=text.embed(away[0].name, _NAME_CHARS))
            )
        desk = self._pane.bench.attachments

        def work(_progress: Callable[[int, int], object], stop: threading.Event) -> object:
            saved: list[tuple[File, Path]] = []
            trouble = ""
            for file, path in wanted:
                try:
                    if not stop.is_set():
                        saved.append((file, desk.save(file.id, path, overwrite=overwrite)))
                except UserError as why:
                    if len(wanted) == 1:
                        raise
                    trouble = trouble or str(why)
            return saved, trouble

        working = Working(work, "saving files")
        working.finished.connect(self._saved)
        working.failed.connect(self._failed)
        working.start()

    def _saved(self, outcome: tuple[list[tuple[File, Path]], str]) -> None:
        saved, trouble = outcome
        words = _saved_words(saved)
        if trouble:
            self._pane.frame.fail(f"{words} {trouble}".strip())
        else:
            self._pane.frame.toast(words)

    def _failed(self, why: UserError | None) -> None:
        if why is not None:
            self._pane.frame.fail(str(why))


def _saved_words(saved: list[tuple[File, Path]]) -> str:
    """The toast: where it is, and that its name was mended."""
    from app.attachments import safe_name  # noqa: PLC0415  as above

    if len(saved) != 1:
        return text.counted(len(saved), "Saved {count} file.", "Saved {count} files.") if saved else ""
    file, path = saved[0]
    if safe_name(file) != file.name:
        msg = tr("Saved as {file}. The name “{name}” can't be used for a file.")
        return msg.format(file=text.isolate(path.name), name=text.embed(file.name, _NAME_CHARS))
    return tr("Saved as {file}.").format(file=text.isolate(path.name))
