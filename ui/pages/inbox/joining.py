"""Joins, parts and links conversations: commands on the marked or the open ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.errors import UserError
from app.inbox import ConversationRow
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.about import about

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.pane import Pane

_TWO = 2


class Joining(QObject):
    """The inbox page's commands that join, part and link conversations."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        return {
            "join": self.join, "part": self.part, "link": self.link, "unlink": self.unlink,
            "not_passed_on": self.not_passed_on,
        }  # fmt: skip

    def _marked(self) -> list[ConversationRow]:
        """The marked conversations, the oldest first, if there are several; else none."""
        marked = self._pane.marks.ids()
        return sorted(self._pane.bench.inbox.rows(marked)) if len(marked) >= _TWO else []

    def join(self) -> None:
        """Ask before the marked conversations become one; with none marked, ask which one to join the open one with."""
        pane = self._pane
        rows = self._marked()
        others = [] if rows else self._joinable(pane.here().row.id)
        if not rows and not others:
            return
        from ui.pages.inbox.join_strips import JoinStrip  # noqa: PLC0415  loaded at first use

        pane.show_strip(JoinStrip(pane, rows or [pane.here().row], others))

    def _joinable(self, number: int) -> list[ConversationRow]:
        """The conversations to offer for a join with this one; where there is none, a toast says why."""
        found, reason = [], tr("There's no other conversation to join this one with.")
        for row in self._pane.bench.inbox.others(number):
            try:
                self._pane.bench.intake.joinable([number, row.id])
            except UserError as why:
                reason = str(why)
            else:
                found.append(row)
        if not found:
            self._pane.frame.toast(reason)
        return found

    def link(self) -> None:
        """Link the marked conversations to the oldest of them; with none marked, ask which one to link to."""
        pane, rows = self._pane, self._marked()
        if rows:
            with undoable(pane.frame, text.counted(len(rows), "Linked: {name}.", "{count} linked.", name=about(rows))):
                pane.bench.inbox.link(*(row.id for row in rows))
            return
        others = pane.bench.inbox.others(pane.here().row.id)
        if not others:
            pane.frame.toast(tr("There's no other conversation to link this one to."))
            return
        from ui.pages.inbox.join_strips import LinkStrip  # noqa: PLC0415  loaded at first use

        pane.show_strip(LinkStrip(pane.bench, pane.here(), others))

    def unlink(self) -> None:
        """Remove the open conversation's link; of several, ask which."""
        pane, opened = self._pane, self._pane.here()
        if not opened.links:
            pane.frame.toast(tr("This conversation isn't linked to another."))
        elif len(opened.links) == 1:
            with undoable(pane.frame, tr("No longer linked to {name}.").format(name=text.name(opened.links[0].title))):
                pane.bench.inbox.unlink(opened.row.id, opened.links[0].conversation_id)
        else:
            from ui.pages.inbox.join_strips import UnlinkStrip  # noqa: PLC0415  loaded at first use

            pane.show_strip(UnlinkStrip(pane.bench, opened))

    def not_passed_on(self) -> None:
        """Say that nobody passed the open conversation on."""
        from app.intake.passing import was_not_passed_on  # noqa: PLC0415  few conversations were passed on

        pane, opened = self._pane, self._pane.here()
        if opened.passed is None:
            pane.frame.toast(tr("This conversation isn't marked as passed on."))
            return
        said = tr("{member}: no longer passed on by {name}.").format(
            member=text.name(opened.row.member or opened.row.title), name=text.name(opened.passed.by)
        )
        with undoable(pane.frame, said):
            was_not_passed_on(pane.bench.store, opened.row.id)

    def part(self, message: int = 0) -> None:
        """Ask which letter to part from the open conversation; by default the one that a reply would answer."""
        pane, opened = self._pane, self._pane.here()
        letters = [line for line in opened.lines if line.kind == "said"]
        if not opened.is_of_letters:
            pane.frame.toast(tr("Only letters can be parted from a conversation."))
            return
        if len(letters) < _TWO:
            pane.frame.toast(tr("There's only one message here: nothing to part it from."))
            return
        from ui.pages.inbox.join_strips import PartStrip  # noqa: PLC0415  loaded at first use

        pane.show_strip(PartStrip(pane, letters, message))
