"""A small inline form: Ctrl+Enter submits it, Esc closes it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base.errors import UserError
from ui.commands import keys
from ui.look import fonts
from ui.look.text import tr
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.fitted import Fitted
from ui.widgets.labels import Label
from ui.widgets.panels import Panel
from ui.widgets.unsaved import Forms, Unsaved

_MIN_SHEET_HEIGHT = 56
_ONE_LINE = (QLineEdit, QComboBox)


class Strip(QWidget):
    """A small inline form; subclasses add fields and implement `do`."""

    finished = Signal(str)
    """Carries the toast for what was done; "" if the strip was closed without."""

    turned = Signal(str)
    """The form is about something else from now on, and what was typed in it is kept; carries its title."""

    about: object = None
    """What the form is about, such as a gift's id; None if it stands for any form of its class."""

    _room: int | None = None

    def __init__(self, title: str, icon: str, action: str, tone: str = "") -> None:
        """`action` is the title of the submit button."""
        super().__init__()
        keys.make_form(self)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 0, 16, 16)
        box = Panel(edge="control", radius=10, margin=14)
        box.column.setSpacing(10)
        outer.addWidget(box)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon(icon, tone or "text2", 16))
        head.addWidget(Label(title, "strong", wrap=True), 1)
        close = LinkButton(tr("Close (Esc)"), tone="text2")
        close.clicked.connect(self.close_strip)
        head.addWidget(close)
        box.column.addLayout(head)
        self.unsaved = Unsaved(self)
        box.column.addWidget(self.unsaved)
        inner = QWidget()
        self.form = QGridLayout(inner)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(10)
        self.form.setVerticalSpacing(8)
        self.sheet = Fitted(inner)  # title and button stay in sight when the fields have to scroll
        box.column.addWidget(self.sheet)
        self.wrong = Label("", "meta", "danger", wrap=True)
        self.wrong.hide()
        self.aside = Label("", "meta", "text2", wrap=True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.aside, 1)
        self.go = ActionButton(action, key="Ctrl ↵", kind="delight" if tone == "delight" else "primary", height=32)
        self.go.clicked.connect(self.act)
        foot.addWidget(self.go)
        box.column.addWidget(self.wrong)
        box.column.addLayout(foot)

    def field(self, label: str, widget: QWidget, row: int, column: int, span: int = 1) -> None:
        """Add a field with a label above, spanning so many columns; one of a single line stands at the row's top."""
        named = Label(label, "meta", "text2")
        named.setBuddy(widget)
        widget.setAccessibleName(label)
        self.form.addWidget(named, row * 2, column, 1, span)
        top = Qt.AlignmentFlag.AlignTop if isinstance(widget, _ONE_LINE) else Qt.AlignmentFlag(0)
        self.form.addWidget(widget, row * 2 + 1, column, 1, span, top)
        self.form.setColumnStretch(column, 1)

    def set_room(self, pixels: int) -> None:
        """Take at most so much height: the fields scroll where that is not enough."""
        self._room = pixels
        whole = self.layout()
        if whole is None:
            return
        wide = self.width()
        high = whole.totalHeightForWidth(wide) if whole.hasHeightForWidth() else whole.totalMinimumSize().height()
        around = high - self.sheet.minimumHeight()
        self.sheet.set_most(max(pixels - around, fonts.px(_MIN_SHEET_HEIGHT)))

    def event(self, event: QEvent) -> bool:
        """Measure anew what stands around the fields when words below them come, or wrap at another width."""
        done = super().event(event)
        if self._room is not None and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.set_room(self._room)
        return done

    def topic(self) -> object:
        """What the words typed here are about: they come back when such a form is opened for the same again."""
        return self.about

    def begin(self, forms: Forms) -> None:
        """Put back what was typed before and not saved; a page calls this, then `start`, when it shows the strip."""
        self.unsaved.begin(forms, self.topic())

    def turn(self, show: Callable[[], object]) -> None:
        """Let `show` fill the form in for something else; what was typed is kept for what it was about until now."""
        kept = self.unsaved.end()
        show()
        self.unsaved.go_on(self.topic())
        if kept:
            self.turned.emit(self.accessibleName())

    def start(self) -> None:
        """Focus the first field; a page calls this when it shows the strip."""

    def answers(self, other: Strip) -> bool:
        """Whether whoever asks for `other` may be led back into this one: same class, and about the same."""
        return type(self) is type(other) and other.about in (None, self.about)

    def resume(self) -> None:
        """Focus the field that had the focus last; all that was typed is kept."""
        last = self.focusWidget()
        if last in (None, self):
            self.start()
        else:
            last.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        """Submit; a UserError is shown in the strip, which stays open."""
        try:
            with self.unsaved.saving():
                done = self.do()
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.finished.emit(done)

    def do(self) -> str:
        """Do the strip's action and return the toast. Raises UserError if the input is wrong."""
        raise NotImplementedError

    def close_strip(self) -> None:
        """Close without doing anything."""
        self.finished.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter and Ctrl+Enter submit."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_strip()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act()
            return
        super().keyPressEvent(event)
