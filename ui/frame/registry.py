"""The registry of pages: every package in `ui/pages` whose `__init__.py` has an ENTRY."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ui.frame.page import Page

_PACKAGE = "ui.pages"


class Shelf(NamedTuple):
    """A list of a page with a row of its own below the page's in the rail, shown while anything is in it.

    The page opens it as ("shelf", `id`), and counts it in `count_shelf`.
    """

    id: str
    title: str
    icon: str


class Entry(NamedTuple):
    """Describes a page before its module is loaded. `order` counts from the rail's top; `foot` means its bottom."""

    id: str
    title: str
    icon: str
    order: int
    foot: bool = False
    shelf: Shelf | None = None
    hidden: bool = False
    """It is not in the rail, and is opened by a command alone."""
    below: str = ""
    """The page below whose row it has one like a shelf's, shown while it counts anything; it has no number."""

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
