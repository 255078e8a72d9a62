"""How much of the channel's room a draft takes: counted near the limit, and what can be done when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.commands import table as commands
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
"""Part of the limit from which the count is shown."""
_UNITS_OF_A_CHARACTER = {"utf16": 2, "bytes": 4}
"""The most that one code point can count; where nothing is said, one."""
_COUNTED_WHILE_TYPING = 4_000
"""Longer texts are not counted at each letter but when typing pauses."""
_PARTS_ALLOWED = 25
_PARTS_SHOWN = 4
"""Parts of a thread that are shown, each in a line."""


class Measure(NamedTuple):
    """A draft against its channel's limit: `used` of `limit`; 0 of 0 while there is nothing to show."""

    used: int = 0
    limit: int = 0

    @property
    def over(self) -> int:
        """How much is too much."""
        return max(0, self.used - self.limit)


def measure(room: Room | None, said: str, *, typing: bool = False) -> Measure | None:
    """The draft's measure; None where it is too long to be counted while somebody is `typing`."""
    if room is None or room.limit is None:
        return Measure()
    if len(said) * _UNITS_OF_A_CHARACTER.get(room.counts, 1) < COUNTED_FROM * room.limit:
        return Measure()  # without counting: no way of counting makes it more
    if typing and len(said) > _COUNTED_WHILE_TYPING:
        return None
    used = room.length(said)
    return Measure(used, room.limit) if used >= COUNTED_FROM * room.limit else Measure()


def parted(room: Room, said: str, over: Measure) -> list[str]:
    """The parts that it would go out in as a thread; [] where it fits, the channel has none, or it is far too long."""
    if not over.over or not room.threads or over.used > over.limit * _PARTS_ALLOWED:
        return []
    found = room.parts(said)
    return found if len(found) <= _PARTS_ALLOWED else []


def starts(said: str, parts: list[str]) -> list[tuple[int, int]]:
    """Where each part but the first begins in the text: the characters of its first word."""
    found: list[tuple[int, int]] = []
    place = 0
    for part in parts:
        place = said.find(part[:40], place)
        if place < 0:
            return found
        found.append((place, place + len(part.split(maxsplit=1)[0])))
        place += len(part)
    return found[1:]


class LengthStrip(QWidget):
    """Under a draft that is too long: by how much, what can be done, and where a thread would be parted."""

    threaded = Signal()

    def __init__(self) -> None:
        """Hidden while it fits."""
        super().__init__()
        self.parts: list[str] = []
        self._insists = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 8, 8)
        outer.setSpacing(4)
        self._icon = Icon("ruler", "warn", 16)
        self.what, self.why = Label("", "strong", wrap=True), Label("", "meta", "text2", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon)
        head.addWidget(self.what, 1)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.why, 1)
        key = commands.shown_key(commands.by_id("send_thread").keys[0])
        self.go = ActionButton("", "list-tree", key, height=26)
        row.addWidget(self.go)
        outer.addLayout(head)
        self._lines = [ElidedLabel("", "meta", "text2") for _ in range(_PARTS_SHOWN)]
        for line in self._lines:
            outer.addWidget(line)
        outer.addLayout(row)
        self.go.clicked.connect(self.threaded)
        self.hide()

    def show_over(self, room: Room, found: Measure, parts: list[str]) -> None:
        """Say by how much it is over; with `parts` a thread is offered."""
        self.parts = parts
        if not found.over:
            self._insists = False
            self.hide()
            return
        many = text.counted(found.over, "{count} character", "{count} characters")
        said = tr("{characters} too long for {channel}").format(characters=many, channel=room.channel)
        lead = tr("Not sent: {reason}") if self._insists else "{reason}"
        self.what.setText(lead.format(reason=said))
        if parts:
            self.why.setText(tr("Shorten it, or send it as a thread, each part replying to the one before."))
        elif room.threads:
            self.why.setText(tr("Too long even for a thread of {count}: shorten it.").format(count=_PARTS_ALLOWED))
        else:
            self.why.setText(tr("Shorten it; Rapport never cuts your text off."))
        self.go.set_title(tr("Send as a thread of {count}").format(count=len(parts)))
        self.go.setVisible(bool(parts))
        self._show_parts(room, parts)
        self._icon.set("octagon-alert" if self._insists else "ruler", "danger" if self._insists else "warn")
        self.setAccessibleName(f"{self.what.text()}. {self.why.text()}")
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
        rest = len(parts) - _PARTS_SHOWN + 1
        if rest > 1:
            more = text.counted(rest, "and {count} more part", "and {count} more parts")
            self._lines[-1].setText(more)

    def insist(self, room: Room, found: Measure) -> None:
        """The person tried to send: say that nothing went out, and what to do."""
        self._insists = True
        self.show_over(room, found, self.parts)
        speak(self, self.accessibleName(), urgent=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A tint: louder once somebody has tried to send."""
        tone = "danger" if self._insists else "warn"
        paint.box(QPainter(self), self.rect(), fill=f"{tone}_bg", radius=6)


class Limit(QObject):
    """Keeps the counter and the strip true to what the field holds."""

    def __init__(self, field: DraftField, counter: Label, strip: LengthStrip) -> None:
        """Without a room nothing is counted."""
        super().__init__(field)
        self._field, self._counter, self._strip = field, counter, strip
        self.room: Room | None = None
        self.found = Measure()

    def set_room(self, room: Room | None) -> None:
        """Another channel's room."""
        self.room = room
        self.look()

    def typed(self) -> None:
        """A letter was typed: the counter follows at once, the strip when typing pauses."""
        found = measure(self.room, self._field.toPlainText(), typing=True)
        if found is not None:
            self._show(found)
            if not found.over and not self._strip.isHidden():
                self.look()

    def look(self) -> Measure:
        """Count and show all of it, the parts of a thread too."""
        said = self._field.toPlainText()
        found = measure(self.room, said) or Measure()
        self._show(found)
        if self.room is not None:
            parts = parted(self.room, said, found)
            self._field.parted = starts(said, parts)
            self._strip.show_over(self.room, found, parts)
        return found

    def stops(self, *, thread: bool) -> bool:
        """Whether it is too long to go as it is; then the strip says what to do."""
        found = self.look()
        if not found.over or self.room is None or (thread and self._strip.parts):
            return False
        self._strip.insist(self.room, found)
        return True

    def count(self) -> int:
        """How many parts it would go out in."""
        return len(self._strip.parts) or 1

    def _show(self, found: Measure) -> None:
        self.found = found
        words = (
            tr("{used} of {limit}").format(used=text.number(found.used), limit=text.number(found.limit))
            if found.limit
            else ""
        )
        self._counter.setText(words)
        self._counter.set_tone("danger" if found.over else "text2")
        self._counter.set_weight(600 if found.over else 400)
        self._counter.setAccessibleName(tr("{length}, too long").format(length=words) if found.over else words)


def _ends(part: str) -> tuple[str, str]:
    """A part's first and last words, few enough for one line."""
    words = part.split()
    few = 4
    return (" ".join(words[:few]), " ".join(words[-few:])) if len(words) > 2 * few else (part[:60], "")
