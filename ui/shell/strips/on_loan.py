"""The strip above every page of a copy that was lent: whose desk it is, and handing it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.look import text
from ui.look.text import tr
from ui.shell.strips.banner import Banner

if TYPE_CHECKING:
    from app.store.pen import Loan


class OnLoan(Banner):
    """Says that what is done here goes back."""

    def __init__(self, loan: Loan, lend: Callable[[], object]) -> None:
        """`lend` asks whether to hand it back."""
        super().__init__("hand-helping", warns=False)
        self.title.setText(tr("This desk is lent to {name}.").format(name=text.embed(loan.to)))
        self.line.setText(tr("What you do here goes back to its owner when you hand it back."))
        self.setAccessibleName(tr("A desk that was lent"))
        self.back = self.add_button(tr("Hand the desk back…"), lend)
        self.fit()
