"""What is decided about the open conversation, or about all that are marked: done, snoozed, unhappy, hard, labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base import clock
from app.inbox import CHOICES, ConversationRow, until
from ui.frame.doing import announce, show_errors, undoable
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.pane import Pane

_FOR_ONE = ("open", "reply", "template", "seen_valued", "handoff", "gift", "note", "moderate", "moderation_log")
"""Commands that mean one conversation: while several are marked they would be taken for all of them."""


class Deciding(QObject):
    """What the inbox page does with one conversation or several, each time one step to undo and one toast."""

    def __init__(self, pane: Pane) -> None:
        """For this page."""
        super().__init__()
        self._pane = pane

    def targets(self) -> list[int]:
        """The marked conversations; the open one where none is marked."""
        opened = self._pane.opened
        return self._pane.marks.ids() or ([opened.row.id] if opened is not None else [])

    def _rows(self) -> list[ConversationRow]:
        rows: list[ConversationRow] = self._pane.bench.inbox.rows(self.targets())
        return rows

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The commands for an open conversation."""
        return {
            "done": self.done, "snooze": self.snooze, "labels": self.labels, "unhappy": self.unhappy, "hard": self.hard,
        }  # fmt: skip

    def refusals(self) -> dict[str, Callable[[], object]]:
        """While others than the open one are marked, what says so for a command that means one; else {}."""
        opened, marked = self._pane.opened, self._pane.marks.ids()
        alone = opened is not None and marked in ([], [opened.row.id])
        return {} if alone else dict.fromkeys(_FOR_ONE, self._say_one)

    def _say_one(self) -> None:
        one = "Another conversation is selected. Press Esc to clear the selection first."
        several = (
            "{0} conversations are selected, but this works on one at a time. Press Esc to clear the selection first."
        )
        self._pane.frame.toast(text.counted(len(self._pane.marks.ids()), one, several))

    def done(self) -> None:
        """Close them; where all of them are closed or put off, open them again. An unhappy one asks what solved it."""
        pane, rows = self._pane, self._rows()
        numbers = [row.id for row in rows]
        if all(row.state in ("done", "snoozed") for row in rows):
            with undoable(pane.frame, tr("Reopened.") if len(rows) == 1 else self._said("{0} reopened.", rows)):
                pane.bench.inbox.reopen(numbers)
            return
        if len(rows) == 1 and (rows[0].unhappy or rows[0].hard):
            from ui.pages.inbox.strips import ReasonStrip  # noqa: PLC0415

            pane.list.select_id(rows[0].id)  # it may be the only one marked while another one is open
            pane.show_strip(ReasonStrip(pane.bench, pane.bench.inbox.open(rows[0].id)))
            return
        with undoable(pane.frame, tr("Done.") if len(rows) == 1 else self._said("{0} done.", rows)):
            pane.bench.inbox.done(numbers)
            pane.list.go_on()

    def snooze(self) -> None:
        """Ask until when, by letter."""
        from ui.widgets.lettermenu import LetterMenu  # noqa: PLC0415

        now = clock.local(clock.now())
        rows = [
            (
                choice.letter,
                tr(choice.title),
                "" if choice.key == "reply" else text.ahead(until(choice.key, now), clock.now()),
            )
            for choice in CHOICES
        ]
        many = len(self.targets())
        title = tr("Snooze until") if many == 1 else tr("Snooze {0} until").format(text.number(many))
        menu = LetterMenu(rows, title, self._pane.window())
        menu.chosen.connect(self.snoozed)
        menu.popup_at(self._pane.talk.done)

    def snoozed(self, letter: str) -> None:
        """Put them off until what the letter means."""
        key = next(choice.key for choice in CHOICES if choice.letter == letter)
        pane, rows = self._pane, self._rows()
        with undoable(pane.frame, tr("Snoozed.") if len(rows) == 1 else self._said("{0} snoozed.", rows)):
            pane.bench.inbox.snooze([row.id for row in rows], until(key, clock.local(clock.now())))
            pane.list.go_on()

    def unhappy(self) -> None:
        """Mark as unhappy, or no longer."""
        self._mark(
            "unhappy", "Marked as unhappy.", "No longer unhappy.", "{0} marked as unhappy.", "{0} no longer unhappy."
        )

    def hard(self) -> None:
        """Mark as a hard question, or no longer."""
        self._mark(
            "hard",
            "Marked as difficult.",
            "No longer marked as difficult.",
            "{0} marked as difficult.",
            "{0} no longer marked as difficult.",
        )

    def _mark(self, mark: str, on: str, off: str, all_on: str, all_off: str) -> None:
        pane, numbers = self._pane, self.targets()
        with show_errors(pane.frame):
            before = pane.bench.store.last_action
            now = pane.bench.inbox.toggle(numbers, mark)
            announce(pane.frame, text.counted(len(numbers), on if now else off, all_on if now else all_off), before)

    def labels(self) -> None:
        """Ask for the labels."""
        from ui.pages.inbox.strips import LabelStrip  # noqa: PLC0415

        self._pane.show_strip(LabelStrip(self._pane.bench, self.targets()))

    @staticmethod
    def _said(words: str, rows: list[ConversationRow]) -> str:
        return tr(words).format(text.number(len(rows)))
