"""Working blocks and reply targets on the page: the same fields as in the settings and under Manners."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from app.accounts.target import understood, written
from app.base.errors import UserError
from app.base.words import N_
from app.first_week import BLOCKS, LEFT, TARGETS, Overview, Step
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.pages.firstweek.section import Section
from ui.shared.blocks_field import BlocksField
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.accounts import Account
    from app.workbench import Workbench
    from ui.frame.page import Frame

_BLOCKS = N_("When you work on this. Waiting counts only then, and Today says what fits before a block ends.")
_TARGETS = N_("How soon people can expect a reply, in working time. After that, the waiting time turns amber.")
_WIDE, _NAME_WIDE = 160, 240
MOST_ACCOUNTS = 12


class BlocksSection(Section):
    """The field of the settings."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Show the blocks that are set."""
        super().__init__(BLOCKS, tr("Working blocks"), tr(_BLOCKS))
        self.field = BlocksField(bench, frame)
        row = QHBoxLayout()  # in a column alone it would get the height of its words at the column's width
        row.addWidget(self.field)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_overview(self, made: Overview) -> None:
        """Show the state and the blocks."""
        self.show_step(made.step(BLOCKS))
        self.field.show_again()

    def has_body(self, step: Step) -> bool:
        """What is set can be changed."""
        return step.state != LEFT

    def focus(self) -> None:
        """Focus the field."""
        self.field.field.setFocus(Qt.FocusReason.OtherFocusReason)


class TargetsSection(Section):
    """A field for each account; a valid target is kept when its field is left."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Fields are made by `show_overview`."""
        super().__init__(TARGETS, tr("Reply targets"), tr(_TARGETS))
        self._bench, self._frame = bench, frame
        self.fields: dict[int, QLineEdit] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        self.body.addLayout(self._grid)
        self.wrong = Label("", "meta", "warn", wrap=True)
        self.wrong.hide()
        self.body.addWidget(self.wrong)

    def show_overview(self, made: Overview) -> None:
        """Show the state, and the targets that are set."""
        self.show_step(made.step(TARGETS))
        usual = written(self._bench.settings.number("answer_hours") * 60)
        for account in self._bench.accounts.all()[:MOST_ACCOUNTS]:
            field = self.fields.get(account.id) or self._add(account)
            field.setPlaceholderText(tr("{time}, as in Settings").format(time=usual))
            if not field.hasFocus():
                with QSignalBlocker(field):
                    field.setText(written(self._bench.accounts.notes.reply_target(account.id)))

    def has_body(self, step: Step) -> bool:
        """What is set can be changed."""
        return step.state != LEFT

    def focus(self) -> None:
        """Focus the first field."""
        for field in list(self.fields.values())[:1]:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, account: Account) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(tr("Reply target of {account}").format(account=text.plain(account.name)))
        scaled(field, width=_WIDE)
        field.editingFinished.connect(partial(self._keep, account))
        row = len(self.fields)
        name = ElidedLabel(account.name, "body", "text")
        scaled(name, max_width=_NAME_WIDE)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(field, row, 1)
        self.fields[account.id] = field
        return field

    def _keep(self, account: Account) -> None:
        field, notes = self.fields[account.id], self._bench.accounts.notes
        try:
            minutes = understood(field.text())
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.wrong.hide()
        if minutes == notes.reply_target(account.id):
            return
        name = text.name(account.name)
        said = tr("{account}: the target is the usual one again.").format(account=name)
        if minutes is not None:
            said = tr("{account}: reply within {time}.").format(account=name, time=written(minutes))
        with undoable(self._frame, said):
            notes.put_reply_target(account.id, minutes, account.name)
