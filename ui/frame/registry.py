"""The registry of pages: every package in `ui/pages` whose `__init__.py` has an ENTRY."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from app.base.words import tr
from app.commands.command import Command
from app.commands.table import COMMANDS
from ui.commands.in_use import keymap

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Page

_PACKAGE = "ui.pages"


class Shelf(NamedTuple):
    """A list of a page with a row of its own below the page's in the rail, shown while anything is in it.

    The page opens it as ("shelf", `id`). `counter` must be a cheap query.
    """

    id: str
    title: str
    icon: str
    counter: Callable[[Workbench], int]


class Entry(NamedTuple):
    """Describes a page before its module is loaded. `order` counts from the rail's top; `foot` means its bottom."""

    id: str
    title: str
    icon: str
    order: int
    foot: bool = False
    shelves: tuple[Shelf, ...] = ()
    hidden: bool = False
    """It is not in the rail, and is opened by a command alone."""
    below: str = ""
    """The page below whose row it has one like a shelf's, shown while it counts anything; it has no number."""
    counter: Callable[[Workbench], int] | None = None
    """What waits for the person on this page, shown in its row unless it is 0; None shows none. Must be a cheap query:
    pages are counted as soon as the window is painted, and loaded when they are opened."""
    parts: tuple[str, ...] = ()
    """Modules that its page loads, or soon after, in pieces of a few milliseconds: see `ui.shell.load_ahead`."""

    @property
    def row_id(self) -> str:
        """The id of its row in the rail."""
        return f"{self.below}/{self.id}" if self.below else self.id


@cache
def pages() -> tuple[Entry, ...]:
    """The pages in the rail's order. Packages without ENTRY, such as the welcome screen, are opened in other ways."""
    folders = pkgutil.iter_modules(import_module(_PACKAGE).__path__)
    entries = (getattr(import_module(f"{_PACKAGE}.{folder.name}"), "ENTRY", None) for folder in folders)
    return tuple(sorted((entry for entry in entries if entry is not None), key=lambda entry: entry.order))


def page_class(entry: Entry) -> type[Page]:
    """The page's class, `InboxPage` for "inbox"; imports its module."""
    page: type[Page] = getattr(import_module(f"{_PACKAGE}.{entry.id}.page"), f"{entry.id.capitalize()}Page")
    return page


def in_rail() -> list[Entry]:
    """The pages of the rail from its top down."""
    return [entry for entry in pages() if not entry.hidden]


def numbered() -> list[Entry]:
    """The pages of the rail as Ctrl+1 to Ctrl+9 count them: without those below another."""
    return [entry for entry in in_rail() if not entry.below]


def title_of(command: Command) -> str:
    """A command's title; of one that goes to a page of the rail that page's."""
    place = place_of(command.id)
    listed = numbered()
    return tr(listed[place - 1].title if 0 < place <= len(listed) else command.title)


def place_of(command_id: str) -> int:
    """The place in the rail, from 1, of the page to which a command goes; 0 if it goes to none."""
    digit = command_id.removeprefix("page_")
    return int(digit) if command_id.startswith("page_") and digit.isdigit() else 0


def page_cap(page_id: str) -> str:
    """The key that goes to a page of the rail, as shown on the screen; "" for none."""
    place = next((place for place, entry in enumerate(numbered(), 1) if entry.id == page_id), 0)
    known = any(place_of(command.id) == place for command in COMMANDS) if place else False
    return keymap().cap(f"page_{place}") if known else ""
