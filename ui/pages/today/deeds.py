"""What can be done with a row of Today: open it, done, snooze, not today, and begin with the first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.base import clock
from app.calendar.choices import OWN
from app.today import Day, GroupRow, Step, Thing
from app.today.queue import CONVERSATION, GIFTS, PROMISE
from ui.commands.in_use import keymap
from ui.frame.doing import announce, show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.shared.run_step import show_step

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.stopwatch import Stopwatch


GREETED = ("birthday", "name_day")
"""Notes of rows that open a message to the member at once: there is nothing else to do about them."""


class Deeds(QObject):
    """Acts on rows through the frame and the desks; `read` is called when the day has changed by it."""

    def __init__(self, frame: Frame, bench: Workbench, stopwatch: Stopwatch, read: Callable[[], object]) -> None:
        """Nothing is done yet. `stopwatch` times the row that is chosen."""
        super().__init__()
        self._stopwatch = stopwatch
        self._frame, self._bench, self._read = frame, bench, read

    def open(self, thing: Thing) -> None:
        """Show where it is done: its conversation, else its own page."""
        show_step(self._frame, Step(thing.noun, thing.id, thing.conversation_id, thing.member_id))

    def open_group_row(self, row: GroupRow) -> None:
        """Show what a row of a group is about."""
        if row.noun == "draft":
            self._frame.go("inbox", row.id)
            self._frame.run("reply")
        elif row.noun == "letter":
            self._frame.go("letter", ("draft", row.id))
        elif row.noun == "fact":
            self._frame.go("facts", row.id)
        elif row.noun == "told":
            self._put_right(row)
        elif row.noun == "member" and row.note in GREETED:
            self._frame.go("letter", ("member", row.id))
        elif row.noun == "member":
            self._frame.go("members", row.id)
        else:
            show_step(self._frame, Step(row.noun, row.id, row.conversation_id, row.member_id))

    def _put_right(self, row: GroupRow) -> None:
        """Begin the reply that puts right what somebody was told, or tells the news, and go on with it."""
        with show_errors(self._frame):
            begun = self._bench.righting.draft(row.id)
            self._frame.go("inbox", ("answer", begun.conversation_id, row.member_id))
            self._frame.run("reply")

    def show_group(self, place: str | tuple[str, str]) -> None:
        """Show the page with all rows of a group."""
        if isinstance(place, str):
            self._frame.go(place)
        else:
            self._frame.go(*place)

    def write_to(self, row: GroupRow) -> None:
        """Reply where a member wrote, else begin a message to them."""
        if row.conversation_id is not None:
            self._frame.go("inbox", row.conversation_id)
            self._frame.run("reply")
        else:
            self._frame.go("letter", ("member", row.member_id))

    def put_off_person(self, row: GroupRow) -> None:
        """Take a member out of today's groups."""
        with undoable(self._frame, tr("Not today: {name}. It's back tomorrow.").format(name=text.name(row.who))):
            self._bench.today.put_off_member(row.member_id or 0)
        self._read()

    def let_be(self, row: GroupRow) -> None:
        """Ask no more after a member, until they write again."""
        with undoable(
            self._frame, tr("{name} won't be listed as quiet again until they write.").format(name=text.name(row.who))
        ):
            self._bench.today.let_be(row.member_id or 0)
        self._read()

    def open_talk(self, number: int) -> None:
        """Show a conversation by its id."""
        self._frame.go("inbox", number)

    def start(self, day: Day) -> None:
        """Begin with the first of what fits; the inbox goes on with the next."""
        run = self._bench.today.start(day.queue)
        first = run.first()
        if first is not None:
            show_step(self._frame, first)

    def done(self, thing: Thing) -> None:
        """Mark it as done; what needs more than that is opened where it is asked for."""
        if thing.noun == CONVERSATION:
            self._close(thing)
        elif thing.noun == PROMISE:
            with undoable(self._frame, tr("Promise kept: {promise}").format(promise=text.embed(thing.what))):
                self._bench.promises.keep(thing.id)
                self._stopwatch.done(thing.kind, thing.conversation_id)
        elif thing.noun == GIFTS and thing.detail == "to_thank":
            words = tr("Thanked: {item} for {name}.").format(item=text.embed(thing.what), name=text.name(thing.who))
            with undoable(self._frame, words):
                self._bench.gifts.advance(thing.id)
                self._stopwatch.done(thing.kind, thing.conversation_id)
        else:
            self.open(thing)
            return
        self._read()

    def promise(self, thing: Thing) -> None:
        """Ask what is promised where the thing is done: in its conversation, else on the member's page."""
        if thing.conversation_id is not None:
            self._frame.go("inbox", thing.conversation_id)
        else:
            self._frame.go("members", thing.member_id)
        self._frame.run("promise")

    def _close(self, thing: Thing) -> None:
        row = self._bench.inbox.row(thing.id)
        if row.unhappy or row.hard:  # how it was solved is asked for there
            self._frame.go("inbox", row.id)
            self._frame.run("done")
            return
        with undoable(self._frame, text.tr("Done: {name}.").format(name=text.name(row.member or row.title))):
            self._bench.inbox.done([row.id])
            self._bench.today.run.leave([row.id])

    def put_off(self, thing: Thing) -> None:
        """Take it out of today."""
        with undoable(self._frame, tr("Not today: {name}. It's back tomorrow.").format(name=text.name(thing.who))):
            self._bench.today.put_off(thing)
        self._read()

    def snooze(self, thing: Thing, beside: QWidget) -> None:
        """Open the menu of times to snooze its conversation until, each with a letter."""
        from ui.shared.when import choose_snooze  # noqa: PLC0415  loaded at first use

        title = text.counted(1, "Snooze until", "Snooze {count} until")
        choose_snooze(title, beside, self._bench.dates, partial(self._snoozed, thing))

    def _snoozed(self, thing: Thing, letter: str) -> None:
        from ui.shared.when import snooze_meant, snoozed_words  # noqa: PLC0415  loaded by now

        number = thing.conversation_id
        if number is None:
            return
        if letter == OWN:  # any date is asked for there
            self._frame.go("inbox", ("snooze", number))
            return
        at = snooze_meant(self._bench.dates, letter)
        with show_errors(self._frame):
            before = self._bench.store.last_action
            self._bench.inbox.snooze([number], at)
            self._bench.today.run.leave([number])
            words = snoozed_words(1, text.name(thing.who), at)
            announce(self._frame, words, before)
        self._read()

    def show_shelf(self) -> None:
        """Show all kind words."""
        from ui.pages.today.shelf import Shelf  # noqa: PLC0415  loaded at first use

        kept = self._bench.kind_words.every()
        shelf = Shelf(self._frame.window(), kept, keymap().name("kind_word"), clock.now())
        shelf.opened.connect(self.open_talk)
