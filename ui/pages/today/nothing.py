"""What Today says when nothing is due: that the time is yours, and one kind thing to do with it; or where to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.today import Day
from ui.frame.page import Frame
from ui.look import text
from ui.look.text import tr
from ui.pages.today.deeds import Deeds
from ui.widgets.buttons import ActionButton, CommandButton
from ui.widgets.panels import EmptyState, empty_layout


class Nothing(QWidget):
    """One of these states; `show_day` says which."""

    def __init__(self, frame: Frame, deeds: Deeds) -> None:
        """Empty until `show_day`."""
        super().__init__()
        self._frame, self._deeds = frame, deeds
        self.buttons: list[ActionButton] = []
        self._shown: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_day(self, day: Day, minutes: int, *, has_words: bool, empty: bool) -> None:
        """Say what can be done: with an `empty` file begin, else one kind thing, if the people here allow one."""
        if day.queue.total:
            return
        silent = next((group.rows[0] for group in day.groups if group.key == "quiet"), None)
        shown = (minutes, has_words, empty, silent.id if silent is not None else 0)
        if shown == self._shown:
            return
        self._shown = shown
        if empty:
            self.buttons = [
                CommandButton("connect", self._frame, kind="primary"), CommandButton("bring_in", self._frame),
            ]  # fmt: skip
            words = tr("Nothing is here yet.")
            more = tr("Connect an account or import a file. What is due, what waits and what fits appears here.")
            self._put(EmptyState("sun", words, more=more, buttons=self.buttons))
            return
        self.buttons = [self._kind_thing(silent.id, silent.who) if silent is not None else self._other(has_words)]
        words = text.counted(
            minutes, "Nothing needs you. {count} minute is yours.", "Nothing needs you. {count} minutes are yours."
        )
        self._put(EmptyState("sun", words, buttons=self.buttons))

    def focus(self) -> None:
        """Focus the first button."""
        if self.buttons:
            self.buttons[0].setFocus()

    def _kind_thing(self, member: int, name: str) -> ActionButton:
        return _button(
            tr("Say hello to {name}").format(name=text.name(name)), "hand",
            lambda: self._frame.go("letter", ("member", member)),
        )  # fmt: skip

    def _other(self, has_words: bool) -> ActionButton:  # noqa: FBT001  one switch
        if has_words:
            return _button(tr("Read a kind word"), "heart", self._deeds.show_shelf)
        return _button(tr("See who is here"), "users", lambda: self._frame.go("members"))

    def _put(self, state: EmptyState) -> None:
        empty_layout(self._column)
        self._column.addWidget(state)


def _button(title: str, icon: str, act: Callable[[], object]) -> ActionButton:
    button = ActionButton(title, icon)
    button.clicked.connect(act)
    return button
