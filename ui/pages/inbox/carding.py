"""Whose card stands beside the open conversation: it is read and built once the conversation itself is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base import clock
from app.base.errors import NotFoundError
from ui.widgets.after_paint import AfterPaint

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.pages.inbox.card import MemberCard
    from ui.shared.story import Story


class Carding(QObject):
    """Shows the card of one member after another; while the next one's is on its way, nobody's is shown."""

    def __init__(self, bench: Workbench, card: MemberCard, story: Story) -> None:
        """The card comes after the messages, which are in `story`."""
        super().__init__(card)
        self._bench, self._card = bench, card
        self._member: int | None = None
        self._read: int | None = None  # whose card was read since anything changed
        self._painted = AfterPaint(story.viewport(), self._show)

    def show(self, member: int | None, *, at_once: bool) -> None:
        """Show a member's card: `at_once`, or after the messages; None for nobody's."""
        self._member = member
        if member is None:
            self._painted.stop()
            self._read = None
            self._card.nothing()
        elif member == self._read and not at_once:
            self._painted.stop()
            self._card.wait_no_more()
        elif at_once and not self._painted.waits:
            self._show()
        else:
            self._card.wait_for(member)
            self._painted.start()

    def changed(self) -> None:
        """Read the card again when it is shown next, also of the same member: rows have changed."""
        self._read = None

    def leave(self) -> None:
        """Read nothing any more: the file is going to be closed."""
        self._painted.stop()

    def _show(self) -> None:
        if self._member is None:
            return
        self._read = self._member
        try:
            card = self._bench.card(self._member)
        except NotFoundError:  # gone since the conversation was opened: the change is on its way here
            self._read = None
            self._card.nothing()
        else:
            self._card.show_card(card, clock.now())
