"""What is decided about the open conversation, or about all that are marked: done, snoozed, unhappy, hard, labelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base import clock
from app.inbox import CHOICES, ConversationRow, until
from ui.frame.doing import did, doing, told
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.pane import Pane

_FOR_ONE = ("open", "reply", "template", "seen_valued", "handoff", "gift", "note", "moderate", "moderation_log")
"""Commands that mean one conversation: while several are marked they would be taken for all of them."""


class Deciding(QObject):
    """What the inbox page does with one conversation or several, each time one step to undo and one toast."""

    def __init__(self, page: Pane) -> None:
        """For this page."""
        super().__init__()
        self._page = page

    def targets(self) -> list[int]:
        """The marked conversations; the open one where none is marked."""
        opened = self._page.talk.opened
        return self._page.list.marks.ids() or ([opened.row.id] if opened is not None else [])

    def _rows(self) -> list[ConversationRow]:
        rows: list[ConversationRow] = self._page.bench.inbox.rows(self.targets())
        return rows

    def for_one(self) -> dict[str, Callable[[], object]]:
        """While others than the open one are marked, what says so for a command that means one; else {}."""
        opened, marked = self._page.talk.opened, self._page.list.marks.ids()
        alone = opened is not None and marked in ([], [opened.row.id])
        return {} if alone else dict.fromkeys(_FOR_ONE, self._say_one)

    def _say_one(self) -> None:
        one = "Another conversation is selected. Press Esc to clear the selection first."
        several = (
            "{0} conversations are selected, but this works on one at a time. Press Esc to clear the selection first."
        )
        self._page.frame.toast(text.counted(len(self._page.list.marks.ids()), one, several))

    def done(self) -> None:
        """Close them; where all of them are closed or put off, open them again. An unhappy one asks what solved it."""
        page, rows = self._page, self._rows()
        numbers = [row.id for row in rows]
        if all(row.state in ("done", "snoozed") for row in rows):
            with doing(page.frame, tr("Reopened.") if len(rows) == 1 else self._said("{0} reopened.", rows)):
                page.bench.inbox.reopen(numbers)
            return
        if len(rows) == 1 and (rows[0].unhappy or rows[0].hard):
            from ui.pages.inbox.strips import ReasonStrip  # noqa: PLC0415

            page.list.select_id(rows[0].id)  # it may be the only one marked while another one is open
            page.show_strip(ReasonStrip(page.bench, page.bench.inbox.open(rows[0].id)))
            return
        with doing(page.frame, tr("Done.") if len(rows) == 1 else self._said("{0} done.", rows)):
            page.bench.inbox.done(numbers)
            page.list.go_on()

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
        menu = LetterMenu(rows, title, self._page.window())
        menu.chosen.connect(self.snoozed)
        menu.popup_at(self._page.talk.done)

    def snoozed(self, letter: str) -> None:
        """Put them off until what the letter means."""
        key = next(choice.key for choice in CHOICES if choice.letter == letter)
        page, rows = self._page, self._rows()
        with doing(page.frame, tr("Snoozed.") if len(rows) == 1 else self._said("{0} snoozed.", rows)):
            page.bench.inbox.snooze([row.id for row in rows], until(key, clock.local(clock.now())))
            page.list.go_on()

    def unhappy(self) -> None:
        """Mark as unhappy, or no longer."""
        self._mark("unhappy", "Marked as unhappy.", "No longer unhappy.", "{0} marked as unhappy.",
                   "{0} no longer unhappy.")  # fmt: skip

    def hard(self) -> None:
        """Mark as a hard question, or no longer."""
        self._mark("hard", "Marked as difficult.", "No longer marked as difficult.",
                   "{0} marked as difficult.", "{0} no longer marked as difficult.")  # fmt: skip

    def _mark(self, mark: str, on: str, off: str, all_on: str, all_off: str) -> None:
        page, numbers = self._page, self.targets()
        with told(page.frame):
            before = page.bench.store.last_action
            now = page.bench.inbox.toggle(numbers, mark)
            did(page.frame, text.counted(len(numbers), on if now else off, all_on if now else all_off), before)

    def labels(self) -> None:
        """Ask for the labels."""
        from ui.pages.inbox.strips import LabelStrip  # noqa: PLC0415

        self._page.show_strip(LabelStrip(self._page.bench, self.targets()))

    @staticmethod
    def _said(words: str, rows: list[ConversationRow]) -> str:
        return tr(words).format(text.number(len(rows)))
