"""The channel's length limit: the counter near the limit, and the strip that offers a thread when over it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from app.outbox.fitting import Room
    from ui.shared.draft_field import DraftField

COUNTED_FROM = 0.8
"""The share of the limit from which the count is shown."""
_MAX_UNITS_PER_CHARACTER = {"utf16": 2, "bytes": 4}
"""The most units that one code point can take, by way of counting; 1 for all others."""
_MAX_CHARS_COUNTED_WHILE_TYPING = 4_000
"""Longer drafts are not counted at each keystroke but when typing pauses."""
_MAX_PARTS = 25
_MAX_PARTS_SHOWN = 4
"""Parts of a thread that are previewed, each in a line."""


class Measure(NamedTuple):
    """A draft's length against the channel's limit, in the channel's units; 0 of 0 while there is nothing to show.

    `unit` is bytes if it counts these, else "".
    """

    used: int = 0
    limit: int = 0
    unit: str = ""

    @property
    def over(self) -> int:
        """How far the draft is over the limit; 0 if it fits."""
        return max(0, self.used - self.limit)


def measure(room: Room | None, draft: str, *, typing: bool = False) -> Measure | None:
    """Measure a draft; None if it is too long to be counted at each keystroke (`typing`)."""
    if room is None or room.limit is None:
        return Measure()
    near = len(draft) * _MAX_UNITS_PER_CHARACTER.get(room.counts, 1) >= COUNTED_FROM * room.limit
    if not near and len(draft) * _MAX_UNITS_PER_CHARACTER["bytes"] < COUNTED_FROM * (room.most_bytes or math.inf):
        return Measure()  # skip counting: even in the largest units it is below
    if typing and len(draft) > _MAX_CHARS_COUNTED_WHILE_TYPING:
        return None
    used, limit, unit = room.used(draft)
    return Measure(used, limit, unit if unit == "bytes" else "") if used >= COUNTED_FROM * limit else Measure()


def parted(room: Room, draft: str, over: Measure) -> list[str]:
    """Split the draft into the parts of a thread; [] if it fits, the channel has no threads, or it needs too many."""
    if not over.over or not room.threads or over.used > over.limit * _MAX_PARTS:
        return []
    parts = room.parts(draft)
    return parts if len(parts) <= _MAX_PARTS else []


def starts(draft: str, parts: list[str]) -> list[tuple[int, int]]:
    """The (start, end) of the first word of each part but the first, as positions in the draft."""
    spans: list[tuple[int, int]] = []
    position = 0
    for part in parts:
        position = draft.find(part[:40], position)
        if position < 0:
            return spans
        spans.append((position, position + len(part.split(maxsplit=1)[0])))
        position += len(part)
    return spans[1:]


class LengthStrip(QWidget):
    """The strip under a draft that is too long: by how much, what to do, and a preview of the thread's parts."""

    threaded = Signal()

    def __init__(self) -> None:
        """Start hidden, until the draft is too long."""
        super().__init__()
        self.parts: list[str] = []
        self._insists = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 8, 8)
        outer.setSpacing(4)
        self._icon = Icon("ruler", "warn", 16)
        self.problem, self.advice = Label("", "strong", wrap=True), Label("", "meta", "text2", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon)
        head.addWidget(self.problem, 1)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.advice, 1)
        self.go = ActionButton("", "list-tree", height=26)
        self.go.follow("send_thread")
        row.addWidget(self.go)
        outer.addLayout(head)
        self._lines = [ElidedLabel("", "meta", "text2") for _ in range(_MAX_PARTS_SHOWN)]
        for line in self._lines:
            outer.addWidget(line)
        outer.addLayout(row)
        self.go.clicked.connect(self.threaded)
        self.hide()

    def show_over(self, room: Room, measured: Measure, parts: list[str]) -> None:
        """Show by how much the draft is over the limit, offering a thread if there are `parts`; hide if it fits."""
        self.parts = parts
        if not measured.over:
            self._insists = False
            self.hide()
            return
        many = text.counted(measured.over, "{count} character", "{count} characters")
        if measured.unit == "bytes":
            many = text.counted(measured.over, "{count} byte", "{count} bytes")
        words = tr("{characters} too long for {channel}").format(characters=many, channel=room.channel)
        lead = tr("Not sent: {reason}") if self._insists else "{reason}"
        self.problem.setText(lead.format(reason=words))
        if parts:
            self.advice.setText(tr("Shorten it, or send it as a thread, each part replying to the one before."))
        elif room.threads:
            self.advice.setText(tr("Too long even for a thread of {count}: shorten it.").format(count=_MAX_PARTS))
        else:
            self.advice.setText(tr("Shorten it; Rapport never cuts your text off."))
        self.go.set_title(tr("Send as a thread of {count}").format(count=len(parts)))
        self.go.setVisible(bool(parts))
        self._show_parts(room, parts)
        self._icon.set("octagon-alert" if self._insists else "ruler", "danger" if self._insists else "warn")
        self.setAccessibleName(f"{self.problem.text()}. {self.advice.text()}")
        self.show()
        self.update()

    def _show_parts(self, room: Room, parts: list[str]) -> None:
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(parts))
            if place >= len(parts):
                continue
            first, last = _ends(text.plain(parts[place]))
            count = text.number(room.length(parts[place]))
            words = f"{text.isolate(first)} … {text.isolate(last)}" if last else text.isolate(first)
            line.setText(text.sentence(f"{place + 1}/{len(parts)} · {count} · {words}"))
        rest = len(parts) - _MAX_PARTS_SHOWN + 1
        if rest > 1:
            more = text.counted(rest, "and {count} more part", "and {count} more parts")
            self._lines[-1].setText(more)

    def insist(self, room: Room, measured: Measure) -> None:
        """React to an attempt to send: say, to screen readers too, that nothing was sent and what to do."""
        self._insists = True
        self.show_over(room, measured, self.parts)
        speak(self, self.accessibleName(), urgent=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the warning tint, or the error tint once sending was tried."""
        tone = "danger" if self._insists else "warn"
        paint.box(QPainter(self), self.rect(), fill=f"{tone}_bg", radius=6)


class Limit(QObject):
    """Keeps the counter and the strip in step with the field."""

    def __init__(self, field: DraftField, counter: Label, strip: LengthStrip) -> None:
        """Count nothing until `set_room`."""
        super().__init__(field)
        self._field, self._counter, self._strip = field, counter, strip
        self.room: Room | None = None
        self.measured = Measure()

    def set_room(self, room: Room | None) -> None:
        """Set the channel's limit and measure again."""
        self.room = room
        self.look()

    def typed(self) -> None:
        """Update the counter after a keystroke; the strip follows when typing pauses."""
        measured = measure(self.room, self._field.toPlainText(), typing=True)
        if measured is not None:
            self._show(measured)
            if not measured.over and not self._strip.isHidden():
                self.look()

    def look(self) -> Measure:
        """Measure the draft and update counter and strip, with the parts of a thread."""
        draft = self._field.toPlainText()
        measured = measure(self.room, draft) or Measure()
        self._show(measured)
        if self.room is not None:
            parts = parted(self.room, draft, measured)
            self._field.parted = starts(draft, parts)
            self._strip.show_over(self.room, measured, parts)
        return measured

    def stops(self, *, thread: bool) -> bool:
        """Whether the draft is too long to be sent; if so the strip says what to do. `thread` allows a thread."""
        measured = self.look()
        if not measured.over or self.room is None or (thread and self._strip.parts):
            return False
        self._strip.insist(self.room, measured)
        return True

    def count(self) -> int:
        """The number of messages it would be sent as."""
        return len(self._strip.parts) or 1

    def _show(self, measured: Measure) -> None:
        self.measured = measured
        words = (
            tr("{used} of {limit}").format(used=text.number(measured.used), limit=text.number(measured.limit))
            if measured.limit
            else ""
        )
        self._counter.setText(words)
        self._counter.set_tone("danger" if measured.over else "text2")
        self._counter.set_weight(600 if measured.over else 400)
        self._counter.setAccessibleName(tr("{length}, too long").format(length=words) if measured.over else words)


def _ends(part: str) -> tuple[str, str]:
    """A part's first and last words, short enough for one line; ("whole", "") for a short part."""
    words = part.split()
    few = 4
    return (" ".join(words[:few]), " ".join(words[-few:])) if len(words) > 2 * few else (part[:60], "")
