"""Strips that take the composer's place: hand off, write down a talk, labels, and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import UserError
from app.inbox import Opened
from ui import fonts, keys, text
from ui.text import tr
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.fields import Choice
from ui.widgets.labels import Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.workbench import Workbench

OCCASIONS = (
    ("thank_you", "Thank you"), ("made_right", "Made it right"), ("surprise", "Surprise"), ("milestone", "Milestone"),
    ("winner", "Winner"), ("birthday", "Birthday"),
)  # fmt: skip
GIFT_STATES = (
    ("idea", "Idea"),
    ("approved", "Approved"),
    ("to_ship", "To ship"),
    ("shipped", "Shipped"),
    ("thanked", "Thanked"),
)
KINDS = (
    ("problem", "Problem"), ("question", "Question"), ("feedback", "Feedback"), ("legal", "Legal"), ("press", "Press"),
    ("product", "Product"),
)  # fmt: skip


class Strip(QWidget):
    """A small form above the window's foot: Ctrl+Enter does it, Esc closes it."""

    finished = Signal(str)
    """What was done, in words; "" when it was closed without."""

    def __init__(self, title: str, icon: str, action: str, tone: str = "") -> None:
        """`action` is on the button that does it."""
        super().__init__()
        keys.make_form(self)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 0, 16, 16)
        box = Panel(edge="control", radius=10, margin=14)
        box.column.setSpacing(10)
        outer.addWidget(box)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon(icon, tone or "text2", 16))
        head.addWidget(Label(title, "strong"))
        head.addStretch(1)
        close = LinkButton(tr("Close (Esc)"), tone="text2")
        close.clicked.connect(self.close_strip)
        head.addWidget(close)
        box.column.addLayout(head)
        self.form = QGridLayout()
        self.form.setHorizontalSpacing(10)
        self.form.setVerticalSpacing(8)
        box.column.addLayout(self.form)
        self.wrong = Label("", "meta", "danger", wrap=True)
        self.wrong.hide()
        self.aside = Label("", "meta", "text2", wrap=True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.aside, 1)
        go = ActionButton(action, key="Ctrl ↵", kind="delight" if tone == "delight" else "primary", height=32)
        go.clicked.connect(self.act)
        foot.addWidget(go)
        box.column.addWidget(self.wrong)
        box.column.addLayout(foot)

    def field(self, label: str, widget: QWidget, row: int, column: int, span: int = 1) -> None:
        """Add a named field."""
        named = Label(label, "meta", "text2")
        named.setBuddy(widget)
        widget.setAccessibleName(label)
        self.form.addWidget(named, row * 2, column, 1, span)
        self.form.addWidget(widget, row * 2 + 1, column, 1, span)
        self.form.setColumnStretch(column, 1)

    def start(self) -> None:
        """Called where it opens on a page: put the keys into its first field."""

    def act(self) -> None:
        """Do it; what is missing is said in the strip and nothing is lost."""
        try:
            done = self.do()
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.finished.emit(done)

    def do(self) -> str:
        """Do it and say what was done; raises UserError."""
        raise NotImplementedError

    def close_strip(self) -> None:
        """Close without doing anything."""
        self.finished.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Ctrl+Enter does it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act()
            return
        super().keyPressEvent(event)


class ReasonStrip(Strip):
    """Closing an unhappy or hard conversation asks what solved it."""

    def __init__(self, bench: Workbench, opened: Opened) -> None:
        """Enter takes "solved"."""
        super().__init__(tr("Is it solved?"), "frown" if opened.row.unhappy else "circle-question-mark", tr("Done"))
        self._bench, self._number = bench, opened.row.id
        self.reason = QLineEdit(tr("Solved"))
        self.field(tr("Solved, or why it may rest"), self.reason, 0, 0)
        self.aside.setText(tr("Esc leaves it open."))
        self.reason.selectAll()

    def do(self) -> str:
        """Close it with the reason."""
        self._bench.inbox.done([self._number], reason=self.reason.text().strip())
        return tr("Done")


class LabelStrip(Strip):
    """Labels as words with commas between them, of one conversation or of several."""

    def __init__(self, bench: Workbench, numbers: Sequence[int]) -> None:
        """Start with those that all of them have; the others stay as they are."""
        many = len(numbers)
        super().__init__(
            tr("Labels") if many == 1 else tr("Labels of {0} conversations").format(text.number(many)), "tag",
            tr("Label") if many == 1 else tr("Label {0}").format(text.number(many)),
        )  # fmt: skip
        self._bench, self._numbers = bench, numbers
        self._had, some = bench.inbox.shared_labels(numbers)
        self.names = QLineEdit(", ".join(self._had))
        self.field(tr("Labels, with commas between"), self.names, 0, 0)
        known = _names(bench.inbox.all_labels()[:24])
        said = tr("There are: {0}").format(known) if known else tr("A new word makes a new label.")
        self.aside.setText(tr("On only some of them: {0}. {1}").format(_names(some), said) if some else said)

    def do(self) -> str:
        """Put on what was added, take off what was taken out; one step to undo."""
        wanted, had = {name.strip() for name in self.names.text().split(",") if name.strip()}, set(self._had)
        self._bench.inbox.label(self._numbers, sorted(wanted - had), sorted(had - wanted))
        return text.counted(len(self._numbers), "Labels changed", "Labels changed on {0} conversations")


def _names(labels: Iterable[str]) -> str:
    return ", ".join(text.isolate(text.plain(name)) for name in labels)


class NoteStrip(Strip):
    """What a member said face to face, on the telephone, in the hallway."""

    def __init__(self, bench: Workbench, member_id: int, member: str) -> None:
        """For this member, today."""
        super().__init__(
            tr("Heard in person from {0}").format(text.isolate(text.plain(member))), "hand", tr("Write down")
        )
        self._bench, self._member = bench, member_id
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(fonts.px(72))
        self.place, self.day = QLineEdit(), QLineEdit(date.today().isoformat())  # noqa: DTZ011  the person's own day
        self.field(tr("What was said"), self.words, 0, 0, 2)
        self.field(tr("Where"), self.place, 1, 0)
        self.field(tr("Day"), self.day, 1, 1)

    def do(self) -> str:
        """Keep it in the member's history."""
        self._bench.in_person.note(self._member, self.words.toPlainText(), self.place.text(), self.day.text())
        return tr("Written down")


class HandoffStrip(Strip):
    """Hand a conversation to a teammate, with an ask and a date; the likeliest teammate stands first."""

    def __init__(self, bench: Workbench, opened: Opened) -> None:
        """Asks for little: who, what, until when."""
        super().__init__(tr("Hand to a teammate"), "arrow-right-left", tr("Hand off"))
        self._bench, self._opened = bench, opened
        said = " ".join(
            [opened.row.title, *(line.text for line in opened.lines[-4:] if line.kind == "said" and not line.out)]
        )
        likely = bench.teammates.likeliest(said, opened.row.language)
        first = [one.teammate.id for one in likely]
        everyone = {mate.id: mate for mate in bench.teammates.all()}
        order = [*first, *(number for number in everyone if number not in first)]
        self.whom = Choice([(str(number), self._named(everyone[number])) for number in order if number in everyone])
        self.kind = Choice([(key, tr(words)) for key, words in KINDS], "problem" if opened.row.unhappy else "question")
        self.ask = QLineEdit()
        self.ask.setPlaceholderText(tr("What they should find out or do"))
        week = date.today() + timedelta(days=2)  # noqa: DTZ011  the person's own day
        self.needed = QLineEdit(week.isoformat())
        self.field(tr("To"), self.whom, 0, 0, 2)
        self.field(tr("Kind"), self.kind, 0, 2)
        self.field(tr("Needed by"), self.needed, 0, 3)
        self.field(tr("Ask"), self.ask, 1, 0, 4)
        if not everyone:
            self.aside.setText(tr("There is no teammate yet: add one on the Hand-offs page."))

    @staticmethod
    def _named(mate: object) -> str:
        team = getattr(mate, "team", "")
        return f"{getattr(mate, 'name', '')}, {team}" if team else str(getattr(mate, "name", ""))

    def do(self) -> str:
        """Hand it off."""
        whom = self.whom.key()
        if not whom:
            msg = tr("Add a teammate on the Hand-offs page first, then hand this over.")
            raise UserError(msg)
        self._bench.handoffs.add(
            self._opened.row.id, int(whom), self.ask.text(), kind=self.kind.key(), needed_by=self.needed.text().strip()
        )
        return tr("Handed off")
