"""One step on the page: its name and state, a link to leave it out, and below that what it offers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.first_week import DONE, LEFT, NOTHING, OPEN, Overview, Step
from app.first_week.words import note
from ui.look import fonts
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets.avatar import Icon
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Label

_INDENT = 26
_ICONS = {OPEN: ("circle-dashed", "text2"), DONE: ("circle-check", "ok"), LEFT: ("circle-x", "text3"),
          NOTHING: ("circle-dashed", "text3")}  # fmt: skip


class Section(QWidget):
    """A step; add what it offers to `body`. `left` carries whether it is left out from now on."""

    left = Signal(bool)

    def __init__(self, step: str, title: str, about: str) -> None:
        """`title` and `about` are looked up already; `about` says what the step is good for."""
        super().__init__()
        self.step = step
        self.setAccessibleName(title)
        self._icons = QHBoxLayout()
        self._icon: Icon | None = None
        self._state = ""
        self.note = Label("", "meta", "text2")
        self.link = LinkButton(tr("Leave out"), tone="text2")
        self.link.clicked.connect(lambda: self.left.emit(self._state != LEFT))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(self._icons)
        head.addWidget(Label(title, "section"))
        head.addWidget(self.note, 1)
        head.addWidget(self.link)
        self.inner = QWidget()
        self.body = QVBoxLayout(self.inner)
        self.body.setSpacing(8)
        self.about = Label(about, "body", "text2", wrap=True)
        self.body.addWidget(self.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 18)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.inner)
        self._indent()
        theme().changed.connect(self._indent)

    def _indent(self) -> None:
        """What it offers stands below its name, in any text size."""
        self.body.setContentsMargins(fonts.px(_INDENT), 0, 0, 0)

    def show_overview(self, made: Overview) -> None:
        """Show the step's state, and what it offers."""
        raise NotImplementedError

    def show_step(self, step: Step) -> None:
        """Show its state; left out, or with nothing to offer, only its name is there."""
        if step.state != self._state:
            self._state = step.state
            if self._icon is not None:
                self._icons.removeWidget(self._icon)
                self._icon.deleteLater()
            self._icon = Icon(*_ICONS[step.state], 18)
            self._icons.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self.note.setText("" if step.state == OPEN else note(step))
        self.link.setVisible(step.state in (OPEN, LEFT))
        self.link.set_title(tr("Leave out") if step.state == OPEN else tr("Bring back"))
        self.link.setAccessibleName(f"{self.link.title()}: {self.accessibleName()}")
        self.inner.setVisible(self.has_body(step))

    def has_body(self, step: Step) -> bool:
        """Whether what it offers is shown in this state."""
        return step.state == OPEN or (step.state == DONE and step.many > 0)

    def focus(self) -> None:
        """Focus the first thing that can be done here."""
        self.link.setFocus(Qt.FocusReason.OtherFocusReason)
