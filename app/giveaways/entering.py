"""Entrants from a table: one row an entry, with the columns name, email or handle, channel and, if there is one, at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from app import csvfile
from app.base.errors import UserError
from app.base.text import fold, trimmed
from app.base.words import tr

_COLUMNS = {
    "name": ("name", "full name", "entrant"),
    "email": ("email", "e-mail", "mail", "e-mail address", "email address"),
    "handle": ("handle", "username", "user name", "user", "account", "contact"),
    "channel": ("channel", "platform", "network", "source"),
    "at": ("at", "time", "date", "timestamp", "entered", "entered at"),
}
_MAX_CHARS = 300


class NewEntry(NamedTuple):
    """An entry before it is written; `at` in Unix seconds."""

    name: str
    contact: str
    channel: str = ""
    at: int | None = None
    member_id: int | None = None
    message_id: int | None = None


class Read(NamedTuple):
    """The entries of a table, and the lines in which nobody is named."""

    entries: tuple[NewEntry, ...]
    blank_lines: tuple[int, ...]


def read(path: Path, moment: Callable[[str], int]) -> Read:
    """Read a table of entrants; `moment` reads a typed time. Raises UserError, naming the line, if it can't be read."""
    table = csvfile.inspect_table(path)
    places = _places(table.header)
    if "name" not in places and "email" not in places and "handle" not in places:
        msg = tr(
            "{name} names nobody. It needs a column “name”, and “email” or “handle”; “channel” and “at” may follow."
        )
        raise UserError(msg.format(name=path.name))
    entries, blank = list[NewEntry](), list[int]()
    for row in csvfile.rows(table):
        cells = {key: _cell(row.cells, place) for key, place in places.items()}
        contact = cells.get("email", "") or cells.get("handle", "")
        name = cells.get("name", "") or contact
        if not name:
            blank.append(row.line)
            continue
        at = _moment(cells.get("at", ""), moment, path, row.line)
        entries.append(NewEntry(name, contact, cells.get("channel", ""), at))
    return Read(tuple(entries), tuple(blank))


def _places(header: tuple[str, ...]) -> dict[str, int]:
    titles = [" ".join(fold(title).replace("_", " ").split()) for title in header]
    found = {}
    for key, names in _COLUMNS.items():
        place = next((titles.index(name) for name in names if name in titles), None)
        if place is not None:
            found[key] = place
    return found


def _cell(cells: tuple[str, ...], place: int) -> str:
    return " ".join(trimmed(cells[place]).split())[:_MAX_CHARS] if place < len(cells) else ""


def _moment(typed: str, moment: Callable[[str], int], path: Path, line: int) -> int | None:
    if not typed:
        return None
    try:
        return moment(typed)
    except UserError as why:
        msg = tr("{name}, line {line}: “{typed}” isn't a time. Write it as 2026-11-30 18:05. Nothing was entered.")
        raise UserError(msg.format(name=path.name, line=line, typed=typed)) from why


def fresh(entries: tuple[NewEntry, ...], there: set[tuple[str, str, str, int | None]]) -> Iterator[NewEntry]:
    """Those that are not among the ones which an earlier reading of the same file entered."""
    return (one for one in entries if (one.name, one.contact, one.channel, one.at) not in there)
