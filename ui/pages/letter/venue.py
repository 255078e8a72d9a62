"""Where a post goes: a field that completes the account's venues, and asks the account for its list again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.inbox.addressing import VENUE
from app.outbox import Venue, matching, typed
from ui.frame.working import Working
from ui.look import fonts
from ui.look.text import tr
from ui.widgets.buttons import IconButton
from ui.widgets.labels import Label
from ui.widgets.popup_list import PopupList, draw_two_lines

if TYPE_CHECKING:
    from app.base.message import Addressee
    from app.outbox import LetterDraft
    from app.workbench import Workbench

_WIDTH = 360
_MAX_OFFERED = 8
_KEEP_LIST_REASONS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class VenueList(PopupList[Venue]):
    """The keyboard focus stays in the field. `taken` carries the Venue that was clicked."""

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, until `show_items`."""
        super().__init__(parent, tr("Where it can be posted"), _WIDTH)

    def take(self, item: Venue) -> None:
        """Pass the venue on."""
        self.taken.emit(item)

    def words(self, item: Venue) -> str:
        """Its name."""
        return item.name

    def draw_row(self, painter: QPainter, row: QRect, item: Venue) -> None:
        """Draw name and key."""
        draw_two_lines(painter, row.adjusted(fonts.px(10), 4, -fonts.px(8), -4), item.name, item.key)


class VenueField(QLineEdit):
    """Offers the venues that the typed words may mean; a click or Down offers all."""

    changed = Signal()
    """A venue was typed or chosen."""
    entered = Signal()
    """Enter was pressed with no list open."""
    left = Signal()
    """Esc was pressed with no list open."""

    def __init__(self) -> None:
        """Start without venues, until `show_venue`."""
        super().__init__()
        self._known: list[Venue] = []
        self._chosen = Venue("", "")
        self._list: VenueList | None = None
        self.textEdited.connect(self._typed)

    def show_venue(self, known: list[Venue], box: Addressee, *, anew: bool = False) -> None:
        """Show where a post goes; what is being typed stays, unless it is `anew`."""
        self._known = known
        if anew or not (self.hasFocus() and self.isModified()):
            self._chosen = Venue(box.address, box.name)
            self.setModified(False)
            if self.text() != box.name:
                self.setText(box.name)
                self.setCursorPosition(0)

    def value(self) -> Addressee:
        """The venue that was chosen, or that the typed words are the name of; else those words, which are none."""
        words = self.text().strip()
        if self._chosen.key and words == self._chosen.name:
            return self._chosen.box
        hits = [venue for venue in matching(self._known, words) if words in (venue.name, venue.key)]
        return hits[0].box if len(hits) == 1 else typed(words)

    @property
    def choosing(self) -> bool:
        """Whether the list is open."""
        return self._list is not None and self._list.isVisible()

    def _typed(self) -> None:
        self._offer(matching(self._known, self.text()))
        self.changed.emit()

    def _offer(self, venues: list[Venue]) -> None:
        if not venues:
            self.hide_list()
            return
        window = self.window()
        if self._list is None:
            self._list = VenueList(window)
            self._list.taken.connect(self._take)
        at = QRect(self.mapTo(window, QPoint(0, 0)), self.size())
        self._list.show_items(venues[: min(_MAX_OFFERED, self._list.rows_beside(at))], at)

    def hide_list(self) -> None:
        """Close the list."""
        if self._list is not None:
            self._list.hide()

    def _take(self, venue: Venue) -> None:
        self._chosen = venue
        self.setText(venue.name)
        self.setModified(False)
        self.selectAll()  # another name typed replaces it
        self.hide_list()
        self.changed.emit()

    # --- keys and the pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list; Down opens it with all venues. Enter and Esc leave the field where it is closed."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.choosing and self._list is not None:
            if self._list.steer(event):
                return
        elif key == Qt.Key.Key_Down and plain:
            self._offer(self._known)
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain:
                self.entered.emit()
            else:
                event.ignore()  # Ctrl+Enter sends
            return
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001  Qt's signature
        """Tab takes the current venue while the list is open, else leaves the field."""
        if forwards and self.choosing and self._list is not None:
            self._list.take_current()
            return True
        return super().focusNextPrevChild(forwards)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click offers all venues."""
        super().mousePressEvent(event)
        self._offer(self._known)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the name, so that another one typed replaces it."""
        super().focusInEvent(event)
        if event.reason() not in _KEEP_LIST_REASONS:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list and judge what was typed, but not when a menu or another window takes the focus."""
        super().focusOutEvent(event)
        if event.reason() not in _KEEP_LIST_REASONS:
            self.hide_list()
            if self.isModified():
                self.setModified(False)
                self.changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the list with the field."""
        self.hide_list()
        super().hideEvent(event)


class VenueRow(QWidget):
    """The field with what a venue is called there, and a button that asks the account for its list again."""

    changed = Signal()
    """A venue was typed or chosen, or the list is another."""
    failed = Signal(str)
    """The account could not be asked: carries the sentence."""

    def __init__(self, bench: Workbench) -> None:
        """Start empty, until `show_draft`."""
        super().__init__()
        self._bench = bench
        self._draft = 0
        self._account: int | None = None
        self._working: Working | None = None
        self.field = VenueField()
        self.again = IconButton("refresh-cw", tr("Ask the account again where it can post"))
        self._word = Label("", "meta", "text2")
        self._word.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._word)
        row.addWidget(self.field, 1)
        row.addWidget(self.again)
        self.field.changed.connect(self.changed)
        self.again.clicked.connect(self._ask)

    def show_draft(self, draft: LetterDraft) -> None:
        """Show where a post goes; nothing for a message to somebody."""
        box = next((box for box in draft.receivers if box.role == VENUE), None)
        self.setVisible(box is not None)
        if box is None or draft.account_id is None:
            return
        anew = (self._draft, self._account) != (draft.id, draft.account_id) and bool(self._account)
        anew = anew and not (self._draft == 0 and self._account == draft.account_id)  # it is only saved now
        self._draft, self._account = draft.id, draft.account_id
        words = self._bench.letters.venue_word(draft.account_id)
        self._word.setText(words)
        self.field.setAccessibleName(words)
        self.field.setPlaceholderText(tr("Choose, or type a part of the name"))
        self.field.show_venue(self._bench.letters.venues(draft.account_id), box, anew=anew)
        self.again.setVisible(self._bench.letters.venues_are_asked(draft.account_id))

    def _ask(self) -> None:
        """Check the account on a worker: that brings its list."""
        account, bench = self._account, self._bench
        if account is None or self._working is not None:
            return
        self.again.setEnabled(False)
        self._working = Working(lambda _progress, _stop: bench.accounts.check(account), "venues")
        self._working.finished.connect(self._asked)
        self._working.failed.connect(self._not_asked)
        self._working.start()

    def _asked(self) -> None:
        self._working = None
        self.again.setEnabled(True)
        self.changed.emit()

    def _not_asked(self, why: object) -> None:
        self._working = None
        self.again.setEnabled(True)
        if why is not None:
            self.failed.emit(str(why))
