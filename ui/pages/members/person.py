"""The header of a member's profile: avatar, name, greeting, buttons, and figures."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import form
from app.members import KIND_NAMES, Card, Member
from ui.frame.page import Frame
from ui.look import fonts, languages, money, text
from ui.look.text import tr
from ui.shared.member_figures import ANSWERED, TOOK_PART, figures_line
from ui.widgets.avatar import Avatar, Chip
from ui.widgets.buttons import CommandButton
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, Figure, Label

_FIGURES_GAP = 22
_WIDE = 440
"""Pixels from which the figures have room in one line; scaled with the text size."""
_HOUR_SECONDS, _DAY_SECONDS = 3600, 86_400


class Person(QWidget):
    """Shows one member; its buttons run commands."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Start empty, until `show_card`."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._marks: list[Chip] = []
        column.addLayout(self._head(frame))
        column.addWidget(self._told)
        self._figures = Flow(gap=_FIGURES_GAP)  # in a narrow pane, or with large letters, in two lines
        column.addLayout(self._figures)
        self.figures = [Figure("", "") for _ in range(5)]
        for figure, words in zip(self.figures, (TOOK_PART, ANSWERED), strict=False):
            figure.explained(tr(words))
        for figure in self.figures:
            self._figures.addWidget(figure)

    def _head(self, frame: Frame) -> QHBoxLayout:
        self._avatar, self._name = Avatar("", "", 44), Label("", "member", wrap=True)
        self._fits, self._kind = Chip(tr("Ideal audience"), "accent"), Chip("", "")
        self._line = ElidedLabel("", "meta", "text2")
        self._told = Label("", "meta", "text2", wrap=True)
        self.write = CommandButton("reply", frame, title=tr("Write"))
        self.gift = CommandButton("gift", frame, kind="delight")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._avatar)
        words = QVBoxLayout()
        words.setSpacing(2)
        named = QHBoxLayout()
        named.setSpacing(8)
        named.addWidget(self._name)
        named.addWidget(self._fits)
        named.addWidget(self._kind)
        named.addStretch(1)
        words.addLayout(named)
        words.addWidget(self._line)
        row.addLayout(words, 1)
        row.addWidget(self.write)
        row.addWidget(self.gift)
        return row

    def show_card(self, card: Card) -> None:
        """Show the member of this card."""
        member = card.member
        self._avatar.set(member.name, member.id)
        self._name.setText(text.plain(member.name))
        self._marks = [self._fits] * member.fits + [self._kind] * (member.kind != "customer")
        self._fits.setToolTip(text.plain(member.fits_why).replace("<", "\u2039"))
        self._kind.set(tr(KIND_NAMES.get(member.kind, member.kind)))
        self._line.setText(line(member))
        self._told.setText(figures_line(card.figures, clock.now()))
        for figure, (value, caption) in zip(self.figures, figures(card), strict=True):
            figure.set(value, caption)
        self._fit()

    def _keep_height(self) -> None:
        """Never be lower than the words at this width: the timeline below scrolls, and nothing here does."""
        column = self.layout()
        if column is not None:
            self.setMinimumHeight(column.heightForWidth(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out anew: what came and went before anything was shown has not told the layouts."""
        super().showEvent(event)
        column = self.layout()
        if column is not None:
            column.invalidate()
            column.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Refit: the name wraps instead of eliding, and a narrow pane hides the chips beside it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - sum(widget.sizeHint().width() + 12 for widget in (self._avatar, self.write, self.gift))
        wanted = self._name.fontMetrics().horizontalAdvance(self._name.text()) + 4
        for mark in (self._fits, self._kind):
            wide = mark.sizeHint().width() + 8
            fits = mark in self._marks and wanted + wide <= room
            mark.setVisible(fits)
            room -= wide if fits else 0
        self.figures[-1].setVisible(self.width() >= fonts.px(_WIDE))  # the line above says how long, too
        self._name.setWordWrap(wanted > room)
        self._keep_height()
        self._name.setMinimumWidth(max(40, min(wanted, room)))


def line(member: Member) -> str:
    """Town, language and greeting: "Olomouc · writes in Czech · greet “Milá Žofie”"."""
    parts = [text.embed(member.city) if member.city else ""]
    parts.append(tr("writes in {language}").format(language=languages.name(member.language)) if member.language else "")
    parts.append(tr("greet as “{greeting}”").format(greeting=text.embed(member.greeting)) if member.greeting else "")
    return text.sentence(" · ".join(part for part in parts if part) or tr("No details yet"))


def figures(card: Card) -> list[tuple[str, str]]:
    """The five (value, caption) pairs of the figures."""
    gifts = " + ".join(money.bare(amount, currency) for currency, amount in card.gift_year) or "–"
    first = card.member.first_at
    since = clock.local(first) if first is not None else None
    return [
        (text.number(card.conversations), form(card.conversations, "conversation", "conversations")),
        (text.number(card.answered), tr("answered")),
        (duration(card.typical_reply) if card.typical_reply is not None else "–", tr("typical reply")),
        (gifts, tr("gifts this year")),
        (QLocale().toString(QDate(since.year, since.month, 1), "MMM yyyy") if since else "–", tr("first message")),
    ]


def duration(seconds: int) -> str:
    """A duration of so many seconds in one unit: "12 m", "3 h", "2 d"."""
    if seconds < _HOUR_SECONDS:
        return tr("{minutes} m").format(minutes=max(1, round(seconds / 60)))
    return (
        tr("{hours} h").format(hours=round(seconds / _HOUR_SECONDS))
        if seconds < 2 * _DAY_SECONDS
        else tr("{days} d").format(days=round(seconds / _DAY_SECONDS))
    )
