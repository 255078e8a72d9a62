"""The keys in use: those of the table, what the person has changed, and whether single letters do anything. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from app.commands.binding import Keys, keys_of
from app.commands.command import Command
from app.commands.key_names import is_single, shown_key
from app.commands.table import by_id, on_page


class Keymap(NamedTuple):
    """Which command has which keys by now."""

    changed: Keys = MappingProxyType({})
    single: bool = True
    """Whether single letters and signs are keys (WCAG 2.1.4)."""

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The keys that run a command by now, the first one shown on buttons; () for none. Raises KeyError."""
        keys = keys_of(by_id(command_id), self.changed)
        return keys if self.single else tuple(key for key in keys if not is_single(key))

    def cap(self, command_id: str) -> str:
        """The first key of a command as shown on the screen; "" for none."""
        keys = self.keys(command_id)
        return shown_key(keys[0]) if keys else ""

    def commands(self, spellings: Iterable[str], page_id: str) -> list[Command]:
        """The commands with the first of the spellings that is a key on the page, the page's own first."""
        here = on_page(page_id)
        for spelling in spellings:
            found = [command for command in here if spelling in self.keys(command.id)]
            if found:
                return found
        return []
