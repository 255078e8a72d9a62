"""Above the draft: what is customary in the place of an account, at the first reply there, and who is to speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.commands.in_use import keymap
from ui.frame.doing import undoable
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.avatar import Icon, KeyCap
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.notice import Notice
from ui.widgets.panels import Scroll
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.inbox import Opened
    from app.outbox.composing import Way
    from app.outbox.manners import Point
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.draft_field import DraftField

_MAX_HEIGHT, _MAX_LOW_HEIGHT = 150, 84  # of the points, in CSS pixels; beyond that they scroll
_AT_FIRST = ("note", "custom", "who")
"""What is said at the first reply; the rest is a key away, and the composer counts the length."""
_NAME = "speaks {}"  # the names of the notice's buttons are those of objects, so not the addresses themselves


class MannersStrip(QWidget):
    """A quiet strip with what is worth knowing; it takes no focus, so that typing goes on.

    Folded it is one line, which leaves the question in sight.
    """

    closed = Signal()
    unfolded = Signal()
    """All of it is wanted."""

    def __init__(self) -> None:
        """Hidden until `say`, and empty until then: the first paint does without it."""
        super().__init__()
        self._low = False
        self._scroll: Scroll | None = None
        self.hide()

    def _build(self) -> Scroll:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 6, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title, self.line = ElidedLabel("", "strong"), ElidedLabel("", "body", "text2")
        self.more = LinkButton(tr("More"))
        self.more.clicked.connect(self.unfolded)
        self.close_button = IconButton("x", tr("Close"), size=24, glyph=14)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(self.closed)
        head.addWidget(Icon("hand", "text2", 16))
        head.addWidget(self.title)
        head.addWidget(self.line, 1)
        head.addWidget(self.more)
        head.addWidget(KeyCap(tr("Esc")))
        head.addWidget(self.close_button)
        column.addLayout(head)
        scroll = Scroll((0, 0, 6, 0), 4, "subtle")
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrows scroll it
        scroll.setAccessibleName(tr("Manners"))
        column.addWidget(scroll)
        return scroll

    def say(self, title: str, points: Sequence[Point], *, folded: bool) -> None:
        """Show these points and announce all of them to screen readers; `folded`, the first is shown in one line."""
        scroll = self._scroll = self._scroll or self._build()
        self.title.setText(title)
        scroll.clear()
        for point in points if not folded else ():
            scroll.column.addWidget(_row(point))
        scroll.column.addStretch(1)
        scroll.setVisible(not folded)
        self.more.setVisible(folded)
        self.more.setToolTip(keymap().tip("manners"))
        self.line.setText(points[0].text if folded else "")
        self.line.set_tone("accent" if points[0].key == "note" else "text2")
        words = " ".join([title, *(f"{point.title}: {point.text}" for point in points)])
        self.setAccessibleName(words)
        self.show()
        self.fit()
        speak(self, words)

    def takes_room(self) -> bool:
        """Whether it is shown whole, for which the messages give way."""
        return not self.isHidden() and self._scroll is not None and not self._scroll.isHidden()

    def set_low(self, *, low: bool) -> None:
        """Take less room in a low pane."""
        self._low = low
        self.fit()

    def fit(self) -> None:
        """Fit the height to the points, within a limit."""
        if self._scroll is None:
            return
        inner = self._scroll.widget()
        wide = max(fonts.px(200), self.width() - fonts.px(30))
        layout = inner.layout() if inner is not None else None
        wanted = layout.heightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else 0
        most = fonts.px(_MAX_LOW_HEIGHT if self._low else _MAX_HEIGHT)
        self._scroll.setFixedHeight(max(fonts.px(24), min(wanted or most, most)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Refit: the points wrap differently at another width."""
        super().resizeEvent(event)
        self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the quiet tint."""
        paint.box(QPainter(self), self.rect(), fill="subtle", radius=6)

    def empty(self) -> None:
        """Hide it."""
        self.hide()
        if self._scroll is not None:
            self._scroll.clear()


def _row(point: Point) -> QWidget:
    """A point: what it is about, and its sentences; the person's own note stands out."""
    own = point.key == "note"
    words = "\n".join(text.embed(line) for line in point.text.splitlines()) if own else point.text
    said = tr("{title}: {text}").format(title=point.title, text=words)
    return Label(said, "body", "accent" if own else "text", wrap=True)


class BeforeReply(QObject):
    """Shows the strip once at the first reply on an account and whenever it is asked for, and asks who speaks.

    It is remembered as shown once the person dismisses it or begins to write; it never stands in the way of that.
    """

    fits = Signal()
    """The strip or the question appeared or went."""
    spoken = Signal()
    """The person has chosen who speaks."""

    def __init__(self, bench: Workbench, frame: Frame, field: DraftField) -> None:
        """The strip and the question appear while `field` has the focus."""
        super().__init__(field)
        self._bench, self._frame, self._field = bench, frame, field
        self.strip, self.question = MannersStrip(), Notice("user-round", quiet=True)
        self._account, self._speaks_on, self._place = 0, 0, ""
        self._speakers: tuple[tuple[str, str], ...] = ()
        self._asked_for = False
        self.strip.closed.connect(self.dismiss)
        self.strip.unfolded.connect(self._unfold)
        self.question.pressed.connect(self._chosen)
        field.installEventFilter(self)

    def show_way(self, opened: Opened | None, goes: Way | None, sender: str) -> None:
        """Take note of the account that a reply goes out on; `sender` is the address chosen for it, "" for none."""
        account = goes.account_id if goes is not None else opened.account_id if opened is not None else 0
        self._place = opened.row.account if opened is not None else ""
        if account != self._account:
            self._account = account
            self._close()
        self._speaks_on = opened.account_id if opened is not None and opened.account_mode == "file" else account
        self._speakers = self._bench.outbox.manners.who_could_speak(self._speaks_on, goes, sender) if account else ()
        if not self._speakers and not self.question.isHidden():
            self.question.hide()
            self.fits.emit()
        if self._field.hasFocus():
            self.offer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show what is due when the field gets the focus; never filters."""
        if event.type() is QEvent.Type.FocusIn and watched is self._field:
            self.offer()
        return False

    def offer(self) -> None:
        """Ask who speaks if that is open, else show the manners if they are due."""
        if not self._account:
            return
        if self._speakers:
            self._ask()
        elif self.strip.isHidden() and self._bench.accounts.notes.is_due(self._account):
            self._show()

    def _ask(self) -> None:
        place = text.isolate(self._place)
        names = {_NAME.format(at): text.short(name, 60) for at, (_, name) in enumerate(self._speakers)}
        self.question.say(
            tr("Who speaks on “{account}”? You're asked only once; you can change it in Accounts.").format(
                account=place
            ),
            names,
        )
        self.fits.emit()

    def _chosen(self, name: str) -> None:
        key, shown = self._speakers[int(name.rpartition(" ")[2])]
        words = tr("{who} speaks on “{account}” from now on.").format(
            who=text.embed(shown, 60), account=text.isolate(self._place)
        )
        with undoable(self._frame, words):
            self._bench.accounts.notes.put_who_speaks(self._speaks_on, key, self._place)
            self.question.hide()
            self._field.setFocus()
            self.fits.emit()
            self.spoken.emit()

    def toggle(self) -> None:
        """Show all the manners of the place, or hide them."""
        if not self.strip.isHidden() and self._asked_for:
            self.dismiss()
        elif self._account:
            self._unfold()

    def _unfold(self) -> None:
        self._asked_for = True
        self._show()

    def _show(self) -> None:
        points = self._bench.outbox.manners.points(self._account)
        if not self._asked_for:
            points = tuple(point for point in points if point.key in _AT_FIRST)
        if not points:
            return
        first = tr("Before you reply: {account}") if not self._asked_for else tr("Manners: {account}")
        self.strip.say(first.format(account=text.isolate(self._place)), points, folded=not self._asked_for)
        self.fits.emit()

    def typed(self) -> None:
        """The person goes on: what is shown counts as shown, and stays until the reply is sent."""
        if not self.strip.isHidden():
            self._bench.accounts.notes.mark_shown(self._account)

    def dismiss(self) -> bool:
        """Hide the strip and remember that it was shown; False if it was hidden already."""
        if self.strip.isHidden():
            return False
        self._bench.accounts.notes.mark_shown(self._account)
        self._close()
        return True

    def rest(self) -> None:
        """Another conversation is shown: nothing is being replied to yet. What nobody has dismissed is still due."""
        self.question.hide()
        self._close()

    def sent(self) -> None:
        """A reply went out."""
        self.typed()
        self._close()

    def _close(self) -> None:
        self._asked_for = False
        if not self.strip.isHidden():
            self.strip.empty()
            self.fits.emit()
