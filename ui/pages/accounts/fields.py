"""The input fields of one channel: those without a default are shown, the rest are folded away."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.accounts import Account, finding
from app.base.errors import FieldError, NameTakenError, UserError
from app.channels.base import AuthNeeded, Channel, Field, Suggested
from ui.look.text import tr
from ui.pages.accounts.found import FoundBox
from ui.pages.accounts.unseen import Unseen
from ui.pages.accounts.words import choice
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.form_dialog import labelled
from ui.widgets.secret_field import SecretField
from ui.widgets.unsaved import Unsaved

Input = QLineEdit | Choice | CheckBox
_MAX_OPEN_FIELDS = 3
"""Optional fields are shown only if among the first so many without a default; required ones always are."""
_LIST_SEPARATOR = ", "


class FieldsBox(QWidget):
    """A column of fields, each with a label above and help below.

    Of a channel that can look things up, only what it has to know for that is asked first (`asking`).
    """

    unfolded = Signal()
    """Other fields are shown than before, or the next step is another."""

    def __init__(self, channel: Channel, account: Account | None, name: str = "") -> None:
        """Fill in the answers of `account` if given; `name` is the name shown in the inbox."""
        super().__init__()
        self._channel, self._account = channel, account
        self.asking = bool(channel.finds) and account is None
        self.inputs: dict[str, Input] = {}
        self.rows: dict[str, QWidget] = {}
        self._open = {field.key for field in channel.fields if _is_open(channel, field, account)}
        self._filled: dict[str, str] = {}
        self._found_for: dict[str, str] = {}
        self._asks: tuple[str, ...] = ()
        self._is_unfolded = False
        self._last: Input | None = None  # the field with the focus when the work began
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(10)
        self.found = FoundBox()
        self.more = LinkButton(tr("Advanced settings"))
        self.more.clicked.connect(self.unfold)
        by_opening = sorted(channel.fields, key=lambda field: field.key not in self._open)
        for field in by_opening:
            column.addWidget(self._row(field))
            if field.key == (channel.first or ("",))[-1]:
                column.addWidget(self.found)
        self.name = QLineEdit(name)
        self._shown_as = labelled(self.name, tr("Shown in the inbox as"), tr("Filled in for you if left empty."))
        column.addWidget(self._shown_as)
        column.addWidget(self.more)
        self.unsaved = Unsaved(self)
        self.unsaved.apart = tuple(self.inputs[field.key] for field in channel.fields if field.secret)
        column.insertWidget(0, self.unsaved)
        self.unseen = Unseen(channel) if account is None and channel.unseen else None
        if self.unseen is not None:
            column.addWidget(self.unseen)
        self.order: list[QWidget] = [*(self.inputs[field.key] for field in by_opening), self.name, self.more]
        self.order += [self.unseen] if self.unseen is not None else []
        column.addStretch(1)
        self._arrange()

    def _arrange(self) -> None:
        """Show the fields of this step that concern the account, given what has been answered."""
        plain, _ = self.answers()
        for field in self._channel.fields:
            wanted = field.key in self._channel.first if self.asking else field.key in self._open
            self.rows[field.key].setVisible((wanted or self._is_unfolded) and field.concerns(plain))
        self._shown_as.setVisible(self._is_unfolded)
        self.more.setVisible(not self._is_unfolded)
        self.found.say_for(browser=self._channel.signs_in(plain))
        self.found.setVisible(not self.asking and self.found.is_filled)

    def _row(self, field: Field) -> QWidget:
        made = self.inputs[field.key] = self._input(field)
        if isinstance(made, CheckBox):
            row = labelled(made, "", tr(field.help), name=tr(field.label))
        else:
            plain = field.required or field.default or field.choices or field.only
            optional = "" if plain else tr("optional")
            row = labelled(made, tr(field.label), tr(field.help), aside=optional)
        if isinstance(made, QLineEdit) and field.key in (*self._channel.first, *self._channel.finds[:1]):
            made.textChanged.connect(self._typed)
        if isinstance(made, Choice) and any(field.key in (other.only, other.unless) for other in self._channel.fields):
            made.currentIndexChanged.connect(self._rearranged)
        self.rows[field.key] = row
        return row

    def _typed(self, _words: str) -> None:
        """What comes next may have changed: looking up, or logging in."""
        if len(self.rows) == len(self._channel.fields):  # all of them are there
            self.unfolded.emit()

    def _rearranged(self, _index: int) -> None:
        if len(self.rows) == len(self._channel.fields):  # all of them are there
            self._arrange()
            self.unfolded.emit()

    def _input(self, field: Field) -> Input:
        value = self._account.fields.get(field.key, "") if self._account else field.default
        if field.tick:
            box = CheckBox(tr(field.label).replace("&", "&&"))
            box.setChecked(value == "yes")
            return box
        if field.choices:
            options = finding.ways_in(self._channel, value) if field.key == self._channel.browser_by else field.choices
            return Choice([(option, choice(field, option)) for option in options], value or field.default)
        if field.secret:
            return SecretField(_LIST_SEPARATOR.join(value.splitlines()), tr("unchanged") if self._account else "")
        return QLineEdit(_LIST_SEPARATOR.join(value.splitlines()))

    def unfold(self) -> None:
        """Show every field and focus the first that was folded."""
        before = {key for key, row in self.rows.items() if not row.isHidden()}
        self._is_unfolded = True
        self._arrange()
        self.unfolded.emit()
        fresh = (self.inputs[field.key] for field in self._channel.fields if field.key not in before)
        shown = (made for made in fresh if self._is_shown(made))
        next(shown, self.name).setFocus(Qt.FocusReason.TabFocusReason)

    def begin(self) -> None:
        """Focus the first empty visible field, one that has to be filled in rather than another, or else the first."""
        opened = [widget for widget in self.inputs.values() if self._is_shown(widget)]
        empty = [widget for widget in opened if isinstance(widget, QLineEdit) and not widget.text()]
        wanted = [self.inputs[field.key] for field in self._channel.fields if field.required or field.key in self._asks]
        first = [widget for widget in empty if widget in wanted]
        for widget in (*first, *empty, *opened, self.name)[:1]:
            widget.setFocus(Qt.FocusReason.TabFocusReason)

    def remember(self) -> None:
        """Remember the field with the focus, for `resume`; if none has it, the one before."""
        here = self.window().focusWidget()
        self._last = next((made for made in self.inputs.values() if made is here), self._last)

    def resume(self) -> None:
        """Focus the field that had it before, or else begin."""
        if self._last is not None and self._is_shown(self._last):
            self._last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin()

    def show_found(self, found: Suggested) -> None:
        """Fill in what was found, leaving what the person entered, and ask for the rest."""
        self.asking = False
        defaults = {field.key: field.default for field in self._channel.fields}
        self._offer_ways_in(found.browser)
        for key, value in found.fields.items():
            widget = self.inputs[key]
            if _value(widget) in ("", defaults[key], self._filled.get(key)):
                _set_value(widget, value)
        self._filled, self._found_for = dict(found.fields), self.first_answers()
        self._asks = found.asks
        self._open |= set(found.asks)
        self.found.show_found(found)
        self._arrange()
        self.unfolded.emit()

    def _offer_ways_in(self, browser: str) -> None:
        """Offer to sign in with the provider that was found, and with no other; with any where none was."""
        for field in self._channel.fields:
            widget = self.inputs[field.key]
            if field.key == self._channel.browser_by and isinstance(widget, Choice):
                ways = finding.ways_in(self._channel, browser)
                widget.set_choices([(way, choice(field, way)) for way in ways], widget.key())

    def chain(self, *after: QWidget) -> None:
        """Set the Tab order from top to bottom, then on to `after`."""
        every: list[QWidget] = [*self.order, *after]
        for field, following in pairwise(every):
            QWidget.setTabOrder(field, following)

    def missing(self) -> Input | None:
        """The first empty field that the next step needs, or None; an empty secret of an account is kept as it is."""
        (plain, _), looks_up = self.answers(), self.has_to_find()
        for field in self._channel.fields:
            widget = self.inputs[field.key]
            later = looks_up and field.key not in self._channel.first
            kept = later or (field.secret and self._account is not None)
            if field.needed(plain) and not kept and isinstance(widget, QLineEdit) and not widget.text().strip():
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
            return next((secret for secret in secrets if self._is_shown(secret)), None)
        return None

    def signs_in(self) -> bool:
        """Whether an account with these answers logs in with the browser."""
        return self._channel.signs_in(self.answers()[0])

    def wants_browser(self) -> bool:
        """Whether to sign in with the browser: the channel can, and no other secret was typed or is stored."""
        _plain, typed = self.answers()
        others = (field for field in self._channel.fields if field.secret and not field.required and not field.only)
        if not self.signs_in() or any(typed[field.key] for field in others):
            return False
        account = self._account
        return account is None or account.state == "needs_login" or not self._channel.signs_in(account.fields)

    def browser_title(self) -> str:
        """What the button is called that opens the browser."""
        plain, _ = self.answers()
        by = self._channel.browser_by
        titles = (choice(field, plain[by]) for field in self._channel.fields if field.key == by)
        return next(titles, tr("Sign in with the browser"))

    def first_answers(self) -> dict[str, str]:
        """What is looked up by."""
        plain, _ = self.answers()
        return {key: plain[key] for key in self._channel.first}

    def has_to_find(self) -> bool:
        """Whether to look things up: what was found is for other answers, or nothing was found nor entered."""
        return finding.is_open(self._channel, self.answers()[0]) or (
            bool(self._found_for) and self._found_for != self.first_answers()
        )

    def _is_shown(self, widget: QWidget) -> bool:
        row = widget.parentWidget()
        return row is not None and not row.isHidden()

    def go_to(self, widget: QWidget) -> None:
        """Focus a field, unfolding the rest if it is folded."""
        if not self._is_shown(widget):
            self.unfold()
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def answers(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return (plain, secret): the values typed, by field key."""
        plain: dict[str, str] = {}
        secret: dict[str, str] = {}
        for field in self._channel.fields:
            (secret if field.secret else plain)[field.key] = _value(self.inputs[field.key])
        return plain, secret


def _is_open(channel: Channel, field: Field, account: Account | None) -> bool:
    """Whether a field is shown at once: it is required, or among the first without a default.

    A secret is folded if the channel can sign in with the browser instead. Of an account that signs in with the
    browser, what that needs is shown as well.
    """
    if field.required and not field.default and not field.tick:
        return True
    if account is not None and channel.browser_by and channel.signs_in(account.fields):
        return field.key == channel.browser_by or bool(field.only and (account.fields.get(field.key) or field.secret))
    among = [other for other in channel.fields if not other.default and not other.tick][:_MAX_OPEN_FIELDS]
    return field in among and not (channel.browser and field.secret)


def _value(widget: Input) -> str:
    if isinstance(widget, CheckBox):
        return "yes" if widget.isChecked() else ""
    return widget.key() if isinstance(widget, Choice) else widget.text().strip()


def _set_value(widget: Input, value: str) -> None:
    if isinstance(widget, CheckBox):
        widget.setChecked(value == "yes")
    elif isinstance(widget, Choice):
        widget.set_key(value)
    else:
        widget.setText(value)
