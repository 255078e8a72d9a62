"""Writes docs/keyboard.md: every key of the window, read from the table of commands.

`.venv/bin/python packaging/keyboard.py` writes it, after a command changed; with `--print` it prints the page instead.
A test holds the two together.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.commands.command import Command

HOUSE = Path(__file__).resolve().parent.parent
PAGE = HOUSE / "docs" / "keyboard.md"
_HEAD = """<!-- Made by packaging/keyboard.py from the table of commands; not to be edited. -->

# Keys

A key means the same on every page. Single letters act where no field, list box, form or menu has the focus; each can be
changed under Settings, Keys, or all of them switched off there. In a shell: `rapport keys list`, `rapport keys set
done D`, `rapport keys reset`. `?` shows the keys of the page that you see, and everything is in Find or do (Ctrl+K),
with a key or without.

Keys are matched by what is typed first, then by where the key is: under a Greek layout the key E types ε and is E,
under a Czech one the digits are found where they are, and Z and Y are the letters on the caps. On macOS Ctrl is ⌘.

Forms, such as those of a gift and a hand-off, are sent by Ctrl+Enter and closed by Esc; Tab goes through their fields.
In the composer `/` at the start of a word offers templates, a colon and two letters an emoji.
"""
_FREE = """
## Not used yet

{letters} is kept free: it is meant for feedback to the product.
"""
LATER = "P"


def rows(commands: list[Command]) -> Iterator[str]:
    """A row for each command that has a key."""
    from ui.frame.registry import pages, title_of  # noqa: PLC0415  the house is put on the path when this runs by itself

    titles = {entry.id: entry.title for entry in pages()}
    for command in commands:
        keys = " or ".join(f"`{key}`" for key in command.keys)
        where = (
            "everywhere" if not set(command.where) & set(titles) else ", ".join(titles[one] for one in command.where)
        )
        yield f"| {keys} | {title_of(command)} | {where} | {command.help or ''} |"


def page() -> str:
    """The whole page."""
    from app.commands.table import COMMANDS  # noqa: PLC0415  as in `rows`
    from ui.frame.registry import numbered, place_of  # noqa: PLC0415  as above

    there = len(numbered())
    groups: dict[str, list[Command]] = {}
    for command in COMMANDS:
        if command.keys and place_of(command.id) <= there:
            groups.setdefault(command.group, []).append(command)
    parts = [_HEAD]
    for title, commands in groups.items():
        parts.append(f"\n## {title}\n\n| Key | Does | On | |\n| --- | --- | --- | --- |\n")
        parts.append("\n".join(rows(commands)) + "\n")
    parts.append(_FREE.format(letters=LATER))
    return "".join(parts)


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    if "--print" in sys.argv[1:]:
        print(page(), end="")
    else:
        PAGE.write_text(page(), encoding="utf-8")
