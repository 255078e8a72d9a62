"""Commands on the open or marked conversations: done, snooze, unhappy, difficult, labels, hand-off."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from app.base.words import forms
from app.calendar.choices import OWN
from app.inbox import ConversationRow
from app.inbox.quiet import to_show_there
from app.inbox.several import closing_question
from ui.frame.doing import announce, show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.about import about
from ui.pages.inbox.in_run import go_on
from ui.shared.act import Act, What

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.pages.inbox.asked import AskedQuestions
    from ui.pages.inbox.pane import Pane

_SINGLE_COMMANDS = (
    "open", "reply", "template", "seen_valued", "gift", "note", "moderate", "solution", "moderation_log",
    "correct", "withdraw", "react", "react_with", "introduce",
)  # fmt: skip
"""Commands for one conversation; refused while others are marked, since they would seem to apply to all of them."""


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
            words = text.counted(len(rows), "Reopened: {name}.", "{count} reopened.", name=about(rows))
            with undoable(pane.frame, words):
                pane.bench.inbox.reopen([row.id for row in rows])
            return
        if closing_question(rows, pane.bench.inbox.several.owed([row.id for row in rows])).marked:
            from ui.pages.inbox.strips import ReasonStrip  # noqa: PLC0415  here and below: loaded at first use

            if len(rows) == 1:
                pane.list.select_id(rows[0].id)  # the only marked one need not be the open one
            strip = ReasonStrip(pane.bench, rows)
            strip.rest.clicked.connect(partial(self._close_rest, rows))
            strip.finished.connect(partial(self._asked, [row.id for row in rows]))
            pane.show_strip(strip)
            return
        self._close(rows)

    def _close(self, rows: Sequence[ConversationRow]) -> None:
        pane, several, numbers = self._pane, self._pane.bench.inbox.several, [row.id for row in rows]
        done = text.counted(len(rows), "Done: {name}.", "{count} done.", name=about(rows))
        words = several_sentences(done, several.draft_remark(numbers), several.promise_remark(numbers))
        with undoable(pane.frame, words):
            pane.bench.inbox.done(numbers)
            pane.marks.leave(numbers)
            go_on(pane, numbers)
            pane.kindness.handled([False] * len(numbers))

    def _close_rest(self, asked: Sequence[ConversationRow]) -> None:
        """Close only those of the ones `asked` about that need no reason; the others stay marked."""
        question = closing_question(asked, self._pane.bench.inbox.several.owed([row.id for row in asked]))
        self._pane.close_strip()
        self._close(question.plain)
        self._pane.list.focus_rows()

    def _asked(self, numbers: Sequence[int], words: str) -> None:
        if words:
            self._pane.marks.leave(numbers)
            go_on(self._pane, numbers)
            self._pane.kindness.handled([True] * len(numbers))

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
            text.counted(len(rows), "{name}: brought back.", "{count} brought back.", name=about(rows))
            if back
            else text.counted(len(rows), "{name}: moved out of Quiet.", "{count} moved out of Quiet.", name=about(rows))
        )
        with undoable(pane.frame, words):
            (pane.bench.intake.bring_back if back else pane.bench.intake.by_person)([row.id for row in rows])
            if pane.opened is not None:  # it leaves the list and stays open: they may be answered now
                pane.list.keep_open(pane.opened.row.id)

    def snooze(self) -> None:
        """Open the menu of snooze times, each with a letter."""
        from ui.shared.when import choose_snooze  # noqa: PLC0415  as above

        title = text.counted(len(self.targets()), "Snooze until", "Snooze {count} until")
        choose_snooze(title, self._pane.talk.snooze, self._pane.bench.dates, self.snoozed)

    def snoozed(self, letter: str) -> None:
        """Snooze until the time that the letter stands for, or ask for a date."""
        pane = self._pane
        if letter == OWN:
            from ui.pages.inbox.later import DateStrip  # noqa: PLC0415  rarely needed

            numbers = [row.id for row in self._rows()]
            take = partial(self._until_own_date, numbers)
            pane.show_strip(DateStrip(pane.bench.dates, tr("Snooze until"), tr("Snooze"), take, tuple(numbers)))
            return
        from ui.shared.when import snooze_meant  # noqa: PLC0415  loaded by now

        self._snooze_until([row.id for row in self._rows()], snooze_meant(pane.bench.dates, letter))

    def _until_own_date(self, numbers: list[int], at: int) -> None:
        self._pane.close_strip()
        self._snooze_until(numbers, at)

    def _snooze_until(self, numbers: list[int], at: int) -> None:
        pane = self._pane
        rows = [pane.bench.inbox.row(number) for number in numbers]
        with show_errors(pane.frame):
            before = pane.bench.store.last_action
            outcome = pane.bench.inbox.several.snooze(numbers, at)
            gone = [row for row in rows if row.id in outcome.done]
            pane.marks.leave(outcome.done)
            go_on(pane, outcome.done)
            from ui.shared.when import snoozed_words  # noqa: PLC0415  loaded by now

            words = snoozed_words(len(outcome.done), about(gone), at)
            kept = pane.bench.inbox.several.draft_remark(outcome.done)
            announce(pane.frame, several_sentences(words, outcome.remark, kept), before)

    def unhappy(self) -> None:
        """Toggle the unhappy mark."""
        self._mark(
            "unhappy",
            forms("{name}: marked as unhappy.", "{count} marked as unhappy."),
            forms("{name}: no longer unhappy.", "{count} no longer unhappy."),
        )

    def hard(self) -> None:
        """Toggle the difficult-question mark."""
        self._mark(
            "hard",
            forms("{name}: marked as difficult.", "{count} marked as difficult."),
            forms("{name}: no longer marked as difficult.", "{count} no longer marked as difficult."),
        )

    def _mark(self, mark: str, on: tuple[str, str], off: tuple[str, str]) -> None:
        pane, rows = self._pane, self._rows()
        with show_errors(pane.frame):
            before = pane.bench.store.last_action
            now = pane.bench.inbox.toggle([row.id for row in rows], mark)
            announce(pane.frame, text.counted(len(rows), *(on if now else off), name=about(rows)), before)

    def labels(self) -> None:
        """Open the picker of labels."""
        from ui.shared.label_picker import LabelPicker  # noqa: PLC0415  as above
        from ui.shared.labelled import Conversations  # noqa: PLC0415  as above

        pane, numbers = self._pane, self.targets()
        if numbers:
            labelled = Conversations(pane.bench, numbers, about(self._rows()))
            LabelPicker(pane.window(), pane.frame, labelled).open()


def several_sentences(*sentences: str) -> str:
    """Those that say anything, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)
