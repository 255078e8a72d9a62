"""Strips that add to a conversation: a gift, a hand-off, a note, and the dialog for a message by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.pane import Pane


class Adding(QObject):
    """Opens the strip or dialog for each command; the form saves by itself."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        return {
            "gift": self._gift, "handoff": self._handoff, "introduce": self._introduce, "note": self._note,
            "promise": self._promise, "ask_first": self._ask_first,
        }  # fmt: skip

    def _gift(self) -> None:
        from ui.shared.gift import GiftStrip  # noqa: PLC0415  here and below: loaded at first use

        self._pane.show_strip(GiftStrip(self._pane.bench, self._pane.here()))

    def _handoff(self) -> None:
        marked = self._pane.marks.ids()
        if len(marked) > 1:
            from ui.pages.inbox.handing_over import HandOverStrip  # noqa: PLC0415  as above

            self._pane.show_strip(HandOverStrip(self._pane.bench, self._pane.bench.inbox.rows(marked)))
            return
        if marked:
            self._pane.list.select_id(marked[0])  # the only marked one need not be the open one
        from ui.shared.handoff import HandoffStrip  # noqa: PLC0415  as above

        self._pane.show_strip(HandoffStrip(self._pane.bench, self._pane.here()))

    def _ask_first(self) -> None:
        """Ask whether the reply may be sent that a rule stops; say so if none does, or somebody is asked already."""
        words = self._pane.composer.words
        words.check()
        finding = words.voice.stopped()
        if finding is None:
            self._pane.frame.fail(words.voice.waiting() or tr("No rule of the voice guide stops this reply."))
            return
        from ui.pages.inbox.asking import AskFirstStrip  # noqa: PLC0415  as above

        self._pane.composer.keep()
        strip = AskFirstStrip(self._pane.bench, words.draft(), finding)
        strip.finished.connect(words.check)
        self._pane.show_strip(strip)

    def _introduce(self) -> None:
        """Name the helper to whoever wrote, and hand off, in one step."""
        from ui.shared.handoff import HandoffStrip  # noqa: PLC0415  as above

        self._pane.show_strip(HandoffStrip(self._pane.bench, self._pane.here(), introduce=True))

    def hand_off_to(self, teammate_id: int) -> None:
        """Open the strip for a hand-off of the open conversation, with this teammate chosen."""
        from ui.shared.handoff import HandoffStrip  # noqa: PLC0415  as above

        strip = HandoffStrip(self._pane.bench, self._pane.here())
        strip.whom.set_key(str(teammate_id))
        self._pane.show_strip(strip)

    def _promise(self) -> None:
        from ui.shared.promise import PromiseStrip, people_of  # noqa: PLC0415  as above

        opened = self._pane.here()
        people = people_of(self._pane.bench, opened)
        if not people:
            self._pane.frame.fail(tr("Nobody but us has written here yet."))
            return
        self._pane.show_strip(PromiseStrip(self._pane.bench, people, opened.row.id))

    def drop_promise(self, promise: int) -> None:
        """Open the strip that asks why a promise is dropped."""
        from ui.shared.promise import DropStrip  # noqa: PLC0415  as above

        self._pane.show_strip(DropStrip(self._pane.bench, promise))

    def _note(self) -> None:
        from ui.shared.note import NoteStrip  # noqa: PLC0415  as above

        row = self._pane.here().row
        if row.member_id is None:
            self._pane.frame.fail(tr("Nobody but us has written here yet."))
            return
        self._pane.show_strip(NoteStrip(self._pane.bench, row.member_id, row.member))

    def write_down(self) -> None:
        """Open the dialog that adds a message by hand; works with no conversation open too."""
        from ui.dialogs.write_down import ask  # noqa: PLC0415  as above

        ask(self._pane.frame, opened=self._pane.opened)
