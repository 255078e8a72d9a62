"""The menu of the rules: files in and out, and rules to begin with."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.base.errors import UserError
from ui.frame import files
from ui.frame.doing import undoable
from ui.look import languages, text
from ui.look.text import tr
from ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.voice import Rule
    from app.workbench import Workbench
    from ui.frame.page import Frame


class RuleFiles(IconButton):
    """Imports rules and lists of terms, exports the rules, and adds rules to begin with in a language."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Start without a menu: it is made when it is opened."""
        super().__init__("ellipsis", tr("More for rules"))
        self._bench, self._frame = bench, frame
        self.menu: QMenu | None = None
        self.clicked.connect(self._offer)

    def _offer(self) -> None:
        from app.voice import starters  # noqa: PLC0415  read when the menu is opened

        self.menu = menu = QMenu(self)
        menu.addAction(tr("Import rules or a list of terms…")).triggered.connect(self.bring)
        menu.addAction(tr("Export all rules as TOML…")).triggered.connect(self.send)
        menu.addSeparator()
        for code in starters.LANGUAGES:
            title = tr("Add rules to begin with: {language}").format(language=languages.own_name(code))
            action = menu.addAction(title)
            action.setEnabled(bool(starters.lacking(code, self._bench.voice.every_rule())))
            action.triggered.connect(partial(self.begin, code))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def begin(self, language: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  a signal's
        """Add the rules to begin with of a language, without the words that a rule has already."""
        from app.voice import starters  # noqa: PLC0415  as above

        self._add(starters.lacking(language, self._bench.voice.every_rule()))

    def bring(self) -> None:
        """Import a TOML file of rules, or a table of terms."""
        from app.voice.files import read_rules  # noqa: PLC0415  only needed with a file

        path = files.open_path(
            self, tr("Import rules or a list of terms…"), tr("Rules and lists of terms (*.toml *.csv *.xlsx)")
        )
        if path is None:
            return
        try:
            found = read_rules(path)
        except UserError as why:
            self._frame.fail(str(why))
            return
        self._add(found)

    def _add(self, rules: Sequence[Rule]) -> None:
        voice = self._bench.voice
        many = len(voice.unknown(rules))
        if not many:
            self._frame.toast(tr("All of these rules were there already."), undo=None)
            return
        with undoable(self._frame, text.counted(many, "{count} rule was added.", "{count} rules were added.")):
            voice.add_rules(rules)

    def send(self) -> None:
        """Export all rules as TOML."""
        from app.voice.files import toml_of  # noqa: PLC0415  only needed with a file

        path = files.save_path(self, tr("Export all rules as TOML…"), "rules.toml")
        if path is not None:
            self._send(path, toml_of(self._bench.voice.rules()))

    def _send(self, path: Path, words: str) -> None:
        from app.csvfile.writing import in_place  # noqa: PLC0415  only needed with a file

        try:
            with in_place(path, replace=True) as temporary:
                temporary.write_text(words, encoding="utf-8")
        except UserError as why:
            self._frame.fail(str(why))
            return
        many = len(self._bench.voice.rules())
        said = text.counted(many, "{count} rule was exported.", "{count} rules were exported.")
        self._frame.toast(said, partial(files.show_in_folder, path), tr("Show in folder"))
