"""The form that edits or adds a member."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base.words import N_
from app.members import KIND_NAMES, Member
from ui.commands import keys
from ui.look import languages
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.labels import Heading, Label
from ui.widgets.panels import Scroll
from ui.widgets.scaled import scaled
from ui.widgets.unsaved import Unsaved

_SECTIONS = (
    ("", (("name", N_("Name")), ("greeting", N_("Greet as")), ("city", N_("Town")))),
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
)


class MemberForm(QWidget):
    """`saved` carries the changed values by column; `left` is emitted on Cancel or Esc."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty, until `show_member`."""
        super().__init__(parent)
        keys.make_form(self)
        self.lines: dict[str, QLineEdit] = {}
        self.language = Choice(
            [("", tr("Not known")), *((code, languages.name(code)) for code in languages.HOUSE)], name=tr("Language")
        )
        self.kind = Choice([(key, tr(title)) for key, title in KIND_NAMES.items()], name=tr("Kind"))
        self.consent = Choice(
            [("", tr("Not asked")), ("offers", tr("Said yes")), ("no", tr("Said no"))], name=tr(N_("Gifts and offers"))
        )
        self.fits = CheckBox(tr("Belongs to our ideal audience"))
        self.fits_why = QLineEdit()
        self.title = Label("", "member")
        self.pane = Scroll((20, 18, 20, 18), 10)
        self.pane.column.addWidget(self.title)
        self.unsaved = Unsaved(self, choices=True)
        self.pane.column.addWidget(self.unsaved)
        for heading, fields in _SECTIONS:
            self._section(heading, fields)
        self.pane.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        column.addLayout(self._foot())
        self._before: dict[str, object] = {}

    def _section(self, heading: str, fields: tuple[tuple[str, str], ...]) -> None:
        if heading:
            self.pane.column.addSpacing(6)
            self.pane.column.addWidget(Heading(tr(heading)))
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for key, title in fields:
            self.lines[key] = QLineEdit()
            self.lines[key].setAccessibleName(tr(title))
            scaled(self.lines[key], max_width=460)
            form.addRow(self._label(title), self.lines[key])
            if key == "name":
                form.addRow(self._label(N_("Language")), self.language)
                form.addRow(self._label(N_("Kind")), self.kind)
        if not heading:
            self.fits_why.setPlaceholderText(tr("Reason"))
            self.fits_why.setAccessibleName(tr("Why they belong to it"))
            scaled(self.fits_why, max_width=460)
            form.addRow(self._label(""), self.fits)
            form.addRow(self._label(""), self.fits_why)
            form.addRow(self._label(N_("Gifts and offers")), self.consent)
        self.pane.column.addLayout(form)

    @staticmethod
    def _label(title: str) -> Label:
        label = Label(tr(title) if title else "", "meta", "text2")
        scaled(label, width=124)
        scaled(label, min_height=30)
        return label

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

    def show_member(self, member: Member | None, name: str = "") -> None:
        """Show a member's values, or for None an empty form with this name filled in."""
        self.title.setText(tr("Edit {name}").format(name=member.name) if member else tr("New member"))
        for key, field in self.lines.items():
            field.setText(str(getattr(member, key)) if member else "")
        if member is None:
            self.lines["name"].setText(name)
        self._choose_language(member.language if member else "")
        self.kind.set_key(member.kind if member else "customer")
        self.consent.set_key(member.consent if member else "")
        self.fits.setChecked(bool(member and member.fits))
        self.fits_why.setText(member.fits_why if member else "")
        for field in (*self.lines.values(), self.fits_why):
            field.setCursorPosition(0)
        self._before = self.values()
        self.pane.verticalScrollBar().setValue(0)

    def _choose_language(self, code: str) -> None:
        if code and self.language.findData(code) < 0:
            self.language.addItem(languages.name(code), code)
        self.language.set_key(code)

    def values(self) -> dict[str, object]:
        """The form's values by column."""
        typed: dict[str, object] = {key: field.text().strip() for key, field in self.lines.items()}
        return typed | {
            "language": self.language.key(),
            "kind": self.kind.key(),
            "consent": self.consent.key(),
            "fits": int(self.fits.isChecked()),
            "fits_why": self.fits_why.text().strip(),
        }

    def changed(self) -> dict[str, object]:
        """The values that differ from those first shown, by column."""
        return {key: value for key, value in self.values().items() if value != self._before.get(key)}

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
