"""What goes on between a member and others: whom they helped, who they are introduced to, and their quarrels."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base import clock
from app.introductions import standing
from app.introductions.words import of_member
from ui.frame.doing import show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.emptying import empty
from ui.widgets.flow import Flow
from ui.widgets.labels import Heading, Label, Rule
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.helping import Help
    from app.introductions import Introduction
    from ui.frame.page import Frame

TABLES = ("help", "no_help", "introduction", "quarrel", "quarrel_side")
"""What it shows is read from."""
_MOST_INTRODUCTIONS, _SHEET_WIDTH, _WORDS_CHARS = 3, 620, 160


class Helping(QWidget):
    """Hidden while there is nothing to tell. `outcome` asks for the words on what came of an introduction: its id."""

    outcome = Signal(int)

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Start hidden, until `show_member`."""
        super().__init__(parent)
        self._frame, self._bench = frame, frame.bench
        self.member = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.buttons: dict[str, ActionButton] = {}
        self.links: list[LinkButton] = []
        self.hide()

    def show_member(self, number: int) -> None:
        """Tell of a member by id."""
        self.member = number
        empty(self._column)
        self.buttons, self.links = {}, []
        lines = [*self._helped(), *self._introduced(), *self._quarrelled()]
        self.setVisible(bool(lines))
        if lines:
            for line in (Rule(), Heading(tr("Among members")), *lines):
                self._column.addWidget(line)

    def first_open(self) -> Introduction | None:
        """The latest introduction that waits for a word on what came of it; None if there is none."""
        made = self._bench.introductions.of_member(self.member)
        return next((one for one in made if one.introduced_at is not None and one.closed_at is None), None)

    # --- help

    def _helped(self) -> list[QWidget]:
        tally = self._bench.helps.tally(self.member)
        lines: list[QWidget] = []
        if tally.times:
            words = text.counted(tally.others, "Helped {count} other", "Helped {count} others")
            if tally.times > tally.others:
                words = text.counted(tally.times, "{helped}, {count} time", "{helped}, {count} times", helped=words)
            lines.append(self._link(words, self._show_given))
        if tally.received:
            words = text.counted(tally.received, "Was helped {count} time", "Was helped {count} times")
            lines.append(self._link(words, self._show_received))
        return lines

    def _link(self, words: str, do: Callable[[], object]) -> LinkButton:
        link = LinkButton(words)
        link.clicked.connect(do)
        self.links.append(link)
        return link

    def _show_given(self) -> None:
        found = self._bench.helps.listed(member_id=self.member)
        self._show_list(tr("Helped others"), found, [one.helped for one in found])

    def _show_received(self) -> None:
        found = self._bench.helps.received(self.member)
        self._show_list(tr("Was helped"), found, [one.helper for one in found])

    def _show_list(self, title: str, found: Sequence[Help], names: Sequence[str]) -> None:
        name = text.plain(self._bench.members.get(self.member).name)
        sheet = HelpSheet(self.window(), title, name, found, names)
        sheet.opened.connect(self._open)

    def _open(self, conversation: int) -> None:
        self._frame.go("inbox", conversation)

    # --- introductions

    def _introduced(self) -> list[QWidget]:
        now = clock.now()
        lines: list[QWidget] = []
        for made in self._bench.introductions.of_member(self.member)[:_MOST_INTRODUCTIONS]:
            words = of_member(made, self.member, now, text.name)
            lines.append(Label(words, "meta", wrap=True))
            steps = self._steps(made, now)
            if steps:
                lines.append(self._row(made.id, steps))
        return lines

    def _steps(self, made: Introduction, now: int) -> dict[str, tuple[str, Callable[[], object]]]:
        """The buttons of an introduction: titles, and what they do."""
        told, person = standing.state(made, now), made.person(self.member)
        steps: dict[str, tuple[str, Callable[[], object]]] = {}
        if told == standing.TO_INTRODUCE:
            steps["both"] = (tr("Introduce them"), partial(self._introduce, made.id))
        elif told == standing.TO_ASK and any(one.is_to_be_asked for one in made.people):
            steps["ask"] = (tr("Draft the question"), partial(self._ask, made.id))
        elif told == standing.TO_LOOK_AFTER:
            steps["outcome"] = (tr("What came of it"), partial(self.outcome.emit, made.id))
        elif told == standing.DECLINED:
            steps["close"] = (tr("Close it"), partial(self._close, made))
        if told in (standing.TO_ASK, standing.ASKED) and person is not None and not person.said:
            steps["yes"] = (tr("They said yes"), partial(self._note, made, yes=True))
            steps["no"] = (tr("They said no"), partial(self._note, made, yes=False))
        return steps

    def _row(self, number: int, steps: dict[str, tuple[str, Callable[[], object]]]) -> QWidget:
        holder = QWidget()
        flow = Flow(holder)
        for key, (title, do) in steps.items():
            button = ActionButton(title, height=26)
            button.clicked.connect(do)
            self.buttons.setdefault(key, button)
            flow.addWidget(button)
        holder.setObjectName(f"introduction {number}")
        return holder

    def _introduce(self, number: int) -> None:
        with show_errors(self._frame):
            begun = self._bench.introducing.introduce(number)
            self._frame.go("letter", ("draft", begun.drafts[0].id))

    def _ask(self, number: int) -> None:
        with show_errors(self._frame):
            begun = self._bench.introducing.ask_again(number)
            if begun.drafts:
                self._frame.go("letter", ("draft", begun.drafts[0].id))
            else:
                self._frame.toast(" ".join(begun.missing))

    def _note(self, made: Introduction, *, yes: bool) -> None:
        person = made.person(self.member)
        words = tr("{name} would like to meet {other}.") if yes else tr("{name} would rather not meet {other}.")
        name = text.name(person.name if person is not None else "")
        with undoable(self._frame, words.format(name=name, other=text.name(made.partner(self.member).name))):
            self._bench.introductions.note_word(made.id, self.member, yes=yes)

    def _close(self, made: Introduction) -> None:
        words = tr("No longer introducing {name} and {other}.")
        words = words.format(name=text.name(made.one.name), other=text.name(made.other.name))
        with undoable(self._frame, words):
            self._bench.introductions.close(made.id)

    # --- quarrels

    def _quarrelled(self) -> list[QWidget]:
        from app.quarrels.telling import head  # noqa: PLC0415  few members need it

        return [
            self._link(head(case, text.name), partial(self._open, case.conversation_id))
            for case in self._bench.quarrels.of_member(self.member)[:_MOST_INTRODUCTIONS]
        ]


class HelpSheet(Sheet):
    """The messages behind a count of help; `opened` carries the conversation of the one that was pressed."""

    opened = Signal(int)

    def __init__(self, parent: QWidget, title: str, name: str, found: Sequence[Help], names: Sequence[str]) -> None:
        """`names` are the other member of each."""
        super().__init__(parent, title, name, _SHEET_WIDTH)
        self.links: list[LinkButton] = []
        self.fill([self._entry(one, other) for one, other in zip(found, names, strict=True)])

    def _entry(self, one: Help, other: str) -> QWidget:
        entry = QWidget()
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(2)
        head = text.sentence(f"{text.embed(other)} · {text.stamp(one.at, clock.now())}")
        column.addWidget(Label(head, "meta", "text2"))
        link = LinkButton(text.short(one.words, _WORDS_CHARS), tone="text")
        link.setAccessibleName(f"{other}: {one.words}")
        link.clicked.connect(partial(self._pressed, one.conversation_id))
        self.links.append(link)
        column.addWidget(link)
        return entry

    def _pressed(self, conversation: int) -> None:
        self.close()
        self.opened.emit(conversation)
