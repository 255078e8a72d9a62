"""Who deserves a gift, in the side panel: each with reasons, what they have had, and an item; and who is left out."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.deserving import LeftOut, Proposal, Proposals, telling
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.buttons import LinkButton, PaintedButton
from ui.widgets.labels import Heading, Label

_FIRST, _MOST = 4, 20
"""So many are shown at first, and once the rest are asked for."""
_TEXT_WIDTH, _AVATAR, _LINE, _ICON, _MOST_LINES = 214, 28, 17, 19, 2
"""CSS pixels."""
_MOST_CHIP = 96


class ProposalLine(PaintedButton):
    """A member who deserves a gift; a click logs it, and the link beside puts them off."""

    put_off = Signal()

    def __init__(self, proposal: Proposal, currency: str, now: int, wide: int = 0) -> None:
        """`now` is Unix UTC; `wide` is the room for words in pixels, 0 for what the side panel has."""
        self.proposal = proposal
        self._name = text.plain(proposal.person.name)
        self._why = text.plain("; ".join(map(telling.why, proposal.deeds)))
        self._had = telling.had(proposal.person, currency, now)
        self._item = "" if proposal.item is None else text.plain(proposal.item.name)
        self._wide = wide
        super().__init__(", ".join(filter(None, (self._name, self._why, self._had, self._item))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(text.tooltip(f"{self._why}. {self._had}"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.later = LinkButton(tr("Not now"), tone="text2")
        self.later.setAccessibleName(tr("Not now: {name}").format(name=self._name))
        self.later.clicked.connect(self.put_off)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.later)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addLayout(below)

    def _why_lines(self) -> list[str]:
        return _wrapped(self._why, self._wide or fonts.px(_TEXT_WIDTH))

    def _had_lines(self) -> list[str]:
        """What they have had, beside "Not now"."""
        room = (self._wide or fonts.px(_TEXT_WIDTH)) - self.later.sizeHint().width() - fonts.px(_ICON + 6)
        return _wrapped(self._had, room)

    def sizeHint(self) -> QSize:
        """The name, its reasons and what they have had."""
        lines = len(self._why_lines()) + len(self._had_lines())
        return QSize(fonts.px(240), fonts.px(20 + _LINE * lines + 9 + 6))

    def minimumSizeHint(self) -> QSize:
        """Narrow: every line elides."""
        return QSize(fonts.px(120), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw avatar, name, the item as a chip, the reasons, and what they have had."""
        painter, px = QPainter(self), fonts.px
        if self.underMouse():
            paint.box(painter, self.rect(), fill="hover")
        paint.avatar(painter, QRect(0, px(4), px(_AVATAR), px(_AVATAR)), self.proposal.person.name,
                     self.proposal.person.id)  # fmt: skip
        left = px(_AVATAR + 10)
        room = self.width() - left
        if self._item:
            label = QFontMetrics(fonts.font("meta", 500)).elidedText(
                self._item, Qt.TextElideMode.ElideRight, px(_MOST_CHIP)
            )
            wide = paint.chip_width(label)
            paint.chip(painter, self.width() - wide, px(2), label, "delight")
            room -= wide + px(6)
        paint.words(painter, QRect(left, px(2), room, px(20)), self._name, "row", "text", 600)
        top = px(22)
        for line in self._why_lines():
            paint.words(painter, QRect(left, top, self.width() - left, px(_LINE)), line, "meta", "text2")
            top += px(_LINE)
        icons.draw(painter, "scale", theme().hex("text2"), left, top + px(5), px(13))
        for line in self._had_lines():
            beside = QRect(left + px(_ICON), top + px(1), self.later.x() - left - px(_ICON + 2), px(_LINE + 4))
            paint.words(painter, beside, line, "meta", "text2")
            top += px(_LINE)
        if self.ring:
            paint.focus_ring(painter, self.rect())


class DeservingPart(QWidget):
    """The section of who deserves a gift. `taken` carries a Proposal, `put_off` a member's id."""

    taken = Signal(object)
    put_off = Signal(int)

    def __init__(
        self, found: Proposals, now: int, *, everyone: bool = False, left_out: bool = False, wide: int = 0
    ) -> None:
        """`everyone` shows more than the first, `left_out` who is left out; `now` is Unix UTC.

        `wide` is the width in pixels, 0 for that of the side panel.
        """
        super().__init__()
        self._wide = max(0, wide - fonts.px(_AVATAR + 10))
        self.lines: list[ProposalLine] = []
        self._left_out = found.left_out[:_MOST]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(Heading(tr("Who deserves one"), count=text.number(len(found.proposed))))
        self.more = LinkButton("")
        self.out = LinkButton("")
        for proposal in found.proposed[: _MOST if everyone else _FIRST]:
            self._add(proposal, found.terms.currency, now)
        if not found.proposed:
            self._column.addWidget(Label(tr("Nobody right now."), "meta", "text2", wrap=True))
        rest = min(len(found.proposed), _MOST) - len(self.lines)
        self.more.set_title(text.counted(rest, "{count} more", "{count} more"))
        self.more.setVisible(False)
        self._link(self.more, shown=rest > 0)
        title = text.counted(len(found.left_out), "{count} left out", "{count} left out")
        self.out.set_title(tr("Hide who is left out") if left_out else title)
        self._link(self.out, shown=bool(found.left_out))
        if left_out:
            for one in self._left_out:
                self._column.addWidget(_out(one, found.terms.cool_down_days, now))

    def _link(self, link: LinkButton, *, shown: bool) -> None:
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
        link.setVisible(shown)

    def _add(self, proposal: Proposal, currency: str, now: int) -> None:
        line = ProposalLine(proposal, currency, now, self._wide)
        line.clicked.connect(lambda: self.taken.emit(proposal))
        line.put_off.connect(lambda: self.put_off.emit(proposal.person.id))
        self.lines.append(line)
        self._column.addWidget(line)

    def focused(self) -> Proposal | None:
        """The proposal that has the focus, or None."""
        return next((line.proposal for line in self.lines if line.hasFocus() or line.later.hasFocus()), None)


def _wrapped(words: str, wide: int) -> list[str]:
    """Words in as many lines of so many pixels as they need; the last one holds all that is left."""
    metrics = QFontMetrics(fonts.font("meta"))
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if metrics.horizontalAdvance(longer) > wide and lines[-1] and len(lines) < _MOST_LINES:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _out(one: LeftOut, cool_down_days: int, now: int) -> Label:
    words = tr("{name}: {why}").format(
        name=text.isolate(one.person.name), why=text.plain(telling.left_out(one, cool_down_days, now))
    )
    label = Label(words, "meta", "text2", wrap=True)
    label.setToolTip(text.tooltip("; ".join(map(telling.why, one.deeds))))
    return label
