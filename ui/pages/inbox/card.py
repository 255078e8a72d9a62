"""The member card beside a conversation: name and figures, promises, gifts, history, a note."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.base.words import form
from app.members import Card
from ui.look import fonts, icons, money, text
from ui.look.mirror import turn
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.inbox.name_link import NameLink
from ui.shared.member_figures import ANSWERED, TOOK_PART, figures_line
from ui.shared.promised import in_time_words
from ui.widgets import paint
from ui.widgets.avatar import Avatar, Chip, Icon
from ui.widgets.buttons import LINK_INSET, IconButton, LinkButton
from ui.widgets.labels import ElidedLabel, Figure, Heading, Label
from ui.widgets.panels import Panel, SidePanel

if TYPE_CHECKING:
    from app.inbox import Bar
    from app.promises import Promise

_MAX_HISTORY_ROWS = 6
"""What fits beside the avatar, in CSS pixels; a longer name wraps."""


class MemberCard(SidePanel):
    """Shows a `Card`; clicks come out as signals that carry the id as text."""

    conversation = Signal(str)
    member = Signal(str)
    kept = Signal(str)
    dropped = Signal(int)
    """A promise is to be dropped, for a reason that is asked for; carries its id."""
    noted = Signal(str, str)
    writing = Signal(str)
    undone = Signal(int)
    """A mute or ban is to be undone; carries its entry of the moderation log."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty, until `show_card`."""
        super().__init__(252, parent)
        self.setAccessibleName(tr("Member card"))
        self._shown: Card | None = None
        self._note: Note | None = None
        self.unsaved: dict[int, str] = {}
        """Notes that could not be saved, by member: they are shown in place of those in the file."""

    def nothing(self) -> None:
        """Show the placeholder: only we have written in the conversation so far."""
        if self._shown is not None or not self.column.count():
            self.keep_note()
            self._shown = None
            self._clear()
            self.body.inner.show()
            self.column.addWidget(Label(tr("Details about the member appear here."), "body", "text3", wrap=True))
            self.column.addStretch(1)

    def wait_for(self, member: int) -> None:
        """Show nobody until a member's card comes: what is shown of the same one stays until then."""
        if self._shown is not None and self._shown.member.id != member:
            if self._note is not None:
                self._note.flush()
            self._keep_focus()
            self.body.inner.hide()

    def wait_no_more(self) -> None:
        """Show the member again who was shown before: theirs is the conversation once more."""
        self.body.inner.show()

    def show_card(self, card: Card, now: int) -> None:
        """Show a member. `now` is Unix UTC.

        An equal card is not rebuilt. In one that is, a note that is being typed goes on where it was.
        """
        if self._shown == card:
            self.body.inner.show()
            return
        same = self._shown is not None and self._shown.member.id == card.member.id
        typing = self._note.put_down() if self._note is not None and same and self._note.hasFocus() else None
        self.keep_note()
        self._shown = card
        self._clear()
        self._head(card)
        self.column.addWidget(Label(figures_line(card.figures, now), "meta", "text2", wrap=True))
        for bar in card.bars:
            self._bar(bar, now)
        self._figures(card)
        if card.promises:
            self._promises(card, now)
        if card.gifts:
            self._gifts(card, now)
        if card.history:
            self._history(card, now)
        self._notes(card)
        self.column.addStretch(1)
        self.body.inner.show()
        if typing is not None and self._note is not None:
            self._note.go_on(typing)

    def _clear(self) -> None:
        self._keep_focus()
        self.body.clear()

    def _keep_focus(self) -> None:
        """A focus that was inside stays here when that goes, or Qt would give it to the rail's first button."""
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_note(self) -> None:
        """Save the note's unsaved text, before the card is replaced."""
        if self._note is not None:
            self._note.flush()
            self._note = None

    def _head(self, card: Card) -> None:
        member = card.member
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Avatar(member.name, member.id, 44), 0, Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(1)
        name = NameLink(member.name)
        name.setToolTip(tr("Everything with this member"))
        name.clicked.connect(self._go_member)
        names.addWidget(name)
        handle = next(
            (identity.handle for identity in member.identities if identity.handle != member.name), member.city
        )
        write = IconButton("square-pen", tr("Write to {name}").format(name=text.name(member.name)))
        write.follow("write_member")
        write.clicked.connect(self._write)
        below = QHBoxLayout()  # not beside the name: a Greek one needs the whole width
        below.setContentsMargins(LINK_INSET, 0, 0, 0)  # its words begin where those of the name do
        below.addWidget(ElidedLabel(handle, "meta", "text2"), 1)
        below.addWidget(write)
        names.addLayout(below)
        row.addLayout(names, 1)
        self.column.addLayout(row)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for on, chip in (
            (member.fits, (tr("Ideal audience"), "accent", "")),
            (card.unhappy, (tr("Unhappy"), "danger", "frown")),
            (member.kind != "customer", (member.kind.replace("_", " ").capitalize(), "", "")),
        ):
            if on:
                chips.addWidget(Chip(*chip))
        if chips.count():
            chips.addStretch(1)
            self.column.addSpacing(6)
            self.column.addLayout(chips)
        if member.greeting:
            self.column.addWidget(
                Label(
                    tr("Greet as: {greeting}").format(greeting=text.isolate(member.greeting)),
                    "meta",
                    "text2",
                    wrap=True,
                )
            )

    def _bar(self, bar: Bar, now: int) -> None:
        """Say where the member is muted or banned, with its undo."""
        from app.moderation.verbs import reverse_of  # noqa: PLC0415  few members are
        from app.moderation.words import barred_there  # noqa: PLC0415  as above

        when = text.ahead(bar.until, now) if bar.until is not None else ""
        self.column.addWidget(Label(barred_there(bar, text.isolate(bar.account), when), "meta", "warn", wrap=True))
        if reverse_of(bar.kind, bar.verb):
            undo = LinkButton(tr("Undo"), role="meta")
            undo.setAccessibleName(tr("Let them write there again"))
            undo.setProperty("deed", bar.deed)
            undo.clicked.connect(self._undo)
            self.column.addWidget(undo)

    def _undo(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.undone.emit(int(pressed.property("deed")))

    def _go_member(self) -> None:
        if self._shown is not None:
            self.member.emit(str(self._shown.member.id))

    def _write(self) -> None:
        if self._shown is not None:
            self.writing.emit(str(self._shown.member.id))

    def _figures(self, card: Card) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(
            Figure(
                text.number(card.conversations), form(card.conversations, "conversation", "conversations")
            ).explained(tr(TOOK_PART))
        )
        row.addWidget(Figure(text.number(card.answered), tr("answered")).explained(tr(ANSWERED)))
        row.addWidget(Figure(span(card.typical_reply), tr("typical reply")))
        row.addStretch(1)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        if card.member.first_at is not None:
            today = date.today()  # noqa: DTZ011  local days for a person
            first, last = (
                text.day(date.fromtimestamp(at), today)  # noqa: DTZ012  as above
                for at in (card.member.first_at, card.member.last_at or card.member.first_at)
            )
            self.column.addWidget(
                Label(
                    tr("First message: {first}. Last: {last}").format(first=first, last=last),
                    "meta",
                    "text3",
                    wrap=True,
                )
            )

    def _promises(self, card: Card, now: int) -> None:
        pending = [promise for promise in card.promises if promise.kept_at is None and not promise.dropped_why]
        self.section_break()
        self.column.addWidget(
            Heading(tr("Promised"), aside=tr("{count} open").format(count=len(pending)) if pending else tr("none open"))
        )
        for promise in pending[:3]:
            self.column.addWidget(self._promise(promise, now))
        said = in_time_words(card.in_time)
        if said:
            self.column.addWidget(Label(said, "meta", "text2", wrap=True))

    def _promise(self, promise: Promise, now: int) -> QWidget:
        today = date.fromtimestamp(now).isoformat()  # noqa: DTZ012  local days for a person
        late = bool(promise.due_on) and promise.due_on < today
        tone = "danger" if late else "warn"
        box = Panel(fill=f"{tone}_bg", edge="", radius=6, margin=8)
        row = QHBoxLayout()
        row.addWidget(Icon("circle-dot", tone, 14), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(text.plain(promise.what), "row", "text", wrap=True))
        when = tr("overdue since {day}") if late else tr("due {day}")
        due = when.format(day=text.iso_day(promise.due_on)) if promise.due_on else ""
        words.addWidget(Label(due, "meta", tone if late else "text2", wrap=True))
        row.addLayout(words, 1)
        box.column.addLayout(row)
        done, drop = LinkButton(tr("Mark as told")), LinkButton(tr("Drop it"), tone="text2")
        ends = QHBoxLayout()
        for button, press in ((done, self._keep), (drop, self._drop)):
            button.setProperty("promise", str(promise.id))
            button.clicked.connect(press)
            ends.addWidget(button)
        ends.addStretch(1)
        box.column.addLayout(ends)
        return box

    def _drop(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.dropped.emit(int(str(pressed.property("promise"))))

    def _keep(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.kept.emit(str(pressed.property("promise")))

    def _gifts(self, card: Card, now: int) -> None:
        from app.gifts import SPENT  # noqa: PLC0415  few cards have gifts
        from ui.shared import gift_state  # noqa: PLC0415  as above

        year = ", ".join(money.display(total, currency) for currency, total in card.gift_year)
        self.section_break()
        self.column.addWidget(Heading(tr("Gifts"), aside=tr("{sums} this year").format(sums=year) if year else ""))
        for gift in card.gifts[:4]:
            sent = gift.state in SPENT
            when = text.age(gift.at, now) if sent else gift_state.title(gift.state)
            self.column.addWidget(_row(gift_state.ICONS[gift.state], "delight", gift.item, when))

    def _history(self, card: Card, now: int) -> None:
        self.section_break()
        more = len(card.history) > _MAX_HISTORY_ROWS
        head = Heading(
            tr("History"), aside=tr("All {count}").format(count=card.conversations) if more else "", link=more
        )
        head.activated.connect(self._go_member)
        self.column.addWidget(head)
        for entry in card.history[:_MAX_HISTORY_ROWS]:
            link = HistoryRow(icons.for_channel(entry.kind), entry.title, text.age(entry.last_at, now), entry.account)
            link.setProperty("conversation", str(entry.conversation_id))
            link.clicked.connect(self._go_conversation)
            self.column.addWidget(link)

    def _go_conversation(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.conversation.emit(str(pressed.property("conversation")))

    def _notes(self, card: Card) -> None:
        self.section_break()
        self.column.addWidget(Heading(tr("Note")))
        self._note = Note(card.member.note)
        self._note.setProperty("member", str(card.member.id))
        if card.member.id in self.unsaved:
            self._note.setPlainText(self.unsaved[card.member.id])
        self._note.left.connect(self._noted)
        self.column.addWidget(self._note)

    def _noted(self, words: str) -> None:
        sender = self.sender()
        if sender is not None:
            self.noted.emit(str(sender.property("member")), words)


class Typing(NamedTuple):
    """The words in a note's field, and where the cursor is among them."""

    words: str
    place: int


class Note(QPlainTextEdit):
    """A note field that looks like plain text until it has the focus; emits `left` with changed text on focus out."""

    left = Signal(str)

    def __init__(self, note: str) -> None:
        """Start with the saved note."""
        super().__init__(note)
        self._before = note
        self.setProperty("bare", True)
        self.setAccessibleName(tr("Note about this member"))
        self.setPlaceholderText(tr("Things worth remembering"))
        self.setTabChangesFocus(True)
        self.setFont(fonts.font("meta"))
        lines = max(3, len(note) // 30 + note.count("\n") + 2)
        self.setFixedHeight(min(180, lines * self.fontMetrics().lineSpacing() + 12))

    def flush(self) -> None:
        """Emit the text, if it differs from the last saved one."""
        words = self.toPlainText().strip()
        if words != self._before:
            self._before = words
            self.left.emit(words)

    def put_down(self) -> Typing:
        """What is being typed, for the field that takes this one's place; it is not saved from here any more."""
        self._before = self.toPlainText().strip()
        return Typing(self.toPlainText(), self.textCursor().position())

    def go_on(self, typing: Typing) -> None:
        """Take over what was being typed, and the focus; saved on focus out, like anything typed here."""
        self.setPlainText(typing.words)
        cursor = self.textCursor()
        cursor.setPosition(typing.place)
        self.setTextCursor(cursor)
        self.show()  # before it is visible it can't have the focus
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save on focus out."""
        super().focusOutEvent(event)
        self.flush()


class HistoryRow(LinkButton):
    """One conversation of a member's history: channel icon, subject, age; painted as a clickable row."""

    def __init__(self, icon: str, title: str, when: str, account: str) -> None:
        """`account` is the account's name, for the tooltip and screen readers."""
        super().__init__(text.plain(title), role="body", weight=400, tone="text")
        self._icon, self._when = icon, when
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{text.plain(title)}, {account}, {when}")
        self.setToolTip(text.isolate(account))

    def sizeHint(self) -> QSize:
        """Small: the row takes the column's width and elides."""
        return QSize(60, fonts.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        painter = QPainter(self)
        turn(painter, self.rect(), self.layoutDirection())
        if self.underMouse() or self.ring:
            paint.box(painter, self.rect(), fill="hover", radius=4)
        if self.ring:
            paint.focus_ring(painter, self.rect(), 4)
        _draw_row(painter, self.rect(), self._icon, "text2", self.title(), self._when)


class _PaintedRow(QWidget):
    """An icon, elided text, and a time at the right."""

    def __init__(self, icon: str, tone: str, words: str, when: str) -> None:
        super().__init__()
        self._parts = (icon, tone, words, when)
        self.setAccessibleName(f"{words}, {when}")
        self.setFixedHeight(fonts.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        painter = QPainter(self)
        turn(painter, self.rect(), self.layoutDirection())
        _draw_row(painter, self.rect(), *self._parts)


def _draw_row(painter: QPainter, rect: QRect, icon: str, tone: str, words: str, when: str) -> None:
    size = fonts.px(14)
    icons.draw(painter, icon, theme().hex(tone), rect.left() + 1, rect.top() + (rect.height() - size) / 2, size)
    painter.setFont(fonts.font("meta"))
    painter.setPen(theme().color("text2"))
    wide = QFontMetrics(painter.font()).horizontalAdvance(when)
    text.draw(painter, QRect(rect.right() - wide, rect.top(), wide + 1, rect.height()), when, right=True)
    painter.setFont(fonts.font("body"))
    painter.setPen(theme().color("text"))
    left = rect.left() + fonts.px(24)
    text.draw(
        painter, QRect(left, rect.top(), rect.right() - wide - fonts.px(8) - left, rect.height()), text.plain(words)
    )


def _row(icon: str, tone: str, words: str, when: str) -> QWidget:
    return _PaintedRow(icon, tone, words, when)


def span(seconds: int | None) -> str:
    """A duration of so many seconds in one unit: "48 m", "2 h", "3 d"; a dash for None."""
    if seconds is None:
        return "–"
    return text.waits(0, seconds)
