"""Saving files that came with messages, from any page that lists them; a file is never opened here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.errors import UserError
from ui.frame.doing import show_errors
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.attachments import File
    from ui.frame.page import Frame

_NAME_CHARS = 44


class FileSaver(QObject):
    """Asks where to, and saves on a worker, as a file may have to be fetched."""

    def __init__(self, frame: Frame) -> None:
        """Live as long as the window: a file that is being fetched may come later."""
        super().__init__(frame.window())
        self._frame = frame

    def save(self, number: str) -> None:
        """Ask where to save a file, by its id, and save it."""
        from app.attachments import safe_name  # noqa: PLC0415  few conversations have files
        from ui.frame.files import save_path  # noqa: PLC0415  rarely needed

        with show_errors(self._frame):
            file = self._frame.bench.attachments.get(int(number))
            path = save_path(self._frame.window(), tr("Save attachment"), safe_name(file), "")
            if path is not None:  # the dialog has asked whether to replace a file
                self._start([(file, path)], overwrite=True)

    def save_all(self, files: Sequence[File]) -> None:
        """Save all files into a folder, replacing nothing."""
        from app.attachments import free_path  # noqa: PLC0415  as above
        from ui.frame.files import choose_folder  # noqa: PLC0415  rarely needed

        folder = choose_folder(self._frame.window(), tr("Save all files"))
        if folder is None:
            return
        wanted: list[tuple[File, Path]] = []
        for file in files:
            path = free_path(folder, file, {taken for _, taken in wanted})
            wanted.append((file, path))
        self._start(wanted, overwrite=False)

    def _start(self, wanted: list[tuple[File, Path]], *, overwrite: bool) -> None:
        """Save on a worker: a large file comes from its mailbox, and a disk may be slow."""
        from ui.frame.working import Working  # noqa: PLC0415  rarely needed

        away = [file for file, _ in wanted if not file.is_here and file.section]
        if away:
            self._frame.toast(
                tr("Fetching “{name}” from the mailbox…").format(name=text.embed(away[0].name, _NAME_CHARS))
            )
        desk = self._frame.bench.attachments

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
            self._frame.fail(f"{words} {trouble}".strip())
        else:
            self._frame.toast(words)

    def _failed(self, why: UserError | None) -> None:
        if why is not None:
            self._frame.fail(str(why))


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
