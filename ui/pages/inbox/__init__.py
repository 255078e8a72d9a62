"""The inbox: conversations, the open one, and the composer."""

from app.base.words import N_
from ui.frame.registry import Entry, Shelf

ENTRY = Entry(
    "inbox", N_("Inbox"), "inbox", order=10,
    shelves=(Shelf("snoozed", N_("Snoozed"), "clock"), Shelf("quiet", N_("Quiet"), "moon")),
)  # fmt: skip
