"""The keys in use, for whatever shows one: buttons, menus, tooltips, palette, key sheet.

`keymap()` is the process's only KeysInUse. The window gives it the keys of its file; who shows a key asks it, and
listens to `changed`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.base.words import tr
from app.commands.keymap import Keymap
from app.commands.table import by_id


class KeysInUse(QObject):
    """Which command has which key now; `changed` says that the person chose others."""

    changed = Signal()

    def __init__(self) -> None:
        """Start with the keys of the table."""
        super().__init__()
        self.current = Keymap()

    def use(self, keymap: Keymap) -> None:
        """Take these keys from now on."""
        if keymap != self.current:
            self.current = keymap
            self.changed.emit()

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The keys that run a command by now. Raises KeyError."""
        return self.current.keys(command_id)

    def cap(self, command_id: str) -> str:
        """The first key of a command as shown on the screen; "" for none."""
        return self.current.cap(command_id)

    def name(self, command_id: str) -> str:
        """A command in a sentence: its key, or, while it has none, its title as it stands in Find or do."""
        return self.cap(command_id) or tr("“{command}”").format(command=tr(by_id(command_id).title))

    def tip(self, command_id: str, words: str = "") -> str:
        """A tooltip: the words, or the command's title, with its key in brackets."""
        said, cap = words or tr(by_id(command_id).title), self.cap(command_id)
        return tr("{what} ({key})").format(what=said, key=cap) if cap else said


_in_use: list[KeysInUse] = []


def keymap() -> KeysInUse:
    """The keys in use in this process."""
    if not _in_use:
        _in_use.append(KeysInUse())
    return _in_use[0]
