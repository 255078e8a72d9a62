"""Which pages there are: every folder of `ui/pages` whose `__init__.py` holds an ENTRY, in the rail's order."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ui.frame.page import Page

_FOLDER = "ui.pages"


class Entry(NamedTuple):
    """A page before its module is loaded: the ENTRY of its folder. `order` counts from the top of the rail."""

    id: str
    title: str
    icon: str
    order: int
    foot: bool = False


@cache
def pages() -> tuple[Entry, ...]:
    """The pages of the rail, in its order. A folder without ENTRY, such as the first run's, is opened by other ways."""
    folders = pkgutil.iter_modules(import_module(_FOLDER).__path__)
    entries = (getattr(import_module(f"{_FOLDER}.{folder.name}"), "ENTRY", None) for folder in folders)
    return tuple(sorted((entry for entry in entries if entry is not None), key=lambda entry: entry.order))


def page_class(entry: Entry) -> type[Page]:
    """The page's class, `InboxPage` for "inbox"; its module `page` is loaded now if it was not."""
    found: type[Page] = getattr(import_module(f"{_FOLDER}.{entry.id}.page"), f"{entry.id.capitalize()}Page")
    return found
