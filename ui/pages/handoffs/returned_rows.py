"""The parts of the preview of a file that came back: tiles with counts, rows, choices, questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.returns import COLUMN_NAMES, MINE, Conflict, Preview, Question, Row, value_in_words
from app.returns.headers import ID
from app.returns.rows import LEAVING
from ui.commands.in_use import keymap
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.avatar import Icon, KeyCap
from ui.widgets.buttons import ActionButton, LinkButton, PaintedButton
from ui.widgets.labels import ElidedLabel, Label, Rule
from ui.widgets.panels import Panel
from ui.widgets.scaled import scaled

_ID_WIDTH, _NAME_WIDTH = 92, 150
_TILE_WIDTH, _BESIDE_WIDTH = 160, 480
"""CSS pixels from which a tile has its icon, and a row what changes beside its name."""
_LEAST_STRETCH = 9
"""A tile is as wide as its words are long, and no narrower than so many letters."""
_MOST_CHARS = 600
"""Characters of a value that are shown where one chooses; the rest is in the file."""
_MOST_READINGS = 4
_DATES = ("answered_on", "shipped_on")


def cell_in_words(kind: str, column: str, value: str) -> str:
    """A value as the page shows it: a status by its name, a date with its weekday."""
    if column in _DATES and value:
        return text.day(date.fromisoformat(value), date.min)
    return text.plain(value_in_words(kind, column, value))


class Tile(Panel):
    """A count with what it counts, on a tint."""

    def __init__(self, icon: str, tone: str, words: str) -> None:
        """Start at nothing."""
        super().__init__(fill=f"{tone}_bg", edge="", margin=8)
        self._words = words
        self.stretch = max(len(words), _LEAST_STRETCH)
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(8)
        self._icon = Icon(icon, tone, 18)
        row.addWidget(self._icon)
        self.count = Label("0", "section", tone, weight=600)
        self.words = ElidedLabel(words, "body", "text")
        row.addWidget(self.count)
        row.addWidget(self.words, 1)
        self.column.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the icon out where the words would be cut."""
        super().resizeEvent(event)
        self._icon.setVisible(self.width() >= fonts.px(_TILE_WIDTH))

    def set_count(self, count: int) -> None:
        """Show a count."""
        self.count.setText(text.number(count))
        self.setAccessibleName(f"{count} {self._words}")


class AppliedLine(QWidget):
    """A row that will be written: its id, its member, and each cell as it was and will be."""

    def __init__(self, kind: str, row: Row) -> None:
        """Make it of a row with changes."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 6, 0, 6)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.addWidget(_id(row), 0, 0)
        self._grid.addWidget(_name(row), 0, 1)
        words = " · ".join(_change(kind, change.column, change.was, change.now) for change in row.changes)
        self._said = ElidedLabel(words, "row", "text")
        self._grid.addWidget(self._said, 0, 2)
        self._grid.setColumnStretch(2, 1)
        column.addLayout(self._grid)
        if row.reason:
            column.addWidget(Label(row.reason, "meta", "text2", wrap=True))
        column.addWidget(Rule())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what changes below the name where there is no room beside it."""
        super().resizeEvent(event)
        self._grid.removeWidget(self._said)
        if self.width() < fonts.px(_BESIDE_WIDTH):
            self._grid.addWidget(self._said, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self._said, 0, 2)


def _change(kind: str, column: str, was: str, now: str) -> str:
    """A cell before and after: "Seen → Solved"; where it was blank only what is new: "Answer: New box"."""
    after = text.isolate(cell_in_words(kind, column, now))
    if column == "status":
        return tr("{before} → {after}").format(before=cell_in_words(kind, column, was), after=after)
    if not was:
        return tr("{column}: {value}").format(column=tr(COLUMN_NAMES[column]), value=after)
    return tr("{column}: {before} → {after}").format(
        column=tr(COLUMN_NAMES[column]), before=text.isolate(cell_in_words(kind, column, was)), after=after
    )


def _id(row: Row) -> Label:
    label = Label(row.id or tr("Row {line}").format(line=row.line), "meta", "text2")
    scaled(label, width=_ID_WIDTH)
    return label


def _name(row: Row) -> ElidedLabel:
    label = ElidedLabel(row.about, "row", "text", weight=500)
    scaled(label, width=_NAME_WIDTH)
    return label


class _Option(PaintedButton):
    """One of the values that one chooses among: whose it is, and the value itself."""

    def __init__(self, whose: str, value: str, command_id: str) -> None:
        super().__init__(f"{whose}: {value}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(self)
        grid.setContentsMargins(36, 8, 10, 10)
        grid.setVerticalSpacing(2)
        grid.addWidget(ElidedLabel(whose, "meta", "text", weight=500), 0, 0)
        key = keymap().cap(command_id)
        if key:
            grid.addWidget(KeyCap(key), 0, 1, Qt.AlignmentFlag.AlignRight)
        words = Label(value[:_MOST_CHARS] + ("…" if len(value) > _MOST_CHARS else ""), "body", "text", wrap=True)
        grid.addWidget(words, 1, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """What its words need."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box and the round mark."""
        painter = QPainter(self)
        chosen, over = self.isChecked(), self.underMouse()
        fill = "accent_bg" if chosen else "hover" if over else "surface"
        paint.box(painter, self.rect(), fill=fill, edge="accent" if chosen else "control", radius=8)
        side, left, top = fonts.px(16), fonts.px(11), fonts.px(11)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - side
        mark = QRectF(left, top, side, side)
        paint.box(painter, mark, fill="surface", edge="accent" if chosen else "control", radius=side / 2, width=1.5)
        if chosen:
            inset = fonts.px(4)
            paint.box(painter, mark.adjusted(inset, inset, -inset, -inset), fill="accent", radius=side / 2)
        if self.ring:
            paint.focus_ring(painter, self.rect(), 8)


class ConflictCard(QWidget):
    """A cell that both changed: ours, and each value that came back; `chosen` carries the value, or MINE."""

    chosen = Signal(object, str, str)

    def __init__(self, preview: Preview, row: Row, conflict: Conflict, chosen: str | None) -> None:
        """`chosen` is what was chosen before; None for nothing."""
        super().__init__()
        self.row, self.conflict = row, conflict
        kind = preview.kind
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(_id(row))
        about = ElidedLabel(row.about, "row", "text", weight=500)
        about.setMinimumWidth(min(about.sizeHint().width(), fonts.px(_NAME_WIDTH)))  # what it was gives way first
        head.addWidget(about)
        head.addWidget(Label(tr(COLUMN_NAMES[conflict.column]), "row", "text2"))
        head.addStretch(1)
        base = tr("not known") if conflict.base is None else cell_in_words(kind, conflict.column, conflict.base)
        head.addWidget(ElidedLabel(tr("was: {value}").format(value=text.isolate(base)), "meta", "text2"))
        column.addLayout(head)
        if row.reason and conflict is row.conflicts[0]:
            column.addWidget(Label(row.reason, "meta", "text2", wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(8)
        self.options: list[_Option] = []
        self._values = [MINE, *(value for _line, value in conflict.theirs)]
        names = [tr("Mine"), *(_whose(row, line, several=len(conflict.theirs) > 1) for line, _ in conflict.theirs)]
        values = [conflict.mine, *(value for _line, value in conflict.theirs)]
        for place, (name, value) in enumerate(zip(names, values, strict=True), 1):
            option = _Option(name, cell_in_words(kind, conflict.column, value), f"choose_{place}")
            option.setChecked(self._values[place - 1] == chosen)
            option.clicked.connect(self._clicked)
            self.options.append(option)
            sides.addWidget(option, 1)
        column.addLayout(sides)

    @property
    def key(self) -> tuple[int, str]:
        """Which cell it is about: the number of its row, and the column."""
        return self.row.number or 0, self.conflict.column

    def choose(self, place: int) -> None:
        """Choose the first, second … of the values; nothing if there are fewer."""
        if place < len(self.options):
            self.options[place].setChecked(True)
            self._clicked()

    def _clicked(self) -> None:
        place = next((at for at, option in enumerate(self.options) if option.isChecked()), None)
        if place is not None:
            self.chosen.emit(self.key[0], self.key[1], self._values[place])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the chosen value, or the first."""
        super().focusInEvent(event)
        next((option for option in self.options if option.isChecked()), self.options[0]).setFocus(event.reason())


def _whose(row: Row, line: int, *, several: bool) -> str:
    name = row.teammate.split()[0] if row.teammate else ""
    if several:
        return tr("Row {line} of the file").format(line=line)
    return tr("From {name}").format(name=name) if name else tr("From the file")


class RejectedLine(QWidget):
    """A row of which nothing is applied, with the reason; `answered` carries line, column and value.

    `asked` carries the name of the teammate to ask.
    """

    answered = Signal(int, str, str)
    asked = Signal(str)

    def __init__(self, preview: Preview, row: Row) -> None:
        """Make it of a rejected row."""
        super().__init__()
        self._row, self._kind = row, preview.kind
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon("circle-x", "danger", 15), 0, Qt.AlignmentFlag.AlignVCenter)
        said = " · ".join(filter(None, (tr("Row {line}").format(line=row.line), row.id, row.about)))
        head.addWidget(ElidedLabel(said, "row", "text", weight=500), 1)
        whom = row.teammate or next(iter(preview.teammates), "")
        if whom:
            ask = LinkButton(tr("Ask {name}").format(name=whom.split()[0]))
            ask.clicked.connect(self._ask)
            head.addWidget(ask)
        self._whom = whom
        column.addLayout(head)
        if row.reason:
            column.addWidget(Label(row.reason, "body", "text2", wrap=True))
        self.buttons: list[ActionButton] = []
        for question in row.questions:
            column.addWidget(Label(self._said(question), "body", "text2", wrap=True))
            self._add_readings(column, question)
        column.addWidget(Rule())

    def _said(self, question: Question) -> str:
        name = tr(COLUMN_NAMES[question.column])
        return tr("{column}: {reason}").format(column=name, reason=question.reason)

    def _add_readings(self, column: QVBoxLayout, question: Question) -> None:
        readings: Sequence[str] = question.readings
        if question.column == "status" and self._kind == "handoffs":
            readings = tuple(dict.fromkeys([*readings, "seen", "in_work", "solved", "declined"]))
        if not readings:
            return
        line = QHBoxLayout()
        line.setSpacing(6)
        for place, reading in enumerate(readings[:_MOST_READINGS]):
            words = cell_in_words(self._kind, question.column, reading)
            sentence = tr("It's {id}") if question.column == ID[self._kind] else tr("Read as “{value}”")
            likely = place == 0 and bool(question.readings)
            asks = question.column == LEAVING  # it is no reading of a cell
            title = sentence.format(id=words, value=words) if likely and not asks else words
            button = ActionButton(title, kind="outline" if likely else "plain", height=26)
            button.setProperty("column", question.column)
            button.setProperty("reading", reading)
            button.clicked.connect(self._pressed)
            self.buttons.append(button)
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.answered.emit(self._row.line, str(sender.property("column")), str(sender.property("reading")))

    def _ask(self) -> None:
        self.asked.emit(self._whom)


class QuietLine(QWidget):
    """A row that changes nothing, or an edit that is not applied, with the reason."""

    def __init__(self, row: Row, words: str) -> None:
        """Make it of a row and what is said of it."""
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(10)
        line.addWidget(_id(row), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(_name(row), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(words, "meta", "text2", wrap=True), 1)
