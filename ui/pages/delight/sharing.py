"""How fairly gifts are shared, in the side panel: a bar for each group, with a mark for its part of the active."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base.words import N_
from app.channels.registry import channel
from app.fairness import DIMENSION_NAMES, TENURE_NAMES, Effect, Share, Shares, telling
from ui.look import fonts, languages, text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import ElidedLabel, Heading, Label
from ui.widgets.scaled import scaled

_MOST = 6
"""Groups of each kind; the ones with the most active members."""
_HEADS = {"language": "", "channel": N_("By channel"), "tenure": N_("By how long they've been here")}
_FAR_BELOW, _TABLE_HEADS = "▾", {"tenure": N_("Time here")}
"""Shorter in the table, which is narrow: long words would be cut there."""
_NAME_WIDTH, _NUMBER_WIDTH = 84, 62
"""CSS pixels."""


class SharePart(QWidget):
    """The section of this year's shares, drawn or as a table; `effect_asked` asks what came of the gifts."""

    switched = Signal()
    """It is to be shown the other way: drawn, or as a table."""
    effect_asked = Signal()

    def __init__(self, shares: Shares, effect: Effect | None = None, *, as_table: bool = False) -> None:
        """A line for each group, by language, by channel, and newcomers beside veterans; `effect` once it is known."""
        super().__init__()
        self.lines: list[ShareLine] = []
        self.rows: list[ShareRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Heading(tr("Fair share this year")))
        self.switch = LinkButton(tr("Drawn") if as_table else tr("As a table"))
        self.switch.clicked.connect(self.switched)
        if as_table:
            self._table(column, shares)
        else:
            self._drawn(column, shares)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeading)
        self.effect = LinkButton(tr("What came of the gifts"))
        self.effect.clicked.connect(self.effect_asked)
        column.addWidget(self.effect, 0, Qt.AlignmentFlag.AlignLeading)
        if effect is not None:
            self.effect.hide()
            column.addWidget(Heading(tr("What came of the gifts")))
            for said in (telling.period(effect), *telling.verdict(effect)):
                column.addWidget(Label(said, "meta", "text2", wrap=True))

    def _table(self, column: QVBoxLayout, shares: Shares) -> None:
        """The numbers of every group, also of those for whom the drawing has no room."""
        for dimension, found in shares.by.items():
            name = _TABLE_HEADS.get(dimension, DIMENSION_NAMES[dimension])
            head = ShareRow(tr(name), tr("Gifts"), tr("Active"), head=True)
            column.addWidget(head)
            for one in found:
                row = ShareRow(
                    group_name(dimension, one.key), _of(one.gifts, one.all_gifts), _of(one.active, one.all_active), one
                )
                self.rows.append(row)
                column.addWidget(row)
        if any(one.far_below for found in shares.by.values() for one in found):
            legend = tr("{mark} Far below the group's share of active members").format(mark=_FAR_BELOW)
            column.addWidget(Label(legend, "meta", "text2", wrap=True))

    def _drawn(self, column: QVBoxLayout, shares: Shares) -> None:
        for dimension, found in shares.by.items():
            if _HEADS[dimension]:
                column.addWidget(Label(tr(_HEADS[dimension]), "meta", "text2"))
            most = max((part for one in found for part in (one.part, one.active_part)), default=0.0)
            for one in found[:_MOST]:
                self.lines.append(ShareLine(one, group_name(dimension, one.key), most))
                column.addWidget(self.lines[-1])
        column.addWidget(Label(tr("Mark: the group's share of active members"), "meta", "text2", wrap=True))


def _of(count: int, whole: int) -> str:
    return tr("{count} of {all}").format(count=text.number(count), all=text.number(whole))


class ShareRow(QWidget):
    """A row of the table: a group, its gifts and its active members; marked where it has far fewer than its share."""

    def __init__(self, name: str, gifts: str, active: str, share: Share | None = None, *, head: bool = False) -> None:
        """`head` is the row of headings; else it is about `share`."""
        super().__init__()
        far = share is not None and share.far_below
        tone, weight = ("warn" if far else "text2" if head else "text"), 600 if head else 400
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4 if head else 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(ElidedLabel(f"{_FAR_BELOW} {name}" if far else name, "meta", tone, weight=weight), 1)
        self.cells = [ElidedLabel(words, "meta", tone, weight=weight, right=True) for words in (gifts, active)]
        for cell in self.cells:
            scaled(cell, width=_NUMBER_WIDTH)
            row.addWidget(cell)
        self.setAccessibleName(telling.share(share, name) if share is not None else f"{name}, {gifts}, {active}")


def group_name(dimension: str, key: str) -> str:
    """What a group is called: a language in itself, a channel's title, newcomers or veterans."""
    if dimension == "channel":
        return tr(channel(key).title) if key else tr("Not known")
    if dimension == "tenure":
        return tr(TENURE_NAMES[key])
    return languages.own_name(key) if key else tr("Not known")


class ShareLine(QWidget):
    """A group's name, its bar with the mark, and "11 of 31"; amber where it has far below its part."""

    def __init__(self, share: Share, name: str, most: float) -> None:
        """`most` is the largest part of any group: that bar is as wide as there is room."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        tone = "warn" if share.far_below else "text2"
        self.name = ElidedLabel(name, "meta", tone if share.far_below else "text")
        scaled(self.name, width=_NAME_WIDTH)
        row.addWidget(self.name)
        row.addWidget(_Bar(share, most), 1)
        self.number = ElidedLabel(_of(share.gifts, share.all_gifts), "meta", tone, weight=500, right=True)
        scaled(self.number, width=_NUMBER_WIDTH)
        row.addWidget(self.number)
        said = telling.share(share, name)
        self.setAccessibleName(said)
        self.setToolTip(text.tooltip(said))


class _Bar(QWidget):
    """The part of the gifts as a bar, the part of active members as a mark across it."""

    def __init__(self, share: Share, most: float) -> None:
        super().__init__()
        self._share, self._most = share, most or 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(90), fonts.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle, high = self.height() / 2, fonts.px(4)
        track = QRectF(0, middle - high / 2, self.width(), high)
        paint.box(painter, track, fill="track", radius=2)
        room = self.width() * 0.95
        part = room * self._share.part / self._most
        if part:
            fill = "warn" if self._share.far_below else "delight"
            paint.box(painter, QRectF(0, track.top(), max(3.0, part), high), fill=fill, radius=2)
        at = room * self._share.active_part / self._most
        paint.box(painter, QRectF(max(0.0, at - 1), middle - fonts.px(6), 2, fonts.px(12)), fill="text", radius=1)
