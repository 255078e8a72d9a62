"""The selected teammate: who they are, what lies with them, how long they take, and what they were thanked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import form
from app.handoffs import Handoff, Load
from app.teammates import FORMATS, SEPARATORS, Teammate, Thanks
from ui.look import languages, text
from ui.look.text import tr
from ui.pages.handoffs import words
from ui.pages.handoffs.foot import Choice, Foot
from ui.widgets.avatar import Avatar, Icon
from ui.widgets.buttons import LinkButton
from ui.widgets.flow import Flow
from ui.widgets.labels import Figure, Heading, Label
from ui.widgets.panels import Scroll, empty_layout
from ui.widgets.scaled import scaled

_MAX_COLUMN_WIDTH, _MOST_SHOWN = 760, 20


class MateView(QWidget):
    """Shows one teammate; `asked` carries the pressed button's name, `handoff` the id of a hand-off."""

    asked = Signal(str)
    handoff = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty, until `show_mate`."""
        super().__init__(parent)
        self.pane = Scroll((28, 20, 24, 16), 10)
        self._avatar, self._name = Avatar("", "", 44), Label("", "member", wrap=True)
        self._line, self._away = Label("", "meta", "text2", wrap=True), Label("", "meta", "warn", weight=500, wrap=True)
        named = QVBoxLayout()
        named.setSpacing(2)
        named.addWidget(self._name)
        named.addWidget(self._line)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(named, 1)
        column = self.pane.column
        column.addLayout(head)
        self._away_line = QWidget()
        away = QHBoxLayout(self._away_line)
        away.setContentsMargins(0, 0, 0, 0)
        away.setSpacing(6)
        away.addWidget(Icon("clock", "warn", 15), 0, Qt.AlignmentFlag.AlignTop)
        away.addWidget(self._away, 1)
        column.addWidget(self._away_line)
        self._figures = Flow(gap=22)
        self.figures = [Figure("", "") for _ in range(5)]
        for figure in self.figures:
            self._figures.addWidget(figure)
        self.figures[4].explained(tr("The median of working days from hand-off to answer, within a year"))
        column.addLayout(self._figures)
        self.in_time = Label("", "meta", "text2", wrap=True)
        column.addWidget(self.in_time)
        self.often = Label("", "body", "warn", wrap=True)
        column.addWidget(self.often)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(6)
        self._handoffs = QVBoxLayout()
        self._handoffs.setSpacing(2)
        self._thanks = QVBoxLayout()
        self._thanks.setSpacing(4)
        for part in (self._facts, self._handoffs, self._thanks):
            column.addLayout(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.pane, 1)
        self.foot = self._foot()
        outer.addWidget(self.foot)

    def _foot(self) -> Foot:
        foot = Foot(
            (
                Choice("leave", tr("Remove"), "trash-2", "drop_teammate", "quiet"),
                Choice("back", tr("Bring back"), "undo-2", "drop_teammate", "outline"),
                Choice("thank", tr("Thank"), "heart", "thank_teammate", "outline"),
                Choice("edit", tr("Edit"), "pencil", "edit_handoff", "primary"),
            )
        )
        self.buttons = foot.buttons
        foot.pressed.connect(self.asked)
        return foot

    def show_mate(
        self, mate: Teammate, load: Load, away: str, handoffs: Sequence[Handoff], thanks: Sequence[Thanks], today: date
    ) -> None:
        """Show a teammate with what lies with them, their hand-offs (latest first) and what they were thanked for."""
        self._avatar.set(mate.name, f"t{mate.id}")
        self._name.setText(text.plain(mate.name))
        shown = (text.embed(mate.role), text.embed(mate.team), text.isolate(mate.email))
        self._line.setText(text.sentence(" · ".join(filter(None, shown))) or tr("No details yet"))
        self._away.setText(away)
        self._away_line.setVisible(bool(away))
        usual = "–" if load.usual_days is None else text.number(round(load.usual_days))
        for figure, (value, caption, tone) in zip(
            self.figures,
            (
                (text.number(load.open), tr("open"), "text"),
                (text.number(load.late), tr("late"), "danger" if load.late else "text"),
                (text.number(load.came_back), tr("came back"), "text"),
                (text.number(load.closed), tr("closed"), "text"),
                (usual, form(round(load.usual_days or 0), "working day, usually", "working days, usually"), "text"),
            ),
            strict=True,
        ):
            figure.set(value, caption, tone)
        self.in_time.setText(load.in_time_words)
        self.in_time.setVisible(bool(load.in_time_words))
        self.often.setText(tr("Asked often: {why}").format(why=load.too_often) if load.too_often else "")
        self.often.setVisible(bool(load.too_often))
        self._show_facts(mate)
        self._show_handoffs(handoffs, today)
        self._show_thanks(thanks, today)
        for key, visible in (("leave", not mate.archived), ("back", mate.archived), ("edit", not mate.archived)):
            self.buttons[key].setVisible(visible)

    def _show_facts(self, mate: Teammate) -> None:
        empty_layout(self._facts)
        columns = tr("all columns") if not mate.file_columns else ", ".join(mate.file_columns)
        separator = tr(SEPARATORS[mate.file_separator]).lower()
        how = tr("CSV, {separator}").format(separator=separator) if mate.file_format == "csv" else FORMATS["xlsx"]
        for title, value in (
            (tr("Helps with"), text.plain(", ".join(mate.subjects))),
            (tr("Languages"), ", ".join(languages.name(code) for code in mate.languages)),
            (tr("Their file"), tr("{kind}: {columns}").format(kind=how, columns=columns)),
            (tr("Note"), text.plain(mate.note)),
        ):
            if value:
                self._facts.addWidget(Heading(title))
                line = Label(value, "body", wrap=True)
                line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                scaled(line, max_width=_MAX_COLUMN_WIDTH)
                self._facts.addWidget(line)

    def _show_handoffs(self, handoffs: Sequence[Handoff], today: date) -> None:
        empty_layout(self._handoffs)
        if not handoffs:
            return
        self._handoffs.addWidget(Heading(tr("Hand-offs")))
        for handoff in handoffs[:_MOST_SHOWN]:
            _icon, word, _tone = words.sign(handoff, today)
            named = ", ".join(filter(None, (words.title(handoff), text.plain(handoff.member), word)))
            link = LinkButton(named, role="row")
            link.clicked.connect(partial(self.handoff.emit, handoff.id))
            self._handoffs.addWidget(link)
        if len(handoffs) > _MOST_SHOWN:
            older = len(handoffs) - _MOST_SHOWN
            rest = text.counted(older, "{count} older one", "{count} older ones")
            self._handoffs.addWidget(Label(rest, "meta", "text2"))

    def _show_thanks(self, thanks: Sequence[Thanks], today: date) -> None:
        empty_layout(self._thanks)
        if not thanks:
            return
        self._thanks.addWidget(Heading(tr("Thanks")))
        for one in thanks:
            said = tr("{day}: {words}").format(
                day=text.day(clock.local(one.at).date(), today), words=text.embed(one.words)
            )
            line = Label(text.sentence(said), "body", wrap=True)
            scaled(line, max_width=_MAX_COLUMN_WIDTH)
            self._thanks.addWidget(line)
