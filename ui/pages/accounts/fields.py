"""The input fields of one channel: those without a default are shown, the rest are folded away."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.accounts import Account
from app.base.errors import FieldError, NameTakenError, UserError
from app.channels.base import AuthNeeded, Channel, Field
from ui.look import icons
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.accounts.words import choice
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.form_dialog import labelled

Input = QLineEdit | Choice | CheckBox
_MAX_OPEN_FIELDS = 3
"""Optional fields are shown only if among the first so many without a default; required ones always are."""
_LIST_SEPARATOR = ", "


class FieldsBox(QWidget):
    """A column of fields, each with a label above and help below."""

    unfolded = Signal()

    def __init__(self, channel: Channel, account: Account | None, name: str = "") -> None:
        """Fill in the answers of `account` if given; `name` is the name shown in the inbox."""
        super().__init__()
        self._channel, self._account = channel, account
        self.inputs: dict[str, Input] = {}
        self._folded: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        opened = [field for field in channel.fields if _is_open(channel, field)]
        rest = [field for field in channel.fields if field not in opened]
        for field in opened:
            column.addWidget(self._row(field))
        self.more = LinkButton(tr("Advanced settings"))
        self.more.clicked.connect(self.unfold)
        column.addWidget(self.more)
        self.name = QLineEdit(name)
        shown_as = labelled(self.name, tr("Shown in the inbox as"), tr("Filled in for you if left empty."))
        for row in (*(self._row(field) for field in rest), shown_as):
            row.hide()
            self._folded.append(row)
            column.addWidget(row)
        self._first_folded: QWidget = self.inputs[rest[0].key] if rest else self.name
        self.order = [*(self.inputs[field.key] for field in opened), self.more]
        self.order += [*(self.inputs[field.key] for field in rest), self.name]
        column.addStretch(1)

    def _row(self, field: Field) -> QWidget:
        made = self.inputs[field.key] = self._input(field)
        if isinstance(made, CheckBox):
            return labelled(made, "", tr(field.help), name=tr(field.label))
        optional = "" if field.required or field.default else tr("optional")
        return labelled(made, tr(field.label), tr(field.help), aside=optional)

    def _input(self, field: Field) -> Input:
        value = self._account.fields.get(field.key, "") if self._account else field.default
        if field.tick:
            box = CheckBox(tr(field.label).replace("&", "&&"))
            box.setChecked(value == "yes")
            return box
        if field.choices:
            return Choice([(option, choice(field, option)) for option in field.choices], value or field.default)
        made = QLineEdit(_LIST_SEPARATOR.join(value.splitlines()))
        if field.secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
            made.setPlaceholderText(tr("unchanged") if self._account else "")
            made.addAction(_Eye(made), QLineEdit.ActionPosition.TrailingPosition)
        return made

    def unfold(self) -> None:
        """Show every field and focus the first that was folded."""
        for row in self._folded:
            row.show()
        self.more.hide()
        self.unfolded.emit()
        self._first_folded.setFocus(Qt.FocusReason.TabFocusReason)

    def begin(self) -> None:
        """Focus the first empty visible field, or else the first."""
        opened = [field for field in self.inputs.values() if field.parentWidget() not in self._folded]
        empty = [field for field in opened if isinstance(field, QLineEdit) and not field.text()]
        for field in (*empty, *opened, self.name)[:1]:
            field.setFocus(Qt.FocusReason.TabFocusReason)

    def chain(self, *after: QWidget) -> None:
        """Set the Tab order from top to bottom, then on to `after`."""
        every: list[QWidget] = [*self.order, *after]
        for field, following in pairwise(every):
            QWidget.setTabOrder(field, following)

    def missing(self) -> Input | None:
        """The first required field left empty, or None; an empty secret of an existing account is kept as it is."""
        for field in self._channel.fields:
            widget = self.inputs[field.key]
            kept = field.secret and self._account is not None
            if field.required and not kept and isinstance(widget, QLineEdit) and not widget.text().strip():
                return widget
        return None

    def field_of(self, why: UserError | None) -> Input | None:
        """The field that this error is about; None if it is about none in particular."""
        if isinstance(why, NameTakenError):
            return self.name
        if isinstance(why, FieldError):
            return self.inputs.get(why.field)
        if isinstance(why, AuthNeeded):
            secrets = (self.inputs[field.key] for field in self._channel.fields if field.secret)
            return next((secret for secret in secrets if not self._is_folded(secret)), None)
        return None

    def _is_folded(self, widget: QWidget) -> bool:
        return widget.parentWidget() in self._folded and self.more.isVisibleTo(self)

    def go_to(self, widget: QWidget) -> None:
        """Focus a field, unfolding the rest if it is folded."""
        if self._is_folded(widget):
            self.unfold()
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def answers(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return (plain, secret): the values typed, by field key."""
        plain: dict[str, str] = {}
        secret: dict[str, str] = {}
        for field in self._channel.fields:
            (secret if field.secret else plain)[field.key] = _value(self.inputs[field.key])
        return plain, secret


def _is_open(channel: Channel, field: Field) -> bool:
    """Whether a field is shown at once: it is required, or among the first without a default.

    A secret is folded if the channel can sign in with the browser instead.
    """
    if field.required and not field.default and not field.tick:
        return True
    among = [other for other in channel.fields if not other.default and not other.tick][:_MAX_OPEN_FIELDS]
    return field in among and not (channel.browser and field.secret)


def _value(widget: Input) -> str:
    if isinstance(widget, CheckBox):
        return "yes" if widget.isChecked() else ""
    return widget.key() if isinstance(widget, Choice) else widget.text().strip()


class _Eye(QAction):
    """Toggles whether a secret field shows its text."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(tr("Show what you typed"), field)
        self._field = field
        self.setIcon(icons.icon("eye", theme().hex("text2")))
        self.triggered.connect(self._toggle)

    def _toggle(self) -> None:
        hidden = self._field.echoMode() == QLineEdit.EchoMode.Password
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.setText(tr("Hide what you typed") if hidden else tr("Show what you typed"))
        self.setIcon(icons.icon("eye-off" if hidden else "eye", theme().hex("text2")))
