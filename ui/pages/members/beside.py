"""Two members side by side: who they are, what they wrote last, and where they differ; what is kept is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_, form
from app.members import Card
from app.members.comparing import TITLES, Compared, Fact, value_in_words
from app.members.uniting import STREET
from ui.look import fonts, text
from ui.look.text import tr
from ui.shared import channel_names
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import CommandButton
from ui.widgets.emptying import empty
from ui.widgets.labels import Label
from ui.widgets.panels import Scroll

if TYPE_CHECKING:
    from ui.frame.page import Frame

_TITLE_WIDTH = 84
_NAME_UNBROKEN, _UNBROKEN = 10, 14
"""Letters of a word without a place to break it."""
_CHOICE_DROP = 8
"""CSS pixels by which words beside a radio button stand lower than others."""
_LAST_WORDS = 160
"""Letters of the last message that are shown of each."""


class BesideView(QWidget):
    """A pair, its reasons, and three buttons: merge, not the same person, later."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Start empty, until `show_pair`."""
        super().__init__(parent)
        self._compared: Compared | None = None
        self._groups: dict[str, QButtonGroup] = {}
        self.pane = Scroll((24, 18, 24, 12), 10, most=760)
        self.why = Label("", "meta", "text2", wrap=True)
        self.pane.column.addWidget(Label(tr("Is this one person?"), "member", wrap=True))
        self.pane.column.addWidget(self.why)
        self._inner = QVBoxLayout()
        self.pane.column.addLayout(self._inner)
        self.pane.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        promise = tr("Nothing is lost: what isn't chosen goes into the note, and you can part the two at any time.")
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(Label(promise, "meta", "text2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.go = CommandButton("merge_pair", frame, kind="primary")
        self.no = CommandButton("not_same", frame)
        self.later = CommandButton("pair_later", frame)
        for button in (self.go, self.no, self.later):
            row.addWidget(button)
        row.addStretch(1)
        foot.addLayout(row)
        column.addLayout(foot)

    def show_pair(self, compared: Compared, cards: tuple[Card, Card], reasons: Sequence[str]) -> None:
        """Show two members: their facts compared, the cards of both, and why they may be one person."""
        self._compared = compared
        self._groups.clear()
        empty(self._inner)
        self.why.setText(text.sentence(". ".join(reasons)))
        self.why.setVisible(bool(reasons))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, fonts.px(_TITLE_WIDTH))
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
            grid.addWidget(_Head(cards[column - 1]), 0, column)
        for title, told in _TOLD:
            self._row(grid, tr(title), [Label(told(card), wrap=True) for card in cards])
        for fact in compared.facts:
            self._row(grid, tr(TITLES[fact.column]), self._cells(fact, compared, cards))
        self._inner.addWidget(holder)
        self.pane.verticalScrollBar().setValue(0)

    def theirs(self) -> frozenset[str]:
        """The columns of which the other's value was chosen."""
        chosen = {column for column, group in self._groups.items() if group.checkedId() == 1}
        return frozenset(chosen - {"address"}) | (frozenset(STREET) if "address" in chosen else frozenset())

    def choices(self) -> Mapping[str, QButtonGroup]:
        """What can be chosen, by column: 0 is the left one, 1 the other."""
        return self._groups

    @staticmethod
    def _row(grid: QGridLayout, title: str, cells: Sequence[QWidget]) -> None:
        row = grid.rowCount()
        named = Label(title, "meta", "text2", wrap=True)
        if any(isinstance(cell, _Choice) for cell in cells):
            named.setContentsMargins(0, fonts.px(_CHOICE_DROP), 0, 0)
        grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
        for column, cell in enumerate(cells, 1):
            grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)

    def _cells(self, fact: Fact, compared: Compared, cards: tuple[Card, Card]) -> list[QWidget]:
        values = [value_in_words(fact.column, value) for value in (fact.kept, fact.other)]
        if not fact.clashes:
            return [Label(_broken(value) or "–", tone="text" if value else "text2", wrap=True) for value in values]
        group = QButtonGroup(self)
        cells: list[QWidget] = []
        for number, value in enumerate(values):
            button = QRadioButton()
            button.setAccessibleName(
                tr("{field} of {name}: {value}").format(
                    field=tr(TITLES[fact.column]), name=cards[number].member.name, value=value
                )
            )
            group.addButton(button, number)
            cells.append(_Choice(button, value))
        other_is_better = fact.column == "name" and compared.name == fact.other != fact.kept
        chosen = group.button(int(other_is_better))
        if chosen is not None:
            chosen.setChecked(True)
        self._groups[fact.column] = group
        return cells


class _Head(QWidget):
    """The head of a column: picture and name."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Avatar(card.member.name, card.member.id, 30), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text.breakable(text.plain(card.member.name), _NAME_UNBROKEN), "strong", wrap=True), 1)


class _Choice(QWidget):
    """A radio button with words that wrap beside it; a click on them chooses."""

    def __init__(self, button: QRadioButton, value: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(_broken(value), wrap=True)
        words.setBuddy(button)
        row.addWidget(words, 1)


def _broken(value: str) -> str:
    """Words that may break anywhere where one is too long for a narrow column, as an address."""
    return text.breakable(text.plain(value), _UNBROKEN)


def _identities(card: Card) -> str:
    names = (f"{channel_names.short(name.kind)}: {_broken(name.handle)}" for name in card.member.identities)
    return "\n".join(names) or "–"


def _wrote(card: Card) -> str:
    if not card.heard:
        return tr("Nothing yet")
    messages = text.counted(card.heard, "{count} message", "{count} messages")
    talks = f"{text.number(card.conversations)} {form(card.conversations, 'conversation', 'conversations')}"
    return tr("{messages} in {conversations}").format(messages=messages, conversations=talks)


def _seen(card: Card) -> str:
    first, last = card.member.first_at, card.member.last_at
    if first is None or last is None:
        return "–"
    days = [text.day(clock.local(at).date(), clock.local(clock.now()).date()) for at in (first, last)]
    return days[0] if days[0] == days[1] else tr("{first} to {last}").format(first=days[0], last=days[1])


def _last(card: Card) -> str:
    return text.plain(card.history[0].preview[:_LAST_WORDS]) if card.history else "–"


def _given(card: Card) -> str:
    parts = []
    if card.gifts:
        parts.append(text.counted(len(card.gifts), "{count} gift", "{count} gifts"))
    if card.promises:
        parts.append(text.counted(len(card.promises), "{count} promise", "{count} promises"))
    return ", ".join(parts) or "–"


def _note(card: Card) -> str:
    return text.plain(card.member.note) or "–"


_TOLD: tuple[tuple[str, Callable[[Card], str]], ...] = (
    (N_("Names"), _identities),
    (N_("Wrote"), _wrote),
    (N_("From, to"), _seen),
    (N_("Last words"), _last),
    (N_("Given"), _given),
    (N_("Note"), _note),
)
