"""The menu of the Templates page: files in and out, and what was written again and again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from app.base.errors import UserError
from app.first_week.words import written
from app.templates.imported import in_words
from ui.frame import files
from ui.frame.doing import undoable
from ui.look import languages, text
from ui.look.text import tr
from ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from pathlib import Path

    from app.first_week.repeats import Repeat
    from app.workbench import Workbench
    from ui.frame.page import Frame


class MoreButton(IconButton):
    """Imports templates from files, exports all of them, and offers what was written at least three times."""

    made = Signal(int)
    """A template was made of what was written again and again; carries its id."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Start without a menu: it is made when it is opened."""
        super().__init__("ellipsis", tr("More for templates"))
        self._bench, self._frame = bench, frame
        self.menu: QMenu | None = None
        self.clicked.connect(self._offer)

    def _offer(self) -> None:
        self.menu = menu = QMenu(self)
        for title, do in (
            (tr("Import a file of templates…"), self.bring_file),
            (tr("Import a folder of templates…"), self.bring_folder),
            (tr("Export all templates as Markdown…"), self.send_folder),
            (tr("Export all templates as CSV…"), self.send_table),
        ):  # fmt: skip
            menu.addAction(title).triggered.connect(do)
        menu.addSeparator()
        found = self._bench.first_week.repeated()
        for repeat in found:
            said = written(repeat.times, languages.name(repeat.language))
            title = tr("Make a template of “{name}”: {written}").format(name=text.plain(repeat.name), written=said)
            menu.addAction(title).triggered.connect(partial(self.make, repeat))
        if not found:
            menu.addAction(tr("Nothing was written three times lately")).setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def make(self, repeat: Repeat, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  a signal's
        """Make a template of what was written again and again, its differing words blanks, and show it."""
        with undoable(self._frame, tr("{name} saved.").format(name=text.name(repeat.name))):
            self._bench.first_week.add_templates([repeat])
        self.made.emit(self._bench.templates.get(repeat.key).id)

    def bring_file(self) -> None:
        """Import a Markdown or CSV file."""
        self._bring(files.open_path(self, tr("Import a file of templates…"), tr("Templates (*.md *.csv)")))

    def bring_folder(self) -> None:
        """Import a folder of Markdown files."""
        self._bring(files.choose_folder(self, tr("Import a folder of templates…")))

    def _bring(self, path: Path | None) -> None:
        if path is None:
            return
        taken = None
        try:
            taken = self._bench.templates.import_from(path)
        except UserError as why:
            self._frame.fail(str(why))
        if taken is not None:
            self._frame.toast(in_words(taken), undo=None)

    def send_folder(self) -> None:
        """Export a Markdown file for each text."""
        self._send(files.choose_folder(self, tr("Export all templates as Markdown…")))

    def send_table(self) -> None:
        """Export a CSV file."""
        self._send(files.save_path(self, tr("Export all templates as CSV…"), "templates.csv"))

    def _send(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            texts = self._bench.templates.export_to(path)
        except UserError as why:
            self._frame.fail(str(why))
            return
        said = text.counted(texts, "{count} text was exported.", "{count} texts were exported.")
        self._frame.toast(said, partial(files.show_in_folder, path), tr("Show in folder"))
