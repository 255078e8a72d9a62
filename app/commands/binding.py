"""Which keys a command can have: what text fields and the system need, and what has a key by now. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from app.base.words import N_, tr
from app.commands.command import EVERYWHERE, Command
from app.commands.key_names import is_single, parts, shown_key
from app.commands.table import COMMANDS, by_id

Keys = Mapping[str, tuple[str, ...]]
"""The keys that the person has changed, by command id; () for a command without any."""

FIXED = ("back", "next_pane", "previous_pane", "next", "previous", "open")
"""Commands whose keys stay: forms, lists and menus answer to the same keys."""
TYPING = (
    "palette", "insert_template", "attach", "send_letter", "send_done", "send_keep", "choose_receiver", "add_receivers",
    "manners", "send_later", "send_thread", "take_hint", "next_slip", "next_hint", "save", "posted", "not_posted",
)  # fmt: skip
"""Commands that have to work while one types."""
_MOVING = ("Enter", "Escape", "Up", "Down", "Left", "Right", "Tab", "Space", "Home", "End", "Backspace")
_EDITING = {
    "Ctrl+A": N_("to select all"), "Ctrl+C": N_("to copy"), "Ctrl+V": N_("to paste"), "Ctrl+X": N_("to cut"),
    "Ctrl+Z": N_("to undo"), "Ctrl+Y": N_("to redo"), "Ctrl+Shift+Z": N_("to redo"), "Ctrl+Shift+V": N_("to paste"),
}  # fmt: skip
"""What text fields do with these; Qt's own, on all systems."""
_SYSTEM = ("Alt+F4", "Alt+Tab", "Alt+Space", "Ctrl+Escape", "Alt+Escape", "F10", "Shift+F10", "Ctrl+Alt+Delete")
"""Keys of the desktop, which never arrive here or should not be taken from it; F10 and Shift+F10 open menus."""
_SENDS = ("Ctrl+Enter", "Ctrl+Shift+Enter")
"""Forms are sent with the first one."""


class Change(NamedTuple):
    """A command with its new keys; `takes` are the commands that lose one to it, with the keys left to each."""

    command: Command
    keys: tuple[str, ...]
    takes: tuple[tuple[Command, tuple[str, ...]], ...] = ()

    def question(self) -> str:
        """What has the keys by now, and what becomes of it, in a sentence for each; "" if they are free."""
        return " ".join(self._lost(command, left) for command, left in self.takes)

    def _lost(self, other: Command, left: tuple[str, ...]) -> str:
        lost = ", ".join(shown_key(key) for key in self.keys if key not in left)
        sentence = tr("{key} is the key of “{other}” now, which would have none: it stays in Find or do.")
        if left:
            sentence = tr("{key} is the key of “{other}” now, which would keep {left}.")
        kept = ", ".join(map(shown_key, left))
        return sentence.format(key=lost, other=tr(other.title), left=kept)


def keys_of(command: Command, changed: Keys) -> tuple[str, ...]:
    """The keys of a command: the changed ones, else those of the table."""
    return changed.get(command.id, command.keys)


def refusal(command: Command, key: str) -> str:
    """Why a command can't have a key, in a sentence; "" if it can. Its own key of the table is never refused."""
    if command.id in FIXED:
        return tr("“{command}” keeps its keys: lists and forms answer to them too.").format(command=tr(command.title))
    if key in command.keys:
        return ""
    why = next((why for applies, why in _REFUSALS if applies(command, key)), "")
    what = tr(_EDITING.get(key, ""))
    return tr(why).format(key=shown_key(key), what=what, command=tr(command.title)) if why else ""


def _moves(command: Command, key: str) -> bool:
    held, last = parts(key)
    plain = not set(held) & {"Ctrl", "Alt"}
    return plain and (last in _MOVING or (last == "Delete" and command.id in TYPING))


def _goes_by_words(_command: Command, key: str) -> bool:
    held, last = parts(key)
    return "Ctrl" in held and last in (*_MOVING[2:6], "Home", "End", "Backspace", "Delete")


def _is_system(_command: Command, key: str) -> bool:
    return key in _SYSTEM or parts(key)[1] in ("Tab", "Escape")


_REFUSALS: tuple[tuple[Callable[[Command, str], bool], str], ...] = (
    (_moves, N_("{key} moves, types or confirms in fields and lists. Choose another.")),
    (lambda _command, key: key in _EDITING, N_("Text fields need {key} {what}. Choose another.")),
    (_goes_by_words, N_("Text fields need {key} to move or delete by words. Choose another.")),
    (_is_system, N_("The system needs {key}. Choose another.")),
    (
        lambda _command, key: {"Ctrl", "Alt"} <= set(parts(key)[0]),
        N_("{key} types signs on many keyboards (AltGr). Choose another."),
    ),
    (
        lambda command, key: key in _SENDS and command.id not in TYPING,
        N_("{key} sends what is written in forms. Choose another."),
    ),
    (
        lambda command, key: is_single(key) and command.id in TYPING,
        N_("{key} types a sign in a text field, where “{command}” is needed. Choose one with Ctrl or Alt."),
    ),
)
"""What a key is needed for, and the sentence that says so; the first that applies is said."""


def meet(one: Command, other: Command) -> bool:
    """Whether there is a page on which both can be run."""
    return EVERYWHERE in (*one.where, *other.where) or bool(set(one.where) & set(other.where))


def holders(command: Command, key: str, changed: Keys) -> list[Command]:
    """The other commands that have a key by now on a page of this one."""
    others = (other for other in COMMANDS if other.id != command.id and meet(command, other))
    return [other for other in others if key in keys_of(other, changed)]


def plan(command: Command, keys: Collection[str], changed: Keys) -> Change:
    """What giving a command these keys means for the others."""
    new = tuple(dict.fromkeys(keys))
    losers: dict[str, tuple[str, ...]] = {}
    for key in new:
        for other in holders(command, key, changed):
            left = losers.get(other.id, keys_of(other, changed))
            losers[other.id] = tuple(one for one in left if one != key)
    return Change(command, new, tuple((by_id(number), left) for number, left in losers.items()))


def fixed_holder(change: Change) -> Command | None:
    """The command of FIXED that would lose a key; None if no one would."""
    return next((other for other, _left in change.takes if other.id in FIXED), None)


def carry_out(change: Change, changed: Keys) -> dict[str, tuple[str, ...]]:
    """The changed keys after a change; a command with its keys of the table is not among them."""
    after = {**changed, change.command.id: change.keys, **{other.id: left for other, left in change.takes}}
    return _without_usual(after)


def reset(command: Command, changed: Keys) -> dict[str, tuple[str, ...]]:
    """The changed keys once a command has its own again, and nobody else has one of them."""
    return carry_out(plan(command, command.keys, changed), changed)


def _without_usual(changed: Keys) -> dict[str, tuple[str, ...]]:
    usual = {command.id: command.keys for command in COMMANDS}
    return {number: keys for number, keys in changed.items() if usual.get(number) != keys}
