"""Commands on the open or marked conversations: done, snooze, unhappy, difficult, labels, hand-off."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from app.base import clock
from app.base.words import forms
from app.inbox import CHOICES, ConversationRow, until
from app.inbox.quiet import to_show_there
from app.inbox.several import closing_question
from ui.frame.doing import announce, show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.shared.act import Act, What

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.pages.inbox.asked import AskedQuestions
    from ui.pages.inbox.pane import Pane

_SINGLE_COMMANDS = (
    "open", "reply", "template", "seen_valued", "gift", "note", "moderate", "solution", "moderation_log",
    "correct", "withdraw", "react", "react_with",
)  # fmt: skip
"""Commands for one conversation; refused while others are marked, since they would seem to apply to all of them."""


def snoozed_words(count: int, key: str, at: int) -> str:
    """The toast for so many snoozed conversations: until when (Unix seconds), or until they reply."""
    if key == "reply":
        return text.counted(count, "Snoozed until they reply.", "{count} snoozed until they reply.")
    when = text.ahead(at, clock.now())
    return text.counted(count, "Snoozed until {when}.", "{count} snoozed until {when}.", when=when)


class Deciding(QObject):
    """Applies a command to one conversation or several, as one undo step with one toast."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane

    def targets(self) -> list[int]:
        """The ids of the marked conversations, or of the open one if none is marked."""
        opened = self._pane.opened
        return self._pane.marks.ids() or ([opened.row.id] if opened is not None else [])

    def _rows(self) -> list[ConversationRow]:
        rows: list[ConversationRow] = self._pane.bench.inbox.rows(self.targets())
        return rows

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        return {
            "done": self.done, "snooze": self.snooze, "labels": self.labels, "unhappy": self.unhappy, "hard": self.hard,
            "by_person": self.by_person,
            **(self._asked_questions.handlers() if self._pane.here().row.asked else {}),
        }  # fmt: skip

    @cached_property
    def _asked_questions(self) -> AskedQuestions:
        from ui.pages.inbox.asked import AskedQuestions  # noqa: PLC0415  loaded at first use

        return AskedQuestions(self._pane, self.targets)

    def refusals(self) -> dict[str, Callable[[], object]]:
        """Handlers that refuse the single-conversation commands while others than the open one are marked; else {}."""
        opened, marked = self._pane.opened, self._pane.marks.ids()
        alone = opened is not None and marked in ([], [opened.row.id])
        return {} if alone else dict.fromkeys(_SINGLE_COMMANDS, self._refuse)

    def _refuse(self) -> None:
        words = text.counted(
            len(self._pane.marks.ids()),
            "Another conversation is selected. Press Esc to clear the selection first.",
            "{count} conversations are selected, but this works on one at a time. "
            "Press Esc to clear the selection first.",
        )
        self._pane.frame.toast(words)

    def ask_menu(self, point: QPoint) -> None:
        """Show the menu of the row under the pointer, or of all that are marked."""
        self._pane.list.focus_rows()  # opens what a pause in typing would have opened: the menu is about that
        self._pane.frame.show_menu(point, several=len(self._pane.marks.ids()) > 1)

    def done(self) -> None:
        """Mark as done, or reopen if all are done or snoozed; ask how unhappy or difficult ones were solved."""
        pane, rows = self._pane, self._rows()
        if all(row.state in ("done", "snoozed") for row in rows):
            with undoable(pane.frame, text.counted(len(rows), "Reopened.", "{count} reopened.")):
                pane.bench.inbox.reopen([row.id for row in rows])
            return
        if any(row.unhappy or row.hard for row in rows):
            from ui.pages.inbox.strips import ReasonStrip  # noqa: PLC0415  here and below: loaded at first use

            if len(rows) == 1:
                pane.list.select_id(rows[0].id)  # the only marked one need not be the open one
            strip = ReasonStrip(pane.bench, rows)
            strip.rest.clicked.connect(partial(self._close_rest, rows))
            strip.finished.connect(partial(self._asked, [row.id for row in rows]))
            pane.show_strip(strip)
            return
        self._close([row.id for row in rows])

    def _close(self, numbers: Sequence[int]) -> None:
        pane, several = self._pane, self._pane.bench.inbox.several
        words = several_sentences(
            text.counted(len(numbers), "Done.", "{count} done."), several.draft_remark(numbers),
            several.promise_remark(numbers),
        )  # fmt: skip
        with undoable(pane.frame, words):
            pane.bench.inbox.done(numbers)
            pane.marks.leave(numbers)
            pane.list.go_on()

    def _close_rest(self, asked: Sequence[ConversationRow]) -> None:
        """Close only those of the ones `asked` about that need no reason; the others stay marked."""
        question = closing_question(asked)
        self._pane.close_strip()
        self._close([row.id for row in question.plain])
        self._pane.list.focus_rows()

    def _asked(self, numbers: Sequence[int], words: str) -> None:
        if words:
            self._pane.marks.leave(numbers)

    def by_person(self) -> None:
        """Take quiet conversations for a person's, or bring back what closed by itself, and remember who wrote there.

        Of spam the moderation strip asks.
        """
        pane, rows = self._pane, self._rows()
        if len(rows) == 1:
            pane.list.select_id(rows[0].id, keep=True)  # the only marked one need not be the open one
        lines = pane.opened.lines if pane.opened is not None and pane.opened.row.id in self.targets() else ()
        spam = to_show_there(len(rows), ((line.id, line.quiet) for line in lines))
        if spam is not None:
            pane.act(Act(What.MODERATE, message=spam, verb="show"))
            return
        back = all(row.closed_itself for row in rows)
        words = (
            text.counted(len(rows), "Brought back.", "{count} brought back.")
            if back
            else text.counted(len(rows), "Moved out of Quiet.", "{count} moved out of Quiet.")
        )
        with undoable(pane.frame, words):
            (pane.bench.intake.bring_back if back else pane.bench.intake.by_person)([row.id for row in rows])
            if pane.opened is not None:  # it leaves the list and stays open: they may be answered now
                pane.list.keep_open(pane.opened.row.id)

    def snooze(self) -> None:
        """Open the menu of snooze times, each with a letter."""
        from ui.widgets.lettermenu import LetterMenu  # noqa: PLC0415  as above

        now, hours = clock.local(clock.now()), self._pane.bench.settings.hours()
        rows = [
            (
                choice.letter,
                tr(choice.title),
                "" if choice.key == "reply" else text.day_and_time(until(choice.key, now, hours), clock.now()),
            )
            for choice in CHOICES
        ]
        many = len(self.targets())
        title = text.counted(many, "Snooze until", "Snooze {count} until")
        menu = LetterMenu(rows, title, self._pane.window())
        menu.chosen.connect(self.snoozed)
        menu.popup_at(self._pane.talk.done)

    def snoozed(self, letter: str) -> None:
        """Snooze until the time that the letter stands for."""
        key = next(choice.key for choice in CHOICES if choice.letter == letter)
        pane, numbers = self._pane, [row.id for row in self._rows()]
        with show_errors(pane.frame):
            before = pane.bench.store.last_action
            at = until(key, clock.local(clock.now()), pane.bench.settings.hours())
            outcome = pane.bench.inbox.several.snooze(numbers, at)
            pane.marks.leave(outcome.done)
            pane.list.go_on()
            words = snoozed_words(len(outcome.done), key, at)
            kept = pane.bench.inbox.several.draft_remark(outcome.done)
            announce(pane.frame, several_sentences(words, outcome.remark, kept), before)

    def unhappy(self) -> None:
        """Toggle the unhappy mark."""
        self._mark(
            "unhappy",
            forms("Marked as unhappy.", "{count} marked as unhappy."),
            forms("No longer unhappy.", "{count} no longer unhappy."),
        )

    def hard(self) -> None:
        """Toggle the difficult-question mark."""
        self._mark(
            "hard",
            forms("Marked as difficult.", "{count} marked as difficult."),
            forms("No longer marked as difficult.", "{count} no longer marked as difficult."),
        )

    def _mark(self, mark: str, on: tuple[str, str], off: tuple[str, str]) -> None:
        pane, numbers = self._pane, self.targets()
        with show_errors(pane.frame):
            before = pane.bench.store.last_action
            now = pane.bench.inbox.toggle(numbers, mark)
            announce(pane.frame, text.counted(len(numbers), *(on if now else off)), before)

    def labels(self) -> None:
        """Open the picker of labels."""
        from ui.pages.inbox.label_picker import LabelPicker  # noqa: PLC0415  as above

        LabelPicker(self._pane.window(), self._pane.frame, self.targets()).open()


def several_sentences(*sentences: str) -> str:
    """Those that say anything, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)
