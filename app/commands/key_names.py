"""How a key is shown on the screen and in a shell: `Ctrl ↵`, `E`, on macOS `⌘↵`; and how a typed one is spelled."""

from __future__ import annotations

import sys

from app.base.errors import UserError
from app.base.words import N_, tr

_HELD = ("Ctrl", "Alt", "Shift")
"""The modifiers in the order in which a key is spelled."""
_ALIASES = {
    "control": "Ctrl", "cmd": "Ctrl", "command": "Ctrl", "strg": "Ctrl", "option": "Alt", "return": "Enter",
    "esc": "Escape", "del": "Delete", "plus": "+", "comma": ",", "slash": "/", "dot": ".", "minus": "-",
}  # fmt: skip
NAMED = (
    "Enter", "Escape", "Up", "Down", "Left", "Right", "Delete", "Tab", "Space", "Home", "End", "Backspace",
    *(f"F{number}" for number in range(1, 13)),
)  # fmt: skip
"""Keys with a name instead of a character."""
_MAC_SYMBOLS = {"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥", "Enter": "↵"}
_SYMBOLS = {"Enter": "↵", "Up": "↑", "Down": "↓"}
_NAMES = {"Enter": N_("Enter"), "Escape": N_("Esc"), "Delete": N_("Del")}


def shown_key(key: str) -> str:
    """A key as shown on the screen: `Ctrl ↵`, `E`; on macOS `⌘↵`."""
    parts = key.replace("++", "+plus").split("+") if key != "+" else ["plus"]
    words = ["+" if part == "plus" else part for part in parts]
    if sys.platform == "darwin":
        return "".join(_MAC_SYMBOLS.get(part) or _symbol(part) for part in words)
    return tr(_NAMES["Enter"]) if words == ["Enter"] else " ".join(map(_symbol, words))


def _symbol(part: str) -> str:
    """A key's symbol, else its name on the keyboard."""
    return _SYMBOLS.get(part) or (tr(_NAMES[part]) if part in _NAMES else part)


def is_single(key: str) -> bool:
    """Whether this is a character key shortcut, which must be possible to turn off (WCAG 2.1.4): no Ctrl or Alt."""
    return len(key.removeprefix("Shift+")) == 1


def parts(key: str) -> tuple[tuple[str, ...], str]:
    """The modifiers of a spelled key, and the key itself: `Ctrl++` is Ctrl and `+`."""
    if key == "+":
        return (), key
    held, _, last = key.rpartition("+") if not key.endswith("++") else (key[:-2], "+", "+")
    return (tuple(held.split("+")) if held else ()), last


def spelled(typed: str) -> str:
    """A key as a person writes it, spelled as in the table: "ctrl+shift+e" is `Ctrl+Shift+E`.

    Raises UserError for what is no key.
    """
    held, last = parts(typed.strip().replace(" ", "+") if len(typed.strip()) > 1 else typed.strip())
    named = {name.lower(): name for name in (*NAMED, *_HELD)} | _ALIASES
    modifiers = {named.get(one.lower(), one) for one in held}
    last = named.get(last.lower(), last.upper())
    if not modifiers <= set(_HELD) or last in _HELD or not last or (len(last) > 1 and last not in NAMED):
        msg = tr("“{typed}” isn't a key. Write it as in E, Shift+J, Ctrl+K, Alt+Enter or F8.").format(typed=typed)
        raise UserError(msg)
    if len(last) == 1 and not last.isprintable():
        msg = tr("“{typed}” isn't a key. Write it as in E, Shift+J, Ctrl+K, Alt+Enter or F8.").format(typed=typed)
        raise UserError(msg)
    if len(last) == 1 and not last.isalpha() and modifiers == {"Shift"}:
        modifiers = set()  # a sign is what is typed, with whatever key the layout types it
    return "+".join([*(name for name in _HELD if name in modifiers), last])
