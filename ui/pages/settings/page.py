"""The settings page, generated from the table in `app.settings`; changes apply at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.base.words import N_
from app.settings import SETTINGS, Setting
from ui.commands.in_use import keymap
from ui.commands.keys import make_form
from ui.commands.matching import match
from ui.frame.page import Page
from ui.frame.registry import pages
from ui.look import text
from ui.look.theme import theme
from ui.pages.settings.dictionaries import dictionary_rows
from ui.pages.settings.keys import KeyRow, KeysSummary, key_rows
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import CheckBox, Choice, SearchField, Spin
from ui.widgets.labels import Heading, Label, Rule
from ui.widgets.panels import PageHeader, Scroll

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Community"), ("community", "speaks_as")),
    (N_("Appearance"), ("theme", "text_size", "compact")),
    (N_("Keys"), ("single_keys",)),
    (N_("Replying"), ("hold_seconds", "answer_hours", "quiet_days", "pull_minutes")),
    (N_("Writing"), ("spelling", "english")),
    (N_("Delight"), ("currency",)),
)
_CHOICE_TITLES = {
    "system": N_("Match system"), "light": N_("Light"), "dark": N_("Dark"),
    "en-GB": N_("English (UK)"), "en-US": N_("English (US)"),
}  # fmt: skip
_RANGES = {
    "text_size": (90, 200, 10, N_("{count} %")),
    "hold_seconds": (5, 30, 1, N_("{count} s")),
    "quiet_days": (0, 3650, 1, ""),
    "answer_hours": (1, 720, 1, N_("{count} h")),
    "pull_minutes": (0, 1440, 1, N_("{count} min")),
}


class SettingsPage(Page):
    """All settings in groups, with a search field."""

    id, title, icon = "settings", N_("Settings"), "settings"

    def build(self) -> None:
        """Build a row for each setting; those in no group are listed under "Other"."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = PageHeader(text.tr("Settings"), text.tr("Changes apply immediately"))
        self._search = SearchField(text.tr("Find a setting"), "search")
        self._search.setFixedWidth(240)
        self._search.textChanged.connect(self._narrow)
        self._search.left.connect(self._leave_search)
        header.add(self._search)
        column.addWidget(header)
        self._scroll = Scroll((24, 20, 20, 24), 0)
        column.addWidget(self._scroll, 1)
        middle = QWidget()
        make_form(middle)
        middle.setMaximumWidth(760)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        row = QHBoxLayout()
        row.addWidget(middle, 10)
        row.addStretch(1)
        self._scroll.column.addLayout(row)
        self._scroll.column.addStretch(1)
        self._rows: list[tuple[QWidget, str]] = []
        self._heads: list[tuple[QWidget, list[QWidget]]] = []
        self._fill()
        self._nothing = Label(text.tr("No settings found."), "body", "text2")
        self._nothing.hide()
        self._column.addWidget(self._nothing)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        return {"search": self._focus_search, "back": self._leave_search}

    def panes(self) -> Sequence[QWidget]:
        """The search field and the first setting."""
        first, _words = self._rows[0]
        return (self._search, first.focusProxy() or first)

    def activate(self) -> None:
        """Focus the search field, and count the originals once more."""
        self._show_kept()
        self._search.setFocus()

    def open(self, target: object) -> None:
        """Search for these words."""
        self._search.setText(str(target))

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
            if title == "Writing":
                rows += dictionary_rows(self.bench)
            self._group(title, rows)
        self._group(N_("This file"), [self._originals()])
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
        field = self._field(setting)
        label, help_ = text.tr(setting.label), text.tr(setting.help)
        field.setAccessibleName(label)
        field.setAccessibleDescription(help_)
        return _row(setting.label, setting.help, field), f"{label} {help_} {setting.key}"

    def _accounts(self) -> tuple[QWidget, str]:
        button = ActionButton(text.tr("Accounts"), "plug")
        button.clicked.connect(self._open_accounts)
        return _row(
            N_("Accounts"), N_("The places where your members write."), button
        ), "accounts logins e-mail channels"

    def _originals(self) -> tuple[QWidget, str]:
        self._kept = Label("", "body", "text2")
        self._show_kept()
        help_ = N_("Letters that couldn't be read wholly are kept as they came. A conversation's menu saves them.")
        words = f"{text.tr(help_)} original letters eml size"
        return _row(N_("Originals"), help_, self._kept), words

    def _show_kept(self) -> None:
        self._kept.setText(self.bench.originals.kept().sentence())

    def _keys(self) -> tuple[QWidget, str]:
        help_ = N_("Every command with its key. Press the new one to change it.")
        row = _row(N_("Keys"), help_, KeysSummary(self.frame, self._show_keys))
        return row, " ".join((text.tr(help_), text.tr("key"), "shortcuts"))

    def _show_keys(self) -> None:
        self._search.setText(text.tr("key"))
        self._search.setFocus()

    def _open_accounts(self) -> None:
        self.frame.go("accounts")

    def _field(self, setting: Setting) -> QWidget:
        value = self.bench.settings.get(setting.key)
        field: QWidget
        if isinstance(setting.default, bool):
            field = CheckBox(text.tr("On"))
            field.setChecked(bool(value))
            field.toggled.connect(self._changed)
        elif setting.choices:
            field = Choice([(key, text.tr(_CHOICE_TITLES.get(key, key))) for key in setting.choices], str(value))
            field.picked.connect(self._changed)
        elif isinstance(setting.default, int):
            low, high, step, unit = _RANGES.get(setting.key, (0, 1_000_000, 1, ""))
            field = Spin()
            field.setRange(low, high)
            field.setSingleStep(step)
            before, _, after = text.tr(unit).partition("{count}")
            field.setPrefix(before)
            field.setSuffix(after)
            field.setValue(int(value))
            field.setKeyboardTracking(False)
            field.valueChanged.connect(self._changed)
        else:
            field = QLineEdit(str(value))
            field.editingFinished.connect(self._edited)
        field.setProperty("setting", setting.key)
        field.setFixedWidth(220)
        return field

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
        self.bench.settings.put(key, value)
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


def _row(label: str, words: str, field: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 7, 0, 7)
    line.setSpacing(16)
    left = QVBoxLayout()
    left.setSpacing(1)
    left.addWidget(Label(text.tr(label), "row"))
    if words:
        left.addWidget(Label(text.tr(words), "meta", "text2", wrap=True))
    line.addLayout(left, 1)
    line.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
    row.setFocusProxy(field)
    row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return row
