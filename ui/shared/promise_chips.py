"""The chips above Send: what the words promise, and which open promise they keep. Nothing is taken by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.promises import Drafted, Made
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.promises import Promise
    from app.workbench import Workbench
    from ui.frame.page import Frame

_MOST = 2
"""Chips of each kind: more would push the words out of sight."""
_MOST_CHARS, _LEAST_CHARS, _STEP_CHARS = 120, 12, 4
"""Of a promise's words in a chip."""


class PromiseChips(QWidget):
    """Offers what is promised when typing has paused, and the open promises that may be kept.

    Whoever shows them says what the words are (`typed`), which promises are open (`to_keep`), and keeps what is chosen
    (`store`).
    """

    changed = Signal()
    """Chips have come or gone."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Start hidden."""
        super().__init__()
        self._bench, self._frame = bench, frame
        self.drafted = Drafted()
        self.offers: list[Made] = []
        self.open: list[Promise] = []
        self.chips: list[ActionButton] = []
        self._crowded = False
        self._whole: list[_Said] = []
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def typed(self) -> tuple[str, str]:
        """The words as they are now, "" where nothing can be promised, and the code of their language."""
        raise NotImplementedError

    def to_keep(self) -> list[Promise]:
        """The open promises that these words may keep, the likeliest first."""
        raise NotImplementedError

    def store(self) -> None:
        """Keep what was chosen (`drafted`) with the draft."""
        raise NotImplementedError

    def sent(self) -> None:
        """The draft is gone, and what it promised with it."""
        self.drafted = Drafted()
        self.look()

    def look(self) -> None:
        """Find what the draft promises as it is now; what was taken follows its words."""
        typed, language = self.typed()
        found: list[Made] = []
        if typed and self._bench.settings.get("offer_promises"):
            languages = [language]
            found = [Made(one.what, one.due_on) for one in self._bench.promises.offers(typed, languages)]
            followed = self._bench.promises.followed(self.drafted, typed, languages)
            if followed != self.drafted:
                self._keep(followed)
        taken = [one for one in found if one in self.drafted.made]
        self.offers = [*taken, *(one for one in found if one not in taken)][: max(_MOST, len(taken))]
        self.open = self.to_keep()[:_MOST] if typed else []
        self._show()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The handlers of the two commands, while there is something that they are about."""
        handlers: dict[str, Callable[[], object]] = {}
        if self.offers:
            handlers["take_promise"] = partial(self.take, self.offers[0])
        if self.open:
            handlers["keeps_promise"] = partial(self.keep, self.open[0].id)
        return handlers

    def take(self, offer: Made) -> None:
        """Take what the draft promises, or give it back."""
        unseen = self.isHidden()
        self._keep(self.drafted.toggled(offer))
        self._show()
        if unseen:
            self._say(self.offers.index(offer))

    def keep(self, promise: int) -> None:
        """Say that the draft keeps a promise, or that it doesn't."""
        unseen = self.isHidden()
        self._keep(self.drafted.toggled_keep(promise))
        self._show()
        if unseen:
            self._say(len(self.offers) + [one.id for one in self.open].index(promise))

    def _keep(self, drafted: Drafted) -> None:
        self.drafted = drafted
        self.store()

    def _show(self) -> None:
        made = [(self._offer_words(one), one in self.drafted.made, "take_promise") for one in self.offers]
        kept = [(self._keep_words(one), one.id in self.drafted.keeps, "keeps_promise") for one in self.open]
        shown = (made, kept)
        if shown == self._shown:
            return
        self._shown = shown
        focused = next((place for place, chip in enumerate(self.chips) if chip.hasFocus()), None)
        self._clear()
        self._whole = [words for words, _taken, _command in (*made, *kept)]
        presses = [
            *(partial(self.take, one) for one in self.offers),
            *(partial(self.keep, one.id) for one in self.open),
        ]
        firsts = {0, len(made)}
        for place, ((words, taken, command), press) in enumerate(zip([*made, *kept], presses, strict=True)):
            self._add(words.in_words(0), press, taken=taken, command=command if place in firsts else "")
        self._fit_words()
        if focused is not None and focused < len(self.chips):
            self.chips[focused].setFocus()
        self._appear()
        self.changed.emit()

    def wanted(self) -> int:
        """The height in pixels of all chips, whether or not there is room for them; 0 without any."""
        return self.sizeHint().height() if self.chips else 0

    def set_crowded(self, *, crowded: bool) -> None:
        """Make room for a finding of the voice guide, which comes first: the keys still work, and say what they did."""
        self._crowded = crowded
        self._appear()

    def _appear(self) -> None:
        shown = bool(self.chips) and not self._crowded
        if shown == self.isHidden():
            self.setVisible(shown)

    def _say(self, place: int) -> None:
        if place < len(self._whole):
            self._frame.toast(self._whole[place].in_words(_MOST_CHARS))

    def _clear(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            row = item.layout() if item is not None else None
            if row is not None:
                row.deleteLater()
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = []

    def _add(self, words: str, press: Callable[[], object], *, taken: bool, command: str) -> None:
        chip = ActionButton(words, "circle-check" if taken else "circle-dot", kind="chip", height=26)
        if command:
            chip.follow(command)
        chip.setCheckable(True)
        chip.setChecked(taken)
        chip.setToolTip(text.tooltip(words))
        chip.clicked.connect(press)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(chip)
        row.addStretch(1)
        self._column.addLayout(row)
        self.chips.append(chip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words anew: the key and the mark of what is taken stay in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_words()

    def _fit_words(self) -> None:
        """Show as much of each sentence as there is room for; a screen reader reads all of it."""
        for chip, whole in zip(self.chips, self._whole, strict=True):
            most = _MOST_CHARS
            chip.set_title(whole.in_words(most))
            room = self.contentsRect().width()
            while room > 0 and chip.whole_width() > room and most > _LEAST_CHARS:
                most -= _STEP_CHARS
                chip.set_title(whole.in_words(most))
            chip.setAccessibleName(whole.in_words(0))

    def _offer_words(self, offer: Made) -> _Said:
        day = text.iso_day(offer.due_on) if offer.due_on else ""
        if offer in self.drafted.made:
            said = tr("Promised by {day}: “{what}”") if day else tr("Promised: “{what}”")
        else:
            said = tr("Promise by {day}? “{what}”") if day else tr("Promise? “{what}”")
        return _Said(said, offer.what, day)

    def _keep_words(self, promise: Promise) -> _Said:
        if promise.id in self.drafted.keeps:
            return _Said(tr("Keeps your promise once it's sent: “{what}”"), promise.what)
        return _Said(tr("Does this keep your promise? “{what}”"), promise.what)


class _Said(NamedTuple):
    """What a chip says of a promise."""

    sentence: str
    what: str
    day: str = ""

    def in_words(self, most: int) -> str:
        """The sentence, with at most so many characters of the promise if given."""
        return self.sentence.format(what=text.embed(self.what, most), day=self.day)
