"""Which pages there are, in the rail's order. A page whose file is missing is absent from the rail, not greyed out."""

from __future__ import annotations

from functools import cache
from importlib import import_module, util
from typing import TYPE_CHECKING

from app.records import dataclass

if TYPE_CHECKING:
    from ui.pages.base import Page


@dataclass(frozen=True, slots=True)
class Entry:
    """A page before its module is loaded."""

    id: str
    title: str
    icon: str
    name: str
    foot: bool = False
    in_rail: bool = True

    @property
    def module(self) -> str:
        """The module that holds the page's class."""
        return f"ui.pages.{self.id}"


ENTRIES = (
    Entry("inbox", "Inbox", "inbox", "InboxPage"),
    Entry("members", "Members", "users", "MembersPage"),
    Entry("templates", "Templates & Voice", "quote", "TemplatesPage"),
    Entry("delight", "Delight", "gift", "DelightPage"),
    Entry("handoffs", "Hand-offs", "arrow-right-left", "HandoffsPage"),
    Entry("outbox", "Outbox", "send", "OutboxPage", foot=True),
    Entry("accounts", "Accounts", "plug", "AccountsPage", foot=True),
    Entry("settings", "Settings", "settings", "SettingsPage", foot=True),
)


@cache
def present() -> tuple[Entry, ...]:
    """The pages that are there."""
    return tuple(entry for entry in ENTRIES if util.find_spec(entry.module) is not None)


def page_class(entry: Entry) -> type[Page]:
    """The page's class; its module is loaded now if it was not."""
    found: type[Page] = getattr(import_module(entry.module), entry.name)
    return found
