"""The desk of keys: those that the person has changed, kept as one setting."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.commands import binding
from app.commands.binding import Change, Keys
from app.commands.command import Command
from app.commands.key_names import shown_key
from app.commands.keymap import Keymap
from app.commands.table import COMMANDS, by_id
from app.settings import delete_value, store_value
from app.store.store import Store

_KEY = "keys"


class KeyDesk:
    """The changed keys. Each change returns what was before, for `restore` to bring back."""

    def __init__(self, store: Store) -> None:
        """Nothing is cached: it is one small row."""
        self._store = store

    def changed(self) -> dict[str, tuple[str, ...]]:
        """The changed keys by command id; what a later Rapport knows besides is left out."""
        row = self._store.read.execute("SELECT value FROM setting WHERE key = ?", (_KEY,)).fetchone()
        return _read(row["value"]) if row is not None else {}

    def keymap(self) -> Keymap:
        """The keys in use."""
        row = self._store.read.execute("SELECT value FROM setting WHERE key = 'single_keys'").fetchone()
        return Keymap(self.changed(), row is None or row["value"] not in ("0", "", "False"))

    def plan(self, command_id: str, keys: Sequence[str]) -> Change:
        """What giving a command these keys means. Raises UserError for a key that it can't have."""
        command = named(command_id)
        for key in keys:
            if why := binding.refusal(command, key):
                raise UserError(why)
        if command.id in binding.FIXED:
            raise UserError(binding.refusal(command, ""))
        change = binding.plan(command, keys, self.changed())
        if (fixed := binding.fixed_holder(change)) is not None:
            raise UserError(binding.refusal(fixed, ""))
        return change

    def carry_out(self, change: Change) -> Keys:
        """Give a command its keys, and take them from those that have them; returns what was before."""
        before = self.changed()
        self._put(binding.carry_out(change, before))
        return before

    def reset(self, command_id: str) -> Keys:
        """Give a command the keys of the table again; returns what was before."""
        before = self.changed()
        self._put(binding.reset(named(command_id), before))
        return before

    def reset_all(self) -> Keys:
        """Give all commands the keys of the table again; returns what was before."""
        before = self.changed()
        self._put({})
        return before

    def restore(self, before: Keys) -> None:
        """Bring back the changed keys as they were."""
        self._put(dict(before))

    def _put(self, changed: Keys) -> None:
        with self._store.write() as conn:
            if changed:
                store_value(conn, _KEY, json.dumps(changed, ensure_ascii=False))
            else:
                delete_value(conn, _KEY)


def named(command_id: str) -> Command:
    """The command with this id, `done` or `send-done`. Raises NotFoundError if there is none."""
    try:
        return by_id(command_id.strip().lower().replace("-", "_"))
    except KeyError as why:
        msg = tr("There's no command “{command}”. `keys list` names all of them.").format(command=command_id)
        raise NotFoundError(msg) from why


def changed_words(change: Change) -> str:
    """What was done, in a few words for a toast or a shell."""
    title = tr(change.command.title)
    if not change.keys:
        return tr("“{command}” has no key now; it's in Find or do.").format(command=title)
    keys = ", ".join(map(shown_key, change.keys))
    return tr("“{command}” is {keys} now.").format(keys=keys, command=title)


def _read(value: str) -> dict[str, tuple[str, ...]]:
    """The changed keys of a stored value; {} for one that is damaged."""
    try:
        stored = json.loads(value)
    except ValueError:
        return {}
    known = {command.id for command in COMMANDS}
    if not isinstance(stored, dict):
        return {}
    return {
        number: tuple(str(key) for key in keys)
        for number, keys in stored.items()
        if number in known and isinstance(keys, list)
    }
