"""The strip for a gift's voucher: give it one, show its code knowingly, put it into the reply, void it.

In the reply stands a blank, which gets the code only when the words go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit

from app.base import codes, ids
from app.base.errors import UserError
from app.gifts import Gift
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.labels import Label
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench


class VoucherStrip(Strip):
    """Its button puts the code into the reply; another shows it. A code that was shown before is asked about first."""

    replying = Signal(object)
    """The reply to the member gets this blank."""

    def __init__(self, bench: Workbench, gift: Gift) -> None:
        """Say which voucher the gift has, and when its code was shown."""
        title = tr("Voucher for {name}: {item}").format(name=text.embed(gift.member), item=text.embed(gift.item))
        super().__init__(title, "ticket", tr("Put the code into the reply"))
        self._bench, self._gift, self._asked = bench, gift, ""
        self.about = gift.id
        self.says, self.code = Label("", "body", wrap=True), QLineEdit()
        self.code.setReadOnly(True)  # letters apart: a label's would make a sign of times of an x between digits
        letters = fonts.font("strong")
        letters.setFeature(QFont.Tag("calt"), 0)
        self.code.setFont(letters)
        self.code.setAccessibleName(tr("Code"))
        self.code.hide()
        self.reveal, self.void = (
            ActionButton(tr("Show the code"), "eye"),
            LinkButton(tr("It can't be used"), tone="danger"),
        )
        self.reveal.clicked.connect(self.show_code)
        self.void.clicked.connect(self._void)
        self.form.addWidget(self.says, 0, 0, 1, 3)
        self.form.addWidget(self.reveal, 1, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.addWidget(self.code, 1, 1)
        self.form.addWidget(self.void, 1, 2, Qt.AlignmentFlag.AlignRight)
        self.form.setColumnStretch(1, 1)
        self._show()

    def _show(self) -> None:
        voucher = self._bench.vouchers.of_gift(self._gift.id)
        self.void.setVisible(voucher is not None)
        if voucher is None:
            left = sum(one.free for one in self._bench.vouchers.listed(self._gift.item_id))
            self.says.setText(tr("It has no voucher yet. Vouchers left: {count}.").format(count=left))
            return
        shown = ids.display(ids.VOUCHER, voucher.id)
        ending = f" (…{voucher.ending})" if voucher.ending else ""
        self.says.setText(" ".join(filter(None, (f"{shown}{ending}.", voucher.warning))))

    def start(self) -> None:
        """Focus the button that puts the code into the reply."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, how: str) -> str:
        """The code, logged as shown. Raises UserError first with the question whether to show it again."""
        voucher = self._bench.vouchers.assign(self._gift.id)
        self._show()
        self._ask_again(voucher.id, how)
        return self._bench.vouchers.reveal(voucher.id, how)

    def _ask_again(self, number: int, how: str) -> None:
        """Raise UserError once with the question whether to show a code again."""
        question = self._bench.vouchers.asks(number)
        if question and self._asked != f"{number} {how}":
            self._asked = f"{number} {how}"
            raise UserError(tr("{question} Press again to do so.").format(question=question))
        self._asked = ""

    def show_code(self) -> None:
        """Show the code here; an error or a question is shown in the strip."""
        try:
            code = self._taken("window")
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.wrong.hide()
        self.code.setText(code)
        self.code.show()
        self.code.setCursorPosition(0)

    def do(self) -> str:
        """Begin the reply with the blank of the code, which is not shown by that; return the toast.

        Raises UserError where there is none left, and first with the question if its code was sent or shown before.
        """
        voucher = self._bench.vouchers.assign(self._gift.id)
        self._show()
        self._ask_again(voucher.id, "reply")
        self.replying.emit(codes.blank(voucher.id))
        said = tr("The voucher is in the reply to {name}: its code is filled in when you send it.")
        return said.format(name=text.name(self._gift.member))

    def _void(self) -> None:
        voucher = self._bench.vouchers.of_gift(self._gift.id)
        if voucher is not None:
            self._bench.vouchers.void(voucher.id)
            self.finished.emit(tr("{voucher} is void.").format(voucher=ids.display(ids.VOUCHER, voucher.id)))
