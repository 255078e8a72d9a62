"""The form that edits or adds a member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base.words import N_
from app.calendar.yearly import in_words, part_in_words
from app.members import KIND_NAMES, Member, Members
from app.members.facts import ADDRESS_FORMS, NO_NAME_DAY, languages_of, time_zones
from app.members.own import Field
from ui.commands import keys
from ui.frame import unsaved
from ui.look import languages, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.labels import Heading, Label
from ui.widgets.panels import Scroll
from ui.widgets.scaled import scaled
from ui.widgets.unsaved import Unsaved

if TYPE_CHECKING:
    from ui.frame.page import Frame


class Shown(Protocol):
    """The page on which the form is opened."""

    frame: Frame

    def window(self) -> QWidget:
        """What dialogs belong to."""

    @property
    def open_form(self) -> MemberForm | None:
        """The form, while it is open."""


_SECTIONS = (
    (
        "",
        (
            ("name", N_("Name")), ("language", N_("Language")), ("languages", N_("Other languages")),
            ("kind", N_("Kind")), ("greeting", N_("Greet as")), ("form_of_address", N_("Form of address")),
            ("name_forms", N_("Forms of the name")), ("pronouns", N_("Pronouns")),
            ("city", N_("Town")), ("time_zone", N_("Time zone")), ("fits", ""),
            ("fits_why", N_("Reason")),
        ),
    ),
    (
        N_("About them"),
        (("birthday", N_("Birthday")), ("name_day", N_("Name day")), ("interests", N_("Interests")),
         ("sort_name", N_("Sort as"))),
    ),
    (
        N_("How you met"),
        (("met_how", N_("How")), ("met_on", N_("When")), ("met_through", N_("Through whom"))),
    ),
    (
        N_("Gifts and offers"),
        (("consent", N_("Offers")), ("consent_on", N_("Since")), ("consent_how", N_("How they agreed"))),
    ),
    (
        N_("Take care"),
        (("do_not_contact", ""), ("do_not_gift", ""), ("do_not_why", N_("Reason")), ("minor", ""),
         ("public_servant", "")),
    ),
    (N_("Contact"), (("email", N_("E-mail")), ("phone", N_("Phone")), ("website", N_("Website")))),
    (N_("Work"), (("job_title", N_("Job title")), ("company", N_("Company")))),
    (
        N_("Shipping address"),
        (
            ("recipient", N_("Recipient")),
            ("address_1", N_("Address")),
            ("address_2", N_("Address line 2")),
            ("address_3", N_("Address line 3")),
            ("postal_code", N_("Postal code")),
            ("country", N_("Country (two letters)")),
        ),
    ),
)  # fmt: skip
_TICKS = {
    "fits": N_("Belongs to our ideal audience"), "do_not_contact": N_("Don't write to them first"),
    "do_not_gift": N_("Don't send them gifts"), "minor": N_("Under age"),
    "public_servant": N_("Public servant: small gifts only"),
}  # fmt: skip
_SPOKEN = {"fits_why": N_("Why they belong to it"), "do_not_why": N_("Why not")}
"""Names of fields whose title only says what they are beside the one above."""
_HINTS = {
    "languages": N_("Such as English, Greek"),
    "name_forms": N_("Such as cs vocative: Honzo; is dative: Jóni"),
    "birthday": N_("Such as 5 March; no year is kept"),
    "name_day": N_("By the calendar; write a day, or none"), "met_on": N_("Such as May 2024"),
    "met_through": N_("A member or anybody else"), "time_zone": N_("Such as Europe/Prague"),
    "consent_on": N_("Today, if left empty"), "interests": N_("With commas between them"),
}  # fmt: skip


class MemberForm(QWidget):
    """`saved` carries the changed values, by column and by own field's id; `left` is emitted on Cancel or Esc.

    `fields_asked` asks for the dialog with the own fields.
    """

    saved = Signal(object)
    left = Signal()
    fields_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty, until `show_member`."""
        super().__init__(parent)
        keys.make_form(self)
        self.lines: dict[str, QLineEdit] = {}
        self.own: dict[int, QLineEdit] = {}
        self.language = Choice(
            [("", tr("Not known")), *((code, languages.name(code)) for code in languages.HOUSE)], name=tr("Language")
        )
        self.kind = Choice([(key, tr(title)) for key, title in KIND_NAMES.items()], name=tr("Kind"))
        self.consent = Choice(
            [("", tr("Not asked")), ("offers", tr("Said yes")), ("no", tr("Said no"))], name=tr(N_("Gifts and offers"))
        )
        self.address_form = Choice(
            [("", tr("Not known")), *((key, tr(title).capitalize()) for key, title in ADDRESS_FORMS.items())],
            name=tr("Form of address"),
        )
        self.choices = {
            "language": self.language, "kind": self.kind, "consent": self.consent, "form_of_address": self.address_form,
        }  # fmt: skip
        self.ticks = {key: CheckBox(tr(title)) for key, title in _TICKS.items()}
        self.title = Label("", "member", wrap=True)
        self.pane = Scroll((20, 18, 20, 18), 10)
        self.pane.column.addWidget(self.title)
        self.unsaved = Unsaved(self, choices=True)
        self.pane.column.addWidget(self.unsaved)
        for heading, fields in _SECTIONS:
            self._section(heading, fields)
        self._own_section()
        self.pane.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        column.addLayout(self._foot())
        self._before: dict[str | int, object] = {}
        self._number: int | None = None

    @property
    def fits(self) -> CheckBox:
        """Whether they belong to the ideal audience."""
        return self.ticks["fits"]

    @property
    def fits_why(self) -> QLineEdit:
        """Why they do."""
        return self.lines["fits_why"]

    def _section(self, heading: str, fields: Sequence[tuple[str, str]]) -> None:
        if heading:
            self.pane.column.addSpacing(6)
            self.pane.column.addWidget(Heading(tr(heading)))
        form = _form()
        for key, title in fields:
            if key in self.choices:
                form.addRow(_label(title), self.choices[key])
            elif key in self.ticks:
                form.addRow(_label(""), self.ticks[key])
            else:
                self.lines[key] = _line(tr(_SPOKEN.get(key, title)), tr(_HINTS[key]) if key in _HINTS else "")
                form.addRow(_label(title), self.lines[key])
        self.pane.column.addLayout(form)

    def _own_section(self) -> None:
        self.pane.column.addSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Heading(tr("Your own fields")), 1)
        self.edit_fields = LinkButton(tr("Choose fields"))
        self.edit_fields.clicked.connect(self.fields_asked)
        head.addWidget(self.edit_fields)
        self.pane.column.addLayout(head)
        self._own = _form()
        self.pane.column.addLayout(self._own)

    def show_fields(self, fields: Sequence[Field], values: Mapping[str, str]) -> None:
        """Show these own fields, with what a member has in them by their name; what was typed in one stays."""
        typed = {number: line.text() for number, line in self.own.items() if line.isModified()}
        while self._own.rowCount():
            self._own.removeRow(0)
        self.own = {}
        for field in fields:
            line = _line(text.plain(field.name), "")
            line.setText(values.get(field.name, ""))
            self._before[field.id] = line.text()
            if field.id in typed:
                line.setText(typed[field.id])
                line.setModified(True)
            self.own[field.id] = line
            self._own.addRow(_label(text.plain(field.name), ours=True), line)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 14)
        row.setSpacing(8)
        self.leave = ActionButton(tr("Cancel"), key="Esc", kind="quiet")
        self.save = ActionButton(tr("Save"), "check", kind="primary", height=32)
        self.save.follow("save")
        self.leave.clicked.connect(self.left)
        self.save.clicked.connect(self.send)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.save)
        return row

    def show_member(
        self, member: Member | None, name: str = "", *, through: str = "", fields: Sequence[Field] = (),
        own: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Show a member's values, or for None an empty form with this name filled in.

        `through` names whom they were met through; `own` has what they have in the own `fields`, by name.
        """
        self._number = member.id if member is not None else None
        self.title.setText(tr("Edit {name}").format(name=member.name) if member else tr("New member"))
        shown = _as_typed(member, through) if member else {"name": name}
        for key, line in self.lines.items():
            line.setText(shown.get(key, ""))
            line.setCursorPosition(0)
        self._choose_language(member.language if member else "")
        for key in ("kind", "consent", "form_of_address"):
            self.choices[key].set_key(str(getattr(member, key)) if member else "")
        for key, tick in self.ticks.items():
            tick.setChecked(bool(member and getattr(member, key)))
        self.own = {}
        self.show_fields(fields, own or {})
        self._offer_zones()
        self._before = self.values()
        self.pane.verticalScrollBar().setValue(0)

    def show_known(self, members: Members, number: int) -> None:
        """Show what is known of the member with this id."""
        member = members.get(number)
        fields, own = members.own.fields(), members.own.values(member.id)
        self.show_member(member, through=members.through(member), fields=fields, own=own)

    def show_fields_anew(self, members: Members) -> None:
        """Show the own fields as they are now; what was typed stays."""
        own = members.own
        self.show_fields(own.fields(), own.values(self._number) if self._number is not None else {})

    def _offer_zones(self) -> None:
        if self.lines["time_zone"].completer() is None:
            offered = QCompleter(time_zones(), self)
            offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            offered.setFilterMode(Qt.MatchFlag.MatchContains)
            self.lines["time_zone"].setCompleter(offered)

    def _choose_language(self, code: str) -> None:
        if code and self.language.findData(code) < 0:
            self.language.addItem(languages.name(code), code)
        self.language.set_key(code)

    def values(self) -> dict[str | int, object]:
        """The form's values by column, and by id of an own field."""
        typed: dict[str | int, object] = {key: line.text().strip() for key, line in self.lines.items()}
        typed |= {key: choice.key() for key, choice in self.choices.items()}
        typed |= {key: int(tick.isChecked()) for key, tick in self.ticks.items()}
        return typed | {number: line.text().strip() for number, line in self.own.items()}

    def changed(self) -> dict[str | int, object]:
        """The values that differ from those first shown."""
        return {key: value for key, value in self.values().items() if value != self._before.get(key, "")}

    def send(self) -> None:
        """Emit `saved` with the changed values."""
        self.saved.emit(self.changed())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Enter and Ctrl+Enter save."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
        else:
            super().keyPressEvent(event)


def ask_fields(page: Shown) -> None:
    """Open the dialog with the own fields; the form, while it is open, shows those that there are then."""
    from ui.pages.members.fields_form import FieldsForm  # noqa: PLC0415  loaded at first use

    def show_again(_outcome: int) -> None:
        form = page.open_form
        if form is not None:
            form.show_fields_anew(page.frame.bench.members)

    dialog = FieldsForm(page.window(), page.frame)
    dialog.finished.connect(show_again)
    unsaved.open_dialog(page.frame, dialog, None)


def _as_typed(member: Member, through: str) -> dict[str, str]:
    """What is kept of a member, as it is typed in the form's lines."""
    kept = {key: str(value) for key, value in member._asdict().items() if isinstance(value, str)}
    name_day = member.name_day
    return kept | {
        "languages": ", ".join(languages.name(code) for code in languages_of(member.languages)),
        "birthday": in_words(member.birthday),
        "name_day": name_day if name_day in ("", NO_NAME_DAY) else in_words(name_day),
        "met_on": part_in_words(member.met_on), "consent_on": part_in_words(member.consent_on),
        "met_through": through,
    }  # fmt: skip


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(14)
    form.setVerticalSpacing(8)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return form


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    scaled(line, max_width=460)
    return line


def _label(title: str, *, ours: bool = False) -> Label:
    label = Label(title if ours else tr(title) if title else "", "meta", "text2")
    scaled(label, width=124)
    scaled(label, min_height=30)
    return label
