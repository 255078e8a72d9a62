"""Keys in the settings: every command with its keys, which the person can change, and one line that sums it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.commands.binding import FIXED, Change, Keys, keys_of
from app.commands.command import EVERYWHERE, Command
from app.commands.desk import changed_words
from app.commands.key_names import shown_key
from app.commands.table import COMMANDS
from ui.commands.in_use import keymap
from ui.commands.keys import latin, set_recording
from ui.frame.registry import in_rail, pages, place_of, title_of
from ui.look import text
from ui.look.text import tr
from ui.widgets.avatar import KeyCap
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from ui.frame.page import Frame


class Recorder(ActionButton):
    """A button that takes the next key pressed: `recorded` carries its spelling, "" for Backspace (no key)."""

    recorded = Signal(str)

    def __init__(self, name: str) -> None:
        """`name` is the command's title, for a screen reader."""
        super().__init__(tr("Change"), kind="outline", height=26)
        self._name = name
        self.recording = False
        self.clicked.connect(self._begin)
        self._end()

    def _begin(self) -> None:
        self.recording = True
        set_recording(self, recording=True)
        self.set_title(tr("Press a key"))
        self.setAccessibleName(tr("Press the new key for “{command}”, or Esc").format(command=self._name))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self) -> None:
        self.recording = False
        set_recording(self, recording=False)
        self.set_title(tr("Change"))
        self.setAccessibleName(tr("Change the key of “{command}”").format(command=self._name))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  as Qt has it
        """Tab is a key too while one is asked for."""
        return False if self.recording else super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is asked any more."""
        super().focusOutEvent(event)
        if self.recording:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key; Esc leaves it as it was."""
        if not self.recording:
            super().keyPressEvent(event)
            return
        key = latin(event)
        if event.isAutoRepeat() or not key:
            return
        self._end()
        if key != "Escape":
            self.recorded.emit("" if key == "Backspace" else key)


class KeyRow(QWidget):
    """A command with its keys. Its parts are made when it is first found: there are more than a hundred rows."""

    def __init__(self, command: Command, frame: Frame) -> None:
        """Start hidden and bare."""
        super().__init__()
        self.command, self._frame = command, frame
        self._asked: Change | None = None
        self.made = False
        """Whether it has its parts yet."""
        self.hide()

    def words(self) -> str:
        """What a search finds it by: title, keys, pages."""
        named = (title_of(self.command), _where(self.command), tr("key"))
        return " ".join([*named, *map(shown_key, self._keys())])

    def _keys(self) -> tuple[str, ...]:
        return keys_of(self.command, keymap().current.changed)

    def make(self) -> None:
        """Make the parts, before it is shown: in what is in sight, each of them would lay out the whole page."""
        if not self.made:
            self.made = True
            self._lay_out()
            self.refresh()
            keymap().changed.connect(self.refresh)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label(title_of(self.command), "row", wrap=True))
        if where := _where(self.command):
            names.addWidget(Label(where, "meta", "text2", wrap=True))
        line.addLayout(names, 1)
        self._caps = QHBoxLayout()
        self._caps.setSpacing(4)
        line.addLayout(self._caps)
        title = title_of(self.command)
        self.usual = LinkButton(tr("Reset"), tone="text2")
        self.usual.setAccessibleName(tr("Reset the key of “{command}”").format(command=title))
        self.usual.clicked.connect(self._reset)
        self.change = Recorder(title)
        self.change.recorded.connect(self._recorded)
        self.change.setVisible(self.command.id not in FIXED)
        line.addWidget(self.usual)
        line.addWidget(self.change)
        column.addLayout(line)
        self.says = Label("", "meta", "warn", wrap=True)
        self.go = ActionButton(tr("Use it here"), "check", height=26)
        self.go.clicked.connect(self._go)
        below = QHBoxLayout()
        below.addWidget(self.says, 1)
        below.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(below)

    def refresh(self) -> None:
        """Show the keys as they are now."""
        while (child := self._caps.takeAt(0)) is not None:
            if (widget := child.widget()) is not None:
                widget.deleteLater()
        keys = self._keys()
        for key in keys:
            self._caps.addWidget(KeyCap(shown_key(key)))
        if not keys:
            self._caps.addWidget(Label(tr("no key"), "meta", "text2"))
        self.usual.setVisible(keys != self.command.keys)
        self._say("")

    def _say(self, words: str, asked: Change | None = None) -> None:
        """Say why a key can't be had, or (`asked`) whom it would be taken from."""
        self._asked = asked
        self.says.setText(words)
        self.says.setVisible(bool(words))
        self.go.setVisible(asked is not None)
        if asked is not None:
            self.go.setAccessibleDescription(words)
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recorded(self, key: str) -> None:
        """The first key becomes `key`, or goes; the others stay."""
        others = tuple(one for one in self._keys()[1:] if one != key)
        try:
            change = self._frame.bench.keys.plan(self.command.id, (key, *others) if key else others)
        except UserError as why:
            self._say(str(why))
            return
        if change.takes:
            self._say(change.question(), change)
        else:
            self._carry_out(change)

    def _go(self) -> None:
        if self._asked is not None:
            self._carry_out(self._asked)
            self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _carry_out(self, change: Change) -> None:
        desk = self._frame.bench.keys
        change_keys(self._frame, lambda: desk.carry_out(change), changed_words(change))

    def _reset(self) -> None:
        title = title_of(self.command)
        words = tr("“{command}” has its usual key again.").format(command=title)
        change_keys(self._frame, lambda: self._frame.bench.keys.reset(self.command.id), words)
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)


class KeysSummary(QWidget):
    """How many keys were changed, with buttons that show all of them and reset them."""

    def __init__(self, frame: Frame, show: Callable[[], object]) -> None:
        """`show` lists all keys."""
        super().__init__()
        self._frame = frame
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.usual = LinkButton(tr("Reset all"), tone="text2")
        self.usual.clicked.connect(self._reset)
        self.show_all = ActionButton(tr("Show all keys"), "keyboard")
        self.show_all.clicked.connect(show)
        line.addWidget(self.usual)
        line.addWidget(self.show_all)
        self.setFocusProxy(self.show_all)
        keymap().changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        changed = len(keymap().current.changed)
        self.usual.setVisible(bool(changed))
        self.usual.set_title(text.counted(changed, "Reset {count} change", "Reset {count} changes"))

    def _reset(self) -> None:
        change_keys(self._frame, self._frame.bench.keys.reset_all, tr("All commands have their usual keys again."))


def change_keys(frame: Frame, do: Callable[[], Keys], words: str) -> None:
    """Change keys, use them at once, and show a toast whose Undo brings back those from before."""
    before = do()
    keymap().use(frame.bench.keys.keymap())

    def undo() -> None:
        frame.bench.keys.restore(before)
        keymap().use(frame.bench.keys.keymap())
        frame.toast(tr("The keys are as they were."))

    frame.toast(words, undo)


def key_rows(frame: Frame) -> list[tuple[QWidget, str]]:
    """A row for each command, in the table's order, with the words that it is found by."""
    there = len(in_rail())
    rows = [KeyRow(command, frame) for command in COMMANDS if place_of(command.id) <= there]
    return [(row, row.words()) for row in rows]


def _where(command: Command) -> str:
    """The pages on which a command works; "" for everywhere."""
    if EVERYWHERE in command.where:
        return ""
    return ", ".join(tr(entry.title) for entry in pages() if entry.id in command.where)
