"""The inbox: conversations, the open one, and the composer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import N_
from ui.frame.registry import Entry, Shelf

if TYPE_CHECKING:
    from app.workbench import Workbench


def _count(bench: Workbench) -> int:
    """The conversations that need a reply."""
    return bench.inbox.counts()["needs_me"]


def _count_snoozed(bench: Workbench) -> int:
    return bench.inbox.counts()["snoozed"]


def _count_quiet(bench: Workbench) -> int:
    return bench.inbox.counts()["quiet"]


_SHELVES = (
    Shelf("snoozed", N_("Snoozed"), "clock", _count_snoozed),
    Shelf("quiet", N_("Quiet"), "moon", _count_quiet),
)
_PARTS = (
    "ui.widgets.toast", "ui.frame.unsaved", "ui.shared.voice_check", "ui.shared.story",
    "ui.pages.inbox.conversations", "ui.pages.inbox.words", "ui.pages.inbox.composer", "ui.pages.inbox.talk",
    "app.rules",
)  # fmt: skip
ENTRY = Entry("inbox", N_("Inbox"), "inbox", order=10, shelves=_SHELVES, counter=_count, parts=_PARTS)
