"""What is typed in a form and not saved: kept when the form is closed, and put back when it is opened again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from app.base.errors import UserError
from ui.look.text import tr
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Label
from ui.widgets.plain import from_plain, plain

_KEEP_MS = 400
_WORDS, _CHOICE = "words", "choice"
Place = tuple[str, str, int]
"""A field of a form: whether it is for words or a choice, its accessible name, and which one of that name."""


@runtime_checkable
class Holds(Protocol):
    """A field made of several widgets, or a form that knows its fields best."""

    def held(self) -> object:
        """What is filled in."""
        ...

    def hold(self, value: Any) -> None:  # noqa: ANN401  whatever `held` returns
        """Fill in what `held` returned."""
        ...


class Keeper(Protocol):
    """Where kept words lie: the community's file."""

    def keep(self, form: str, subject: str, fields: str, /) -> None:
        """Keep the fields of a form about a subject."""
        ...

    def forget(self, form: str, subject: str, /) -> None:
        """Forget them."""
        ...

    def kept(self, form: str, subject: str, /) -> str:
        """The fields that are kept; "" if there are none."""
        ...


class Forms:
    """What was typed in forms and is not saved, until it is: also if the program ends before that, however it does."""

    def __init__(self, keeper: Keeper | None = None) -> None:
        """Keep it there; without a keeper nothing is kept, as before a form has begun."""
        self._keeper = keeper

    def keep(self, kind: str, topic: object, title: str, values: dict[Place, object]) -> None:
        """Keep what was typed in a kind of form about one thing, under its title; no values: forget what was kept."""
        if self._keeper is None:
            return
        if values:
            fields = [[*place, plain(value)] for place, value in values.items()]
            written = json.dumps({"title": title, "fields": fields}, ensure_ascii=False)
            self._keeper.keep(kind, json.dumps(plain(topic)), written)
        else:
            self._keeper.forget(kind, json.dumps(plain(topic)))

    def kept(self, kind: str, topic: object) -> dict[Place, object]:
        """What is kept of a kind of form about one thing; nothing if it was kept in a way that is not known here."""
        fields = self._keeper.kept(kind, json.dumps(plain(topic))) if self._keeper is not None else ""
        try:
            every = json.loads(fields)["fields"] if fields else ()
            return {(str(of), str(name), int(nth)): from_plain(value) for of, name, nth, value in every}
        except (ValueError, TypeError, KeyError):
            return {}


class Unsaved(QWidget):
    """Keeps what is typed in one form; as a widget, the line that says that it is back, with a link to start over."""

    def __init__(self, form: QWidget, *, choices: bool = False) -> None:
        """Hidden until something is put back. With `choices` a changed list box or tick is enough to be kept."""
        super().__init__(form)
        self._choices = choices
        self._form, self._kind = form, type(form).__name__
        self._forms = Forms()
        self._topic: object = None
        self._blank: dict[Place, object] = {}
        self._saving = True  # nothing has begun yet
        self._kept: dict[Place, object] = {}
        self._ticking = QTimer(self)
        self._ticking.setInterval(_KEEP_MS)
        self._ticking.timeout.connect(self.keep_now)
        self.apart: tuple[QWidget, ...] = ()
        """Fields that say what the form is about: they are left as they are."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(tr("What you had typed is back."), "meta", "text2", wrap=True), 1)
        self.over = LinkButton(tr("Start over"), tone="text2")
        self.over.clicked.connect(self.start_over)
        row.addWidget(self.over)
        self.hide()

    def begin(self, forms: Forms, topic: object) -> None:
        """Take the form as it is for its saved state, and put back what was typed in it about this topic."""
        self._forms, self._topic, self._saving = forms, topic, False
        self._blank = read(self._form, self.apart)
        self._kept = back = forms.kept(self._kind, topic)
        self._ticking.start()
        write(self._form, back, self.apart)
        self.setVisible(bool(back))
        if back:
            QTimer.singleShot(0, self, self._unselect)  # once the form has its focus

    def _unselect(self) -> None:
        """Put the cursor behind the words: where they are selected, as proposals are, the next letter replaces them."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit) and self._form.isAncestorOf(field):
            field.end(False)

    def go_on(self, topic: object) -> None:
        """Go on with another topic, for which the form is filled in already; nothing before `begin`."""
        if not self._saving:
            self.begin(self._forms, topic)

    def start_over(self) -> None:
        """Forget what was typed, and show what is saved."""
        write(self._form, self._blank, self.apart)
        self._keep({})
        self.hide()

    def end(self) -> bool:
        """Keep what was typed and is not saved; whether there is any."""
        self._ticking.stop()
        return self.keep_now()

    def keep_now(self) -> bool:
        """Keep what is typed by now, so that it is not lost if the program ends; whether there is any."""
        if self._saving:
            return False
        typed = self.typed()
        if typed != self._kept:
            with suppress(UserError):  # nothing can be written just now: it is tried again with the next tick
                self._keep(typed)
        return bool(typed)

    @property
    def is_kept(self) -> bool:
        """Whether what is typed by now is kept, or there is nothing to keep."""
        return self._saving or self.typed() == self._kept

    def _keep(self, typed: dict[Place, object]) -> None:
        title = self._form.windowTitle() or self._form.accessibleName()
        self._forms.keep(self._kind, self._topic, title, typed)
        self._kept = typed

    def typed(self) -> dict[Place, object]:
        """What differs from the saved state, by field; nothing where that is only choices, unless they count."""
        now = read(self._form, self.apart)
        changed = {place: value for place, value in now.items() if value != self._blank.get(place)}
        return changed if any(self._choices or place[0] == _WORDS for place in changed) else {}

    def saved(self) -> None:
        """Forget what was typed: it is saved, or was discarded on purpose."""
        self._keep({})
        self._ticking.stop()
        self._saving = True

    @contextmanager
    def saving(self) -> Iterator[None]:
        """While the form is saved nothing is kept; if that fails, all is as before."""
        before, self._saving = self._saving, True
        try:
            yield
        except BaseException:
            self._saving = before
            raise
        self.saved()


def read(form: QWidget, apart: Sequence[QWidget] = ()) -> dict[Place, object]:
    """What is filled in, by field, but for some. Secrets and what is only shown are left out."""
    return {place: _value(field) for place, field in _fields(form) if field not in apart}


def write(form: QWidget, values: dict[Place, object], apart: Sequence[QWidget] = ()) -> None:
    """Fill in, as a person would: first what is chosen, twice, since one choice may offer others; then the words."""
    for wanted in (_CHOICE, _CHOICE, _WORDS):
        for place, field in list(_fields(form)):
            if place[0] != wanted or place not in values or field in apart:
                continue
            if _value(field) != values[place]:
                _fill_in(field, values[place])


def _fields(form: QWidget) -> Iterator[tuple[Place, QWidget]]:
    if isinstance(form, Holds):
        yield (_WORDS, "", 0), form
        return
    wholes = [child for child in form.findChildren(QWidget) if isinstance(child, Holds)]
    seen: Counter[tuple[str, str]] = Counter()
    for child in form.findChildren(QWidget):
        kind = _kind(child)
        if not kind or any(whole is not child and whole.isAncestorOf(child) for whole in wholes):
            continue
        name = (kind, child.accessibleName())
        seen[name] += 1
        yield (*name, seen[name]), child


def _kind(child: QWidget) -> str:
    """Whether it is a field for words, or for a choice; "" if it is none."""
    if isinstance(child, Holds):
        return _WORDS
    if isinstance(child.parentWidget(), QComboBox | QAbstractSpinBox):
        return ""
    if isinstance(child, QLineEdit):
        return "" if child.isReadOnly() or child.echoMode() != QLineEdit.EchoMode.Normal else _WORDS
    if isinstance(child, QPlainTextEdit | QTextEdit):
        return "" if child.isReadOnly() else _WORDS
    if isinstance(child, QSpinBox | QDateTimeEdit) or (isinstance(child, QComboBox) and child.isEditable()):
        return _WORDS
    return _CHOICE if isinstance(child, QComboBox | QCheckBox) else ""


def _value(field: QWidget) -> object:
    if isinstance(field, Holds):
        return field.held()
    if isinstance(field, QComboBox):
        return field.currentText() if field.isEditable() else field.currentData()
    read_it = next((read_it for kind, read_it, _ in _PLAIN if isinstance(field, kind)), None)
    return read_it(field) if read_it is not None else None


def _fill_in(field: QWidget, value: object) -> None:
    if isinstance(field, Holds):
        field.hold(value)
    elif isinstance(field, QComboBox):
        _choose(field, value)
    else:
        for kind, _, fill_in in _PLAIN:
            if isinstance(field, kind):
                fill_in(field, value)


def _choose(field: QComboBox, value: object) -> None:
    if field.isEditable():
        field.setEditText(str(value))
        return
    at = field.findData(value)
    if at >= 0:
        field.setCurrentIndex(at)
        field.activated.emit(at)  # as when a person chooses


def _fill_in_line(field: QLineEdit, value: str) -> None:
    field.setText(value)
    field.setCursorPosition(0)


_PLAIN: tuple[tuple[type[QWidget], Callable[..., object], Callable[..., object]], ...] = (
    (QLineEdit, QLineEdit.text, _fill_in_line),
    (QPlainTextEdit, QPlainTextEdit.toPlainText, QPlainTextEdit.setPlainText),
    (QTextEdit, QTextEdit.toPlainText, lambda field, value: field.setPlainText(value)),
    (QCheckBox, QCheckBox.isChecked, QCheckBox.setChecked),
    (QSpinBox, QSpinBox.value, QSpinBox.setValue),
    (QDateTimeEdit, QDateTimeEdit.dateTime, QDateTimeEdit.setDateTime),
)
"""Fields of one value: their class, and how it is read and filled in."""
