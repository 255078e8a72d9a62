"""The chips above Send: what the draft promises, and which open promise it keeps. Nothing is taken by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.promises import Drafted, Made, drafted_from, drafted_text
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox import Opened
    from app.promises import Promise
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.draft_keeper import DraftKeeper
    from ui.pages.inbox.whom import Whom
    from ui.pages.inbox.words import Words

_MOST = 2
"""Chips of each kind: more would push the words out of sight."""
_MOST_CHARS, _LEAST_CHARS, _STEP_CHARS = 120, 12, 4
"""Of a promise's words in a chip."""


class Promising(QWidget):
    """Offers the promises of the draft when typing has paused, and the open ones that it may keep."""

    changed = Signal()
    """Chips have come or gone."""

    def __init__(self, bench: Workbench, frame: Frame, words: Words, draft: DraftKeeper, whom: Whom) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__()
        self._bench, self._frame = bench, frame
        self._words, self._draft, self._whom = words, draft, whom
        self._opened: Opened | None = None
        self.drafted = Drafted()
        self.offers: list[Made] = []
        self.open: list[Promise] = []
        self.chips: list[ActionButton] = []
        self._whole: list[_Said] = []
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_conversation(self, opened: Opened) -> None:
        """Read what the draft of another conversation is about to promise."""
        self._opened = opened
        self.drafted = drafted_from(self._bench.inbox.drafts.promised(opened.row.id)) if opened.draft else Drafted()

    def refresh(self, opened: Opened) -> None:
        """Read it again: a reply may have been taken back, a promise kept elsewhere."""
        self._opened = opened
        if opened.draft:
            self.drafted = drafted_from(self._bench.inbox.drafts.promised(opened.row.id))
        self.look()

    def sent(self) -> None:
        """The draft is gone, and what it promised with it."""
        self.drafted = Drafted()
        self.look()

    def look(self) -> None:
        """Find what the draft promises as it is now; what was taken follows its words."""
        typed = self._words.text() if self._opened is not None else ""
        found: list[Made] = []
        if typed and self._bench.settings.get("offer_promises"):
            languages = [self._words.language.code]
            found = [Made(one.what, one.due_on) for one in self._bench.promises.offers(typed, languages)]
            followed = self._bench.promises.followed(self.drafted, typed, languages)
            if followed != self.drafted:
                self._keep(followed)
        taken = [one for one in found if one in self.drafted.made]
        self.offers = [*taken, *(one for one in found if one not in taken)][: max(_MOST, len(taken))]
        self.open = self._to_keep() if typed else []
        self._show()

    def _to_keep(self) -> list[Promise]:
        if self._opened is None:
            return []
        to = self._whom.choice.to
        member = to.member_id if to is not None else self._opened.row.member_id
        return self._bench.promises.to_keep(self._opened.row.id, member)[:_MOST]

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
        self._keep(self.drafted.toggled(offer))
        self._show()

    def keep(self, promise: int) -> None:
        """Say that the draft keeps a promise, or that it doesn't."""
        self._keep(self.drafted.toggled_keep(promise))
        self._show()

    def _keep(self, drafted: Drafted) -> None:
        """Keep it with the draft, which is saved before: what is chosen for it needs its row."""
        self.drafted = drafted
        if self._opened is not None:
            self._draft.save()
            self._bench.inbox.drafts.note_promised(self._opened.row.id, drafted_text(drafted))

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
        self.setVisible(bool(self.chips))
        self.changed.emit()

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
            while self.width() and chip.whole_width() > self.width() and most > _LEAST_CHARS:
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
