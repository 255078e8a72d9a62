"""The strips above every page, each created when needed: on hold, a reply to post, replies still held, imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look.text import tr

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.store.obstacles import Obstacle
    from app.store.pen import Loan
    from ui.shell.host import Host
    from ui.shell.strips.broken_off import BrokenOffImports
    from ui.shell.strips.cooling import CooledOff
    from ui.shell.strips.damage import Damage
    from ui.shell.strips.leftover import LeftOver
    from ui.shell.strips.on_loan import OnLoan
    from ui.shell.strips.posting import Posting
    from ui.shell.strips.standstill import StandstillStrip
    from ui.shell.strips.unwritable import Unwritable


class OverPages(QObject):
    """Inserts each strip at the top of the column that contains the pages."""

    def __init__(self, host: Host, column: QVBoxLayout, open_again: Callable[[], object]) -> None:
        """Start without strips. `open_again` asks for the file that another program put in the place of this one."""
        super().__init__(host.window())
        self._host, self._column, self._open_again = host, column, open_again
        self.standstill: StandstillStrip | None = None
        self.posting: Posting | None = None
        self.left_over: LeftOver | None = None
        self.cooled_off: CooledOff | None = None
        self.damage: Damage | None = None
        self.unwritable: Unwritable | None = None
        self.broken_off: BrokenOffImports | None = None
        self.on_loan: OnLoan | None = None

    def post(self, number: int) -> None:
        """Start posting a reply by hand (its outbox id): copy, open the page, then ask whether it was posted."""
        if self.posting is None:
            from ui.shell.strips.posting import Posting  # noqa: PLC0415  few accounts are posted on by hand

            self.posting = Posting(self._host, self._column)
        self.posting.take(number)

    def show_left_over(self, before: int) -> None:
        """Show the strip for replies written before this time (Unix UTC) that are still held."""
        from ui.shell.strips.leftover import LeftOver  # noqa: PLC0415  only if replies were held at the end

        self.left_over = LeftOver(self._host, self._column, before)

    def show_broken_off(self) -> None:
        """Show the strip for imports that did not come to their end."""
        from ui.shell.strips.broken_off import BrokenOffImports  # noqa: PLC0415  only if an import broke off

        self.broken_off = BrokenOffImports(self._host, self._column)

    def show_standstill(self) -> None:
        """Show or remove the strip of a restored file on hold, as `bench.standstill` says."""
        on_hold = bool(self._host.bench.standstill)
        if on_hold and self.standstill is None:
            from ui.shell.strips.standstill import StandstillStrip  # noqa: PLC0415  only after a restore

            self.standstill = StandstillStrip(self._host.bench)
            self.standstill.went.connect(self._went_on)
            self.standstill.over.connect(self.show_standstill)
            self.standstill.looking.connect(self._show_outbox)
            self._column.insertWidget(0, self.standstill)
            self.standstill.show()
        elif not on_hold and self.standstill is not None:
            self.standstill.hide()
            self.standstill.deleteLater()
            self.standstill = None

    def show_damage(self, what: str) -> None:
        """Show the strip that says what is wrong with the file; "" removes it."""
        if what and self.damage is None:
            from ui.shell.strips.damage import Damage  # noqa: PLC0415  only if a file is damaged

            self.damage = Damage(what)
            self.damage.repair.connect(self._repair)
            self._column.insertWidget(0, self.damage)
        elif not what and self.damage is not None:
            self.damage.hide()
            self.damage.deleteLater()
            self.damage = None

    def show_obstacle(self, found: Obstacle | None, more: str = "") -> None:
        """Show the strip that says why nothing can be written to the file, and `more` of it; None removes it."""
        shown = self.unwritable
        if shown is not None and (shown.found, shown.more) != (found, more):
            shown.hide()
            shown.deleteLater()
            self.unwritable = None
        if found is not None and self.unwritable is None:
            from ui.shell.strips.unwritable import Unwritable  # noqa: PLC0415  only where nothing can be written
            from ui.widgets.toast import speak  # noqa: PLC0415  as above

            self.unwritable = Unwritable(found, more, self._lend, self._open_again)
            self._column.insertWidget(0, self.unwritable)
            speak(self.unwritable, " ".join(filter(None, (f"{found.title}.", found.sentence, more))))

    def show_loan(self, loan: Loan | None) -> None:
        """Show the strip of a desk that was lent to somebody, in the copy; None removes it."""
        if loan is not None and self.on_loan is None:
            from ui.shell.strips.on_loan import OnLoan  # noqa: PLC0415  only in a copy that was lent

            self.on_loan = OnLoan(loan, self._lend)
            self._column.insertWidget(0, self.on_loan)
        elif loan is None and self.on_loan is not None:
            self.on_loan.hide()
            self.on_loan.deleteLater()
            self.on_loan = None

    def _lend(self) -> None:
        self._host.run("lend")

    def _repair(self) -> None:
        self._host.run("check_file")

    def _went_on(self) -> None:
        self.show_standstill()
        self._host.toast(tr("Sending and fetching resumed."))
        self._host.run("sync")

    def _show_outbox(self) -> None:
        self._host.go("outbox")

    def refresh(self, changes: Changes) -> None:
        """Update the strips after rows changed."""
        if self.posting is not None:
            self.posting.refresh(changes)
        if self.broken_off is not None and changes.touches("import_batch"):
            self.broken_off.look()
        if changes.touches("outbox"):
            self.show_cooling()

    def show_cooling(self) -> None:
        """Look after what cools off, once there is something."""
        if self.cooled_off is None and self._host.bench.cooling.held():
            from ui.shell.strips.cooling import CooledOff  # noqa: PLC0415  only if something cools off

            self.cooled_off = CooledOff(self._host, self._column)
        elif self.cooled_off is not None:
            self.cooled_off.look()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The handlers that answer the question shown in a strip."""
        again = {"open_again": self._open_again} if self.unwritable is not None and self.unwritable.again else {}
        return {**again, **(self.posting.handlers() if self.posting is not None else {})}

    def panes(self) -> Sequence[QWidget]:
        """The button that answers the question, for F6."""
        return (self.posting.strip.buttons["posted"],) if self.posting is not None else ()
