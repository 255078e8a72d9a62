"""The settings page, generated from the table in `app.settings`; changes apply at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.base.words import N_
from app.settings import SETTINGS, Setting
from app.store.changes import Changes
from ui.commands.in_use import keymap
from ui.commands.keys import make_form
from ui.commands.matching import match
from ui.frame.doing import show_errors
from ui.frame.page import Page
from ui.frame.registry import pages
from ui.look import text
from ui.look.theme import theme
from ui.pages.settings import fields
from ui.pages.settings.dictionaries import dictionary_rows
from ui.pages.settings.keys import KeyRow, KeysSummary, key_rows
from ui.pages.settings.notices import ClosedNote, NoticeNote
from ui.pages.settings.this_file import ThisFile
from ui.pages.settings.working import WorkingTime
from ui.widgets.after_paint import Gradually
from ui.widgets.buttons import ActionButton, CommandButton
from ui.widgets.fields import SearchField
from ui.widgets.labels import Heading, Label, Rule
from ui.widgets.panels import PageHeader, Scroll
from ui.widgets.scaled import scaled

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Community"), ("community", "speaks_as")),
    (N_("Appearance"), ("theme", "text_size", "compact")),
    (N_("Keys"), ("single_keys",)),
    (N_("Replying"), ("hold_seconds",)),
    (N_("Working time"), ("answer_hours", "country", "block_notice")),
    (N_("Snoozing"), ("morning_hour", "later_hours")),
    (N_("Messages in"), ("pull_minutes", "quiet_days")),
    (N_("With the window closed"), ("keep_in_tray", "start_with_session")),
    (N_("Writing"), ("spelling", "english")),
    (N_("Delight"), ("currency", "gift_cool_down_days", "gift_year_worth", "gift_servant_worth")),
)

_MAX_COLUMN_WIDTH = 760
_KEYS_AT_FIRST, _KEYS_AT_ONCE = 12, 16
"""Rows of keys that are made as they are found, and with each pass after that: there are more than a hundred."""
_AT_FIRST = 4
"""Groups that fill a window of usual height."""
Rows = list[tuple[QWidget, str]]
"""Each with the words that it is found by."""


class SettingsPage(Page):
    """All settings in groups, with a search field."""

    id, title, icon = "settings", N_("Settings"), "settings"

    def build(self) -> None:
        """Build a row for each setting; those in no group are listed under "Other"."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        demo = text.tr("This is the demo: your own community has settings of its own")
        header = PageHeader(text.tr("Settings"), demo if self.bench.is_demo else text.tr("Changes apply immediately"))
        self._search = SearchField(text.tr("Find a setting"), "search")
        scaled(self._search, width=240)
        self._search.textChanged.connect(self._narrow)
        self._search.left.connect(self._leave_search)
        header.add(self._search)
        column.addWidget(header)
        self._scroll = Scroll((24, 20, 20, 24), 0, most=_MAX_COLUMN_WIDTH)
        column.addWidget(self._scroll, 1)
        self._middle = QWidget()
        make_form(self._middle)
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll.column.addWidget(self._middle)
        self._scroll.column.addStretch(1)
        self._fields: dict[str, QWidget] = {}
        self.file, self.working = ThisFile(self.bench, self.frame), WorkingTime(self.bench, self.frame)
        self.notices, self.closed = NoticeNote(), ClosedNote(self.bench)
        self._rows: list[tuple[QWidget, str]] = []
        self._heads: list[tuple[QWidget, list[QWidget]]] = []
        self._quiet: set[QWidget] = set()
        self._keys_made, self._more = False, Gradually(self, [])
        self._rest = self._fill()
        self._nothing = Label(text.tr("No settings found."), "body", "text2")
        self._nothing.hide()
        self._scroll.column.insertWidget(1, self._nothing)
        theme().changed.connect(self._show_values)  # by a key, or from the menu

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        return {"search": self._focus_search, "back": self._leave_search}

    def panes(self) -> Sequence[QWidget]:
        """The search field and the first setting."""
        first, _words = self._rows[0]
        return (self._search, first.focusProxy() or first)

    def activate(self) -> None:
        """Focus the search field, and show what has changed elsewhere: by keys, in the shell, by letters that came."""
        self.file.show_again()
        self._show_values()
        self._search.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Say how much is due by keeping rules once one of them has changed or was run."""
        if changes.touches("keep_rule", "keep_run"):
            self.file.show_again()

    def _show_values(self) -> None:
        """Show the stored values, but for the field that is being typed in; what is built later is built with them."""
        if not self._rest.waits:
            self.working.show_again()
        self.notices.show_again()
        self.closed.show_again()
        for key, field in self._fields.items():
            if not field.hasFocus():
                fields.show_value(field, self.bench.settings.get(key))

    def open(self, target: object) -> None:
        """Search for these words."""
        self._search.setText(str(target))

    def closing(self) -> None:
        """Read no more settings: the file is about to be closed."""
        theme().changed.disconnect(self._show_values)
        self._rest.stop()
        self._more.stop()

    def _focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _leave_search(self) -> None:
        self._search.clear()
        self._scroll.setFocus()

    def _fill(self) -> Gradually:
        """Build the groups in sight; the others follow once these are painted."""
        by_key = {setting.key: setting for setting in SETTINGS}
        grouped = {key for _title, keys in _GROUPS for key in keys} | {"backup_folder"}  # chosen among this file's rows
        other = tuple(key for key in by_key if key not in grouped)
        groups = (*_GROUPS, *([(N_("Other"), other)] if other else []))
        there = [(title, [by_key[key] for key in keys if key in by_key]) for title, keys in groups]
        steps: list[Callable[[], object]] = [partial(self._settings, title, settings) for title, settings in there]
        steps += [partial(self._group, N_("This file"), self.file.rows), self._show_values]
        for step in steps[:_AT_FIRST]:
            step()
        return Gradually(self, [partial(self._add_found, step) for step in steps[_AT_FIRST:]])

    def _add_found(self, step: Callable[[], object]) -> None:
        """Take a step that adds rows; while a search is typed, only those it finds come into sight."""
        self._laid_out_once(step)
        if self._search.text().strip():
            self._show_found()

    def _laid_out_once(self, change: Callable[[], object]) -> None:
        """Let rows come or go, and lay the page out once, before it is painted next.

        They are hidden meanwhile: in sight each row would lay out all the others, a second for a hundred.
        """
        focused = QApplication.focusWidget()
        self._middle.hide()
        change()
        self._middle.show()
        if focused is not None and self._middle.isAncestorOf(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _settings(self, title: str, settings: Sequence[Setting]) -> None:
        """A group with a row for each of these settings."""
        self._group(title, lambda: [*map(self._row, settings), *self._besides(title)])

    def _besides(self, title: str) -> Rows:
        """What else belongs in a group."""
        if title == "Community" and any(entry.id == "accounts" for entry in pages()):
            return [self._accounts()]
        if title == "Keys":
            return [self._keys()]
        if title == "Working time":
            return [(self.notices, text.tr("notice notification desktop")), *self.working.rows()]
        if title == "Messages in":
            return [self._rules()]
        if title == "With the window closed":
            return [(self.closed, text.tr("tray autostart session"))]
        return dictionary_rows(self.bench) if title == "Writing" else []

    def _group(self, title: str, make: Callable[[], Rows], *, quiet: bool = False) -> None:
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(0, 18 if self._heads else 0, 0, 6)
        lines.setSpacing(7)
        lines.addWidget(Heading(text.tr(title)))
        lines.addWidget(Rule())
        if quiet:
            head.hide()
        self._column.addWidget(head)
        rows = make()
        for row, _words in rows:
            if quiet:
                row.hide()
            self._column.addWidget(row)
        self._rows += rows
        self._heads.append((head, [row for row, _words in rows]))
        self._quiet |= {row for row, _words in rows} if quiet else set()

    def _row(self, setting: Setting) -> tuple[QWidget, str]:
        field = fields.field(setting, self.bench.settings.get(setting.key), self._changed, self._edited)
        self._fields[setting.key] = field
        label, help_ = text.tr(setting.label), text.tr(setting.help)
        field.setAccessibleName(label)
        field.setAccessibleDescription(help_)
        values = " ".join(text.tr(title) for _value, title in setting.choices)
        return fields.row(setting.label, setting.help, field), f"{label} {help_} {values} {text.tr(setting.also)}"

    def _accounts(self) -> tuple[QWidget, str]:
        button = ActionButton(text.tr("Accounts"), "plug")
        button.clicked.connect(self._open_accounts)
        help_ = N_("The places where your members write, their signatures, and who speaks there.")
        return fields.row(N_("Accounts"), help_, button), "accounts logins e-mail channels signature name sender"

    def _rules(self) -> tuple[QWidget, str]:
        button = CommandButton("rules", self.frame)
        help_ = N_("Label, snooze or quiet incoming messages automatically, or have a template or hand-off offered.")
        return fields.row(N_("Rules"), help_, button), " ".join((text.tr("Rules"), text.tr(help_)))

    def _keys(self) -> tuple[QWidget, str]:
        help_ = N_("Every command with its key. Press the new one to change it.")
        row = fields.row(N_("Keys"), help_, KeysSummary(self.frame, self._show_keys))
        return row, " ".join((text.tr(help_), text.tr("key"), "shortcuts"))

    def _show_keys(self) -> None:
        self._search.setText(text.tr("key"))
        self._search.setFocus()
        self._search.selectAll()  # so that the name of a command can be typed next

    def _open_accounts(self) -> None:
        self.frame.go("accounts")

    def _edited(self) -> None:
        field = self.sender()
        if isinstance(field, QLineEdit):
            self._put(str(field.property("setting")), field.text().strip())

    def _changed(self, value: object) -> None:
        if isinstance(value, (bool, int, str)):
            self._put(str(self.sender().property("setting")), value)

    def _put(self, key: str, value: str | int | bool) -> None:  # noqa: FBT001  a setting's value may be yes or no
        if self.bench.settings.get(key) == value:
            return
        with show_errors(self.frame):
            self.bench.settings.put(key, value)
        if key == "start_with_session":
            fields.show_value(self._fields[key], self.bench.settings.get(key))  # it may have been refused
            self.closed.show_again()
        keymap().use(self.bench.keys.keymap())
        if key == "theme":
            theme().choose(str(value))
        elif key == "text_size":
            theme().choose(scale=int(value) / 100)
        self.frame.recount()

    def complete(self, *, keys: bool = True) -> None:
        """Have all rows now; with those of the `keys`, which only a search shows."""
        if keys:
            self._with_keys()
        self._rest.finish()

    def _with_keys(self) -> None:
        """Let the rows of the keys be made after the others."""
        if not self._keys_made:
            self._keys_made = True
            keys = partial(self._group, N_("All keys"), lambda: key_rows(self.frame), quiet=True)
            self._rest.then(partial(self._add_found, keys))

    def _narrow(self, typed: str) -> None:
        """Show the rows that are found, of a search for nothing all but the keys; what is not there yet follows."""
        if typed.strip():
            self._with_keys()
        self._show_found()

    def _show_found(self) -> None:
        self._more.stop()
        typed = self._search.text()
        found = [row for row, words in self._rows if self._is_found(typed, row, words)]
        bare = [row for row in found if isinstance(row, KeyRow) and not row.made]
        later = bare[_KEYS_AT_FIRST:]
        self._laid_out_once(partial(self._show_only, {*found} - {*later}))
        self._nothing.setVisible(not found and not self._rest.waits)
        steps = range(_KEYS_AT_FIRST, len(bare), _KEYS_AT_ONCE)
        self._more = Gradually(self, [partial(self._show_more, bare[at : at + _KEYS_AT_ONCE]) for at in steps])

    def _is_found(self, typed: str, row: QWidget, words: str) -> bool:
        if not typed.strip():
            return row not in self._quiet
        return match(typed, row.words() if isinstance(row, KeyRow) else words) is not None

    def _show_only(self, shown: Collection[QWidget]) -> None:
        """Show these rows and the heads of their groups, and no others."""
        for row, _words in self._rows:
            if row in shown and isinstance(row, KeyRow):
                row.make()
            row.setVisible(row in shown)
        for head, rows in self._heads:
            head.setVisible(any(row in shown for row in rows))

    def _show_more(self, rows: Sequence[KeyRow]) -> None:
        """Show rows of keys besides."""
        shown = {*rows} | {row for row, _words in self._rows if not row.isHidden()}
        self._laid_out_once(partial(self._show_only, shown))
