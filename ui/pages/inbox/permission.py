"""Permission for what members made: the command on the message that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.errors import UserError
from ui.frame.doing import show_errors
from ui.look.text import tr

if TYPE_CHECKING:
    from app.inbox import Line
    from ui.pages.inbox.pane import Pane


class Permission(QObject):
    """Asks for permission, or notes what was said: whichever is next."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane

    def go_on(self) -> None:
        """Note the answer that has come; else go on with what was noted there, or ask for the message that is read.

        For another message of a conversation in which something is noted, there is the message's menu.
        """
        works, talk = self._pane.bench.works, self._pane.here().row.id
        with show_errors(self._pane.frame):
            awaited = works.awaited(talk) if works.any() else []
            if awaited:
                self._said(awaited[0][0].id, awaited[0][1])
                return
            message = self._read()
            here = [work for work in works.to_settle(talk) if work.conversation_id == talk] if works.any() else []
            if here and not works.of_message(message):
                message = here[0].message_id or message
            self.about(message)

    def about(self, message: int) -> None:
        """Ask for what this message brought; note what they said of a work that was asked for."""
        with show_errors(self._pane.frame):
            known = next(iter(self._pane.bench.works.of_message(message)), None)
            if known is not None and known.state != "noted":
                self._said(known.id, None)
                return
            from ui.shared.permission import AskStrip  # noqa: PLC0415  loaded at first use

            strip = AskStrip(self._pane.bench, message)
            strip.begun.connect(self._show_draft)
            self._pane.show_strip(strip)

    def _said(self, number: int, message: int | None) -> None:
        from ui.shared.permission import SaidStrip  # noqa: PLC0415  loaded at first use

        self._pane.show_strip(SaidStrip(self._pane.bench, self._pane.bench.works.get(number), message))

    def _read(self) -> int:
        """The message of theirs that is read, else their latest with a file, else their latest. Raises UserError."""
        line = self._pane.talk.story.being_read()
        if line is not None and _is_theirs(line):
            return line.id
        theirs = [one for one in self._pane.here().lines if _is_theirs(one)]
        if not theirs:
            raise UserError(tr("Nobody but us has written here yet."))
        return next((one.id for one in reversed(theirs) if one.files), theirs[-1].id)

    def _show_draft(self, talk: int) -> None:
        self._pane.frame.go("inbox", talk)
        self._pane.frame.show_again((talk,))


def _is_theirs(line: Line) -> bool:
    return not line.out and line.kind in ("said", "offline") and not line.gone
