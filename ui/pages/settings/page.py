"""The settings page, generated from the table in `app.settings`; changes apply at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.base.words import N_
from app.settings import SETTINGS, Setting
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
    (N_("Delight"), ("currency",)),
)

_MAX_COLUMN_WIDTH = 760


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
        middle = QWidget()
        make_form(middle)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll.column.addWidget(middle)
        self._scroll.column.addStretch(1)
        self._fields: dict[str, QWidget] = {}
        self.file, self.working = ThisFile(self.bench, self.frame), WorkingTime(self.bench, self.frame)
        self.notices, self.closed = NoticeNote(), ClosedNote(self.bench)
        self._rows: list[tuple[QWidget, str]] = []
        self._heads: list[tuple[QWidget, list[QWidget]]] = []
        self._fill()
        self._nothing = Label(text.tr("No settings found."), "body", "text2")
        self._nothing.hide()
        self._column.addWidget(self._nothing)
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

    def _show_values(self) -> None:
        """Show the stored values, but for the field that is being typed in."""
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

    def _focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _leave_search(self) -> None:
        self._search.clear()
        self._scroll.setFocus()

    def _fill(self) -> None:
        by_key = {setting.key: setting for setting in SETTINGS}
        grouped = {key for _title, keys in _GROUPS for key in keys}
        other = tuple(key for key in by_key if key not in grouped)
        for title, keys in (*_GROUPS, *([(N_("Other"), other)] if other else [])):
            rows = [self._row(by_key[key]) for key in keys if key in by_key]
            if title == "Community" and any(entry.id == "accounts" for entry in pages()):
                rows.append(self._accounts())
            if title == "Keys":
                rows.append(self._keys())
            if title == "Working time":
                rows.append((self.notices, text.tr("notice notification desktop")))
                rows += self.working.rows()
            if title == "Messages in":
                rows.append(self._rules())
            if title == "With the window closed":
                rows.append((self.closed, text.tr("tray autostart session")))
            if title == "Writing":
                rows += dictionary_rows(self.bench)
            self._group(title, rows)
        self._group(N_("This file"), self.file.rows())
        self._group(N_("All keys"), key_rows(self.frame), quiet=True)

    def _group(self, title: str, rows: list[tuple[QWidget, str]], *, quiet: bool = False) -> None:
        head = QWidget()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(0, 18 if self._heads else 0, 0, 6)
        lines.setSpacing(7)
        lines.addWidget(Heading(text.tr(title)))
        lines.addWidget(Rule())
        self._column.addWidget(head)
        for row, _words in rows:
            self._column.addWidget(row)
            row.setVisible(not quiet)
        head.setVisible(not quiet)
        self._rows += rows
        self._heads.append((head, [row for row, _words in rows]))
        self._quiet = {row for row, _words in rows} if quiet else set()

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

    def _narrow(self, typed: str) -> None:
        any_shown = False
        for row, kept in self._rows:
            words = row.words() if isinstance(row, KeyRow) else kept
            matches = match(typed, words) is not None if typed.strip() else row not in self._quiet
            row.setVisible(matches)
            any_shown = any_shown or matches
        for head, rows in self._heads:
            head.setVisible(any(not row.isHidden() for row in rows))
        self._nothing.setVisible(not any_shown)
