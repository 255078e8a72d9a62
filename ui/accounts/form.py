"""The form that connects a channel or changes its account: made from the channel's fields, and tried for real."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.accounts.form import connectable
from app.errors import UserError
from ui import fonts, text
from ui.text import tr
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.labels import Label
from ui.widgets.panels import Scroll
from ui.working import Working

if TYPE_CHECKING:
    from app.accounts.desk import Account
    from app.channels.base import Channel, Field, Found
    from app.workbench import Workbench

_FIRST = 3
"""How many fields stand open; the rest are folded away, for they have good answers already."""
_FRAME = 48
"""What a window's own frame may take of the screen's height."""


class AccountForm(QDialog):
    """Asks, tries it out, keeps it. Nothing is kept before the server has said yes, unless the person insists."""

    def __init__(self, bench: Workbench, parent: QWidget, account: Account | None = None) -> None:
        """With an `account` its answers stand there already; a secret left empty stays as it is."""
        super().__init__(parent)
        self._bench, self._account = bench, account
        self._channels = {channel.kind: channel for channel in connectable()}
        self._inputs: dict[str, QLineEdit | Choice] = {}
        self._folders: list[CheckBox] = []
        self._working: Working | None = None
        self._found: Found | None = None
        self._more: LinkButton | None = None
        self.sentence = ""
        self.setWindowTitle(tr("Connect an account") if account is None else tr("Change an account"))
        self.setMinimumWidth(fonts.px(520))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        title = tr("Connect an account") if account is None else text.plain(account.name)
        self._column.addWidget(Label(title, "title"))
        self.kind = Choice([(kind, channel.title) for kind, channel in self._channels.items()], name=tr("Channel"))
        self.name = QLineEdit(account.name if account else "")
        self._fields = QWidget()
        self._scroll = Scroll((0, 0, 0, 0), 0)
        self._column.addWidget(self._scroll, 1)
        self._chosen = QVBoxLayout()
        self._column.addLayout(self._chosen)
        self.said = Label("", "body", "text2", wrap=True)
        self._column.addWidget(self.said)
        self._column.addLayout(self._foot())
        self.kind.picked.connect(self._show_fields)
        self._show_fields(account.kind if account else self.kind.key())
        self._fit()
        next(iter(self._inputs.values())).setFocus()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._keep = LinkButton(tr("Keep it without a check"), tone="text2")
        self._keep.clicked.connect(self._store_unchecked)
        self._keep.hide()
        self._cancel = ActionButton(tr("Not now"), kind="plain", height=32)
        self._cancel.clicked.connect(self.reject)
        words = tr("Check and connect") if self._account is None else tr("Check and keep")
        self.go = ActionButton(words, "plug", "Ctrl ↵", kind="primary", height=32)
        self.go.clicked.connect(self.try_out)
        row.addWidget(self._keep)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self.go)
        return row

    @property
    def channel(self) -> Channel:
        """The channel that is asked about."""
        return self._channels[self._account.kind if self._account else self.kind.key()]

    def _show_fields(self, _kind: str) -> None:
        self._inputs = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        row, self._more = 0, None
        if self._account is None and len(self._channels) > 1:
            self._line(grid, row, tr("Channel"), self.kind, "")
            row += 1
        for place, field in enumerate(self.channel.fields):
            if place == _FIRST:
                self._more = LinkButton(tr("Servers, folders and other addresses"))
                self._more.clicked.connect(self._unfold)
                grid.addWidget(self._more, row, 1)
                row += 1
            self._inputs[field.key] = self._input(field)
            self._line(grid, row, tr(field.label), self._inputs[field.key], field.help, folded=place >= _FIRST)
            row += 1
            if field.secret and field.help:  # too long to stand inside, and what most first tries fail at
                grid.addWidget(Label(tr(field.help), "meta", "text2", wrap=True), row, 1)
                row += 1
        self._line(grid, row, tr("Stands in the inbox as"), self.name, tr("The address, where empty."), folded=True)
        self._scroll.clear()
        self._fields = QWidget()
        self._fields.setLayout(grid)
        self._scroll.column.addWidget(self._fields)
        self._order()

    def _order(self) -> None:
        """Tab goes from above to below: the fields are made anew after the buttons."""
        inputs = list(self._inputs.values())
        folded = [*inputs[_FIRST:], self.name]
        more = [self._more] if self._more is not None else []
        chain: list[QWidget] = [self.kind, *inputs[:_FIRST], *more, *folded, self._keep, self._cancel, self.go]
        for before, after in pairwise([widget for widget in chain if widget.window() is self]):
            QWidget.setTabOrder(before, after)

    def _input(self, field: Field) -> QLineEdit | Choice:
        value = self._account.fields.get(field.key, "") if self._account else field.default
        if field.choices:
            return Choice([(choice, _SECURITY.get(choice, choice)) for choice in field.choices], value or field.default)
        made = QLineEdit(", ".join(value.splitlines()))
        if field.secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
            made.setPlaceholderText(tr("as it is") if self._account else "")
        return made

    @staticmethod
    def _line(grid: QGridLayout, row: int, words: str, widget: QWidget, hint: str, *, folded: bool = False) -> None:
        label = Label(words, "body", "text2")
        label.setBuddy(widget)
        widget.setAccessibleName(words)
        widget.setAccessibleDescription(hint)
        if isinstance(widget, QLineEdit) and hint and not widget.placeholderText() and not _secret(widget):
            widget.setPlaceholderText(hint)
            widget.setToolTip(hint)
        grid.addWidget(label, row, 0)
        grid.addWidget(widget, row, 1)
        for one in (label, widget):
            one.setProperty("folded", folded)
            one.setVisible(not folded)

    def _unfold(self) -> None:
        for widget in self._fields.findChildren(QWidget):
            if widget.property("folded"):
                widget.show()
        if self._more is not None:
            self._more.hide()
        self._fit()
        list(self._inputs.values())[_FIRST].setFocus()

    def answers(self) -> tuple[dict[str, str], dict[str, str]]:
        """The plain fields and the secret ones, as written."""
        plain: dict[str, str] = {}
        secret: dict[str, str] = {}
        for field in self.channel.fields:
            widget = self._inputs[field.key]
            value = widget.key() if isinstance(widget, Choice) else widget.text().strip()
            (secret if field.secret else plain)[field.key] = value
        ticked = [box.text().replace("&&", "&") for box in self._folders if box.isChecked()]
        if ticked and "folders" in plain:
            plain["folders"] = "\n".join(ticked)
        return plain, secret

    def try_out(self) -> None:
        """Log in for real, off the window's thread; with folders to choose from, the second press keeps it."""
        if self._folders:
            self._store()
            return
        missing = self._missing()
        if missing is not None:
            self._say(tr("“{0}” is still empty.").format(missing.accessibleName()), "danger")
            missing.setFocus()
            return
        self.go.setEnabled(False)
        self._say(tr("Trying to log in …"))
        self._working = Working(self._try, "account check", self)
        self._working.finished.connect(self._fits)
        self._working.failed.connect(self._fails)
        self._asked = self.answers()
        self._working.start()

    def _missing(self) -> QLineEdit | None:
        """The first field that a server cannot do without; a secret left empty stays as it is."""
        for field in self.channel.fields:
            widget = self._inputs[field.key]
            kept = field.secret and self._account is not None
            if field.required and not kept and isinstance(widget, QLineEdit) and not widget.text().strip():
                return widget
        return None

    def _say(self, words: str, tone: str = "text2") -> None:
        """One sentence above the buttons; the window grows for it rather than press the fields together."""
        self.said.set_tone(tone)
        self.said.setText(words)
        self._fit()

    def _fit(self) -> None:
        """As tall as the fields want and the screen allows; beyond that they scroll and the buttons stay in sight."""
        screen = self.screen().availableGeometry()
        room = screen.height() - _FRAME
        wide = max(self.width(), self.minimumWidth())
        self._scroll.setMinimumHeight(0)
        grid = self._fields.layout()
        fields = grid.heightForWidth(wide - 48) if grid is not None else 0
        rest = self._column.totalMinimumHeightForWidth(wide)
        self._scroll.setMinimumHeight(max(fonts.px(120), min(fields, room - rest)))
        self._column.activate()
        self.resize(wide, min(room, self._column.totalMinimumHeightForWidth(wide)))
        if self.isVisible() and self.frameGeometry().bottom() > screen.bottom():
            self.move(self.x(), max(screen.top(), screen.bottom() - self.frameGeometry().height()))

    def _try(self, _progress: Callable[[int, int], object], _stop: threading.Event) -> object:
        plain, secret = self._asked
        number = self._account.id if self._account else None
        return self._bench.accounts.try_out(self.channel.kind, plain, secret, number)

    def _fits(self, found: Found) -> None:
        self.go.setEnabled(True)
        self._found = found
        self._say(found.sentence, "ok")
        folders = found.offers.get("folders", ())
        if len(folders) > 1:
            self._offer(folders)
            self.go.set_title(tr("Connect") if self._account is None else tr("Keep"), "check")
        else:
            self._store()

    def _offer(self, folders: Sequence[str]) -> None:
        """The mailbox's folders, to choose which are read."""
        self._chosen.addWidget(Label(tr("Which folders shall be read?"), "heading", "text2"))
        chosen = {name.strip() for name in self.answers()[0].get("folders", "").replace(",", "\n").split("\n")}
        grid = QGridLayout()
        for place, name in enumerate(folders[:24]):
            box = CheckBox(name.replace("&", "&&"))
            box.setChecked(name in chosen)
            self._folders.append(box)
            grid.addWidget(box, place // 3, place % 3)
        self._chosen.addLayout(grid)
        self._fit()

    def _fails(self, words: str) -> None:
        self.go.setEnabled(True)
        self._keep.show()
        self._say(words or tr("Something went wrong in Rapport itself; the log has the details."), "danger")

    def _store_unchecked(self) -> None:
        self._store()
        self.sentence = self.sentence or tr("Kept. It has not been checked.")

    def _store(self) -> None:
        plain, secret = self.answers()
        try:
            if self._account is None:
                added = self._bench.accounts.add(self.channel.kind, self.name.text(), plain, secret, self._found)
                self.sentence = added[1]
            else:
                self.sentence = self._bench.accounts.change(self._account.id, plain, secret)
        except UserError as why:
            self._fails(str(why))
            return
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Ctrl+Enter check; Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.go.isEnabled():
                self.try_out()
            return
        super().keyPressEvent(event)


_SECURITY = {"": "As the incoming server", "tls": "TLS", "starttls": "STARTTLS", "none": "None (this machine only)"}


def _secret(field: QLineEdit) -> bool:
    return field.echoMode() == QLineEdit.EchoMode.Password
