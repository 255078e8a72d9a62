"""The column beside the timeline: identities, promises, gifts, the note, and other details."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.members import Card, Member
from app.members.card import GiftLine
from app.promises import Promise
from app.works import STATE_NAMES, Work, standing
from ui.look import icons, money, text
from ui.look.text import tr
from ui.pages.members.facts import facts, warnings
from ui.shared import channel_names, gift_state
from ui.shared.note_field import NoteField
from ui.shared.promised import in_time_words
from ui.widgets.avatar import Icon
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.emptying import empty
from ui.widgets.labels import ElidedLabel, Heading, Label, Rule
from ui.widgets.panels import Scroll

WIDE = 196
_NOTE_CHARS, _WHOLE_CHARS = 60, 300
_UNBROKEN = 16
"""Letters of a word that a narrow column still takes whole."""


class _Line(QWidget):
    """An icon and a line of text, with grey text below or at the right; `whole` words take the lines they need."""

    def __init__(
        self, icon: str, tone: str, words: str, *, under: str = "", aside: str = "", whole: bool = False
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        if whole:
            label = Label(text.breakable(text.short(words, _WHOLE_CHARS), _UNBROKEN), "meta", weight=500, wrap=True)
            label.setToolTip(text.tooltip(words))
            column.addWidget(label)
        else:
            column.addWidget(ElidedLabel(words, "meta", weight=500))
        if under:
            column.addWidget(ElidedLabel(under, "meta", "text2"))
        row.addLayout(column, 1)
        if aside:
            row.addWidget(Label(aside, "meta", "text2"), 0, Qt.AlignmentFlag.AlignTop)
        self.row = row
        self.setAccessibleName(", ".join(part for part in (words, under, aside) if part))


class Aside(Scroll):
    """`kept` carries the id of the kept promise, `noted` the new note; `edit` and `merge` ask for those forms."""

    kept = Signal(object)
    dropped = Signal(int)
    """A promise is to be dropped, for a reason that is asked for; carries its id."""
    noted = Signal(str)
    edit = Signal()
    merge = Signal()
    label = Signal()
    """Labels are to be put on or taken off."""
    note_asked = Signal(object)
    """A dated note is to be written, or with its id changed."""

    def __init__(self) -> None:
        """Start empty, until `show_card`."""
        super().__init__((0, 2, 0, 12), 8)
        self.setAccessibleName(tr("About this member"))
        self._note = NoteField()
        self._note.left.connect(self.keep_note)
        self._kept_note = ""
        self._parts = QVBoxLayout()
        self._parts.setSpacing(8)
        self.column.addLayout(self._parts)
        self.column.addWidget(Rule())
        self.column.addWidget(Heading(tr("Note")))
        self.column.addWidget(self._note)
        self._dated = QVBoxLayout()
        self._dated.setSpacing(4)
        self.column.addLayout(self._dated)
        self._about = QVBoxLayout()
        self._about.setSpacing(4)
        self.column.addLayout(self._about)
        self.column.addStretch(1)

    @property
    def note(self) -> NoteField:
        """The note's text field."""
        return self._note

    def show_card(self, card: Card, works: Sequence[Work] = (), *, same: bool) -> None:
        """Show a member with their works; a note being typed is kept if it is the `same` member as before."""
        if not (same and self._note.toPlainText() != self._kept_note):
            self._note.setPlainText(card.member.note)
        self._kept_note = card.member.note
        empty(self._parts)
        empty(self._about)
        empty(self._dated)
        self._warnings(card.member)
        self._identities(card.member)
        self._labels(card)
        self._notes(card)
        self._promised(card.promises)
        self._in_time(card)
        self._gifts(card)
        self._works(works)
        self._details(card)

    def keep_note(self) -> None:
        """Emit `noted` if the note was changed."""
        typed = self._note.toPlainText().strip()
        if typed != self._kept_note.strip():
            self._kept_note = typed
            self.noted.emit(typed)

    def _identities(self, member: Member) -> None:
        count = str(len(member.identities)) if member.identities else ""
        head = Heading(tr("Identities"), count=count, aside=tr("Merge"), link=True)
        head.activated.connect(self.merge)
        self._parts.addWidget(head)
        for identity in member.identities:
            since = f", {_since(identity.first_at)}" if identity.first_at else ""
            self._parts.addWidget(
                _Line(
                    icons.for_channel(identity.kind),
                    "text2",
                    identity.handle or identity.name,
                    under=channel_names.short(identity.kind) + since,
                )
            )
        if not member.identities:
            self._parts.addWidget(Label(tr("Added with their first message."), "meta", "text2", wrap=True))

    def _warnings(self, member: Member) -> None:
        """What must not be forgotten about them stands above everything else."""
        for words in warnings(member):
            self._parts.addWidget(_Warning(words))

    def _labels(self, card: Card) -> None:
        head = Heading(tr("Labels"), aside=tr("Edit"), link=True)
        head.activated.connect(self.label)
        self._parts.addWidget(Rule())
        self._parts.addWidget(head)
        if card.labels:
            self._parts.addWidget(Label(", ".join(map(text.plain, card.labels)), "meta", wrap=True))

    def _notes(self, card: Card) -> None:
        head = Heading(tr("Dated notes"), aside=tr("Add"), link=True)
        head.activated.connect(lambda: self.note_asked.emit(None))
        self._dated.addSpacing(4)
        self._dated.addWidget(head)
        today = clock.local(clock.now()).date()
        for note in card.notes:
            day = text.day(clock.local(note.at).date(), today)
            line = _NoteLine(note.id, day, text.short(note.text, _NOTE_CHARS))
            line.chosen.connect(self.note_asked)
            self._dated.addWidget(line)

    def _promised(self, promises: tuple[Promise, ...]) -> None:
        pending = [promise for promise in promises if promise.kept_at is None and not promise.dropped_why]
        if not pending:
            return
        self._parts.addWidget(Rule())
        self._parts.addWidget(Heading(tr("Promised"), count=tr("{count} open").format(count=len(pending)), tone="warn"))
        today = clock.local(clock.now()).date()
        for promise in pending:
            due = date.fromisoformat(promise.due_on) if promise.due_on else None
            late = due is not None and due < today
            line = _Line(
                "circle-dot", "danger" if late else "warn", promise.what, under=due_words(due, today), whole=True
            )
            button = _KeptButton(promise.id)
            button.kept.connect(self.kept)
            line.row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            drop = _DropButton(promise.id)
            drop.dropped.connect(self.dropped)
            line.row.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
            self._parts.addWidget(line)

    def _in_time(self, card: Card) -> None:
        said = in_time_words(card.in_time)
        if said:
            self._parts.addWidget(Label(said, "meta", "text2", wrap=True))

    def _gifts(self, card: Card) -> None:
        if not card.gifts:
            return
        sums = " + ".join(money.display(amount, currency) for currency, amount in card.gift_year)
        self._parts.addWidget(Rule())
        self._parts.addWidget(Heading(tr("Gifts"), aside=tr("{sums} this year").format(sums=sums) if sums else ""))
        now = clock.now()
        for gift in card.gifts:
            self._parts.addWidget(_gift(gift, now))

    def _works(self, works: Sequence[Work]) -> None:
        if not works:
            return
        self._parts.addWidget(Rule())
        self._parts.addWidget(Heading(tr("Made by them"), count=str(len(works))))
        for work in works:
            tone = "ok" if standing(work) == "granted" else "text2"
            self._parts.addWidget(_Line("camera", tone, work.title, under=permission(work)))

    def _details(self, card: Card) -> None:
        head = Heading(tr("Details"), aside=tr("Edit"), link=True)
        head.activated.connect(self.edit)
        self._about.addSpacing(4)
        self._about.addWidget(Rule())
        self._about.addWidget(head)
        for title, value in facts(card):
            self._about.addWidget(Label(title, "badge", "text2", weight=400))
            label = Label(value, "meta", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._about.addWidget(label)


class _Warning(QWidget):
    """What must not be forgotten, whole, however long its reason is."""

    def __init__(self, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("hand", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, "meta", weight=500, wrap=True), 1)
        self.setAccessibleName(words)


class _NoteLine(QWidget):
    """A dated note: its day, and its words as a link that opens it."""

    chosen = Signal(object)

    def __init__(self, note: int, day: str, words: str) -> None:
        super().__init__()
        self._note = note
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(day, "badge", "text2", weight=400))
        link = LinkButton(words, tone="text")
        link.setAccessibleName(tr("{day}: {words}").format(day=day, words=words))
        link.clicked.connect(lambda: self.chosen.emit(self._note))
        column.addWidget(link)


class _DropButton(IconButton):
    """The button that asks why a promise is dropped."""

    dropped = Signal(int)

    def __init__(self, promise: int) -> None:
        super().__init__("x", tr("Drop it: you can't keep this promise"), size=26, glyph=14)
        self._promise = promise
        self.clicked.connect(self._press)

    def _press(self) -> None:
        self.dropped.emit(self._promise)


class _KeptButton(IconButton):
    """The button that marks a promise as kept."""

    kept = Signal(object)

    def __init__(self, promise: int) -> None:
        super().__init__("check", tr("Mark as kept: the member has been told"), size=26, glyph=14)
        self._promise = promise
        self.clicked.connect(self._press)

    def _press(self) -> None:
        self.kept.emit(self._promise)


def _gift(gift: GiftLine, now: int) -> QWidget:
    thanked = gift.state in ("thanked", "story")
    aside = text.age(gift.at, now) if thanked else gift_state.words(gift.state)
    return _Line("heart" if thanked else "package", "delight", gift.item, aside=aside)


def permission(work: Work) -> str:
    """Where a work's permission stands: "permission until 22 Dec"."""
    if work.state == "granted" and work.until_on:
        ended = standing(work) == "expired"
        sentence = tr("permission ended on {day}") if ended else tr("permission until {day}")
        return sentence.format(day=text.iso_day(work.until_on))
    return tr(STATE_NAMES[standing(work)])


def due_words(due: date | None, today: date) -> str:
    """When a promise is due: "overdue since 14 Oct", "due Friday"; "" without a date."""
    if due is None:
        return ""
    day = text.day(due, today)
    return tr("overdue since {day}").format(day=day) if due < today else tr("due {day}").format(day=day)


def _since(at: int) -> str:
    return tr("since {year}").format(year=clock.local(at).year)
