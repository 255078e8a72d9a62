"""The palette's rows (members, commands, pages, conversations), and the ranking of commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from app.commands.command import Command
from ui.commands.in_use import keymap
from ui.commands.matching import match
from ui.look import text


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the palette. Enter runs `command`, or else opens `target` on `page`."""

    title: str
    group: str = ""
    aside: str = ""
    icon: str = ""
    avatar: str = ""
    """A member's name, whose initials are drawn instead of the icon, coloured by `key`."""
    key: str = ""
    page: str = ""
    target: object = None
    command: str = ""
    cap: str = ""
    tone: str = "text2"
    spans: tuple[tuple[int, int], ...] = field(default=())


Provider = Callable[[str], Sequence[Found]]
"""Takes the text typed and returns the matching rows, best first. Must be fast: 5 ms."""


def as_row(command: Command) -> Found:
    """A command as a row of the palette."""
    cap = keymap().cap(command.id)
    tone = "delight" if command.icon == "gift" else "text2"
    return Found(
        text.tr(command.title),
        text.tr("Do"),
        text.tr(command.help),
        command.icon or "arrow-right",
        command=command.id,
        cap=cap,
        tone=tone,
    )


def commands_for(question: str, commands: Sequence[Command]) -> list[Found]:
    """The matching commands, best first; all listed ones for an empty question.

    Where no title has the words, those that are explained with them: "log a gift for" finds Gift.
    """
    listed = [command for command in commands if command.listed]
    ranked = []
    for place, command in enumerate(listed):
        if (matched := match(question, text.tr(command.title))) is not None:
            ranked.append((matched.rank, place, replace(as_row(command), spans=matched.spans)))
    if not ranked:
        explained = [command for command in listed if match(question, text.tr(command.help)) is not None]
        return [as_row(command) for command in explained]
    return [row for _rank, _place, row in sorted(ranked, key=lambda entry: entry[:2])]


def marked(row: Found, question: str) -> Found:
    """The row with the matching letters in `spans`, unless its provider set them."""
    if row.spans or not question:
        return row
    matched = match(question, row.title)
    return row if matched is None else replace(row, spans=matched.spans)


def in_order(rows: Sequence[Found], commands: Sequence[Found]) -> list[Found]:
    """All rows: members, then what can be done, then the rest.

    Members who match by a note or an address come last, where the title of something else has the words.
    """
    members, others = [row for row in rows if row.avatar], [row for row in rows if not row.avatar]
    if any(row.spans for row in others) and not any(row.spans for row in members):
        return [*commands, *others, *members]
    return [*members, *commands, *others]
