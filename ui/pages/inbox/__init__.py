"""The inbox: conversations, the open one, and the composer."""

from app.base.words import N_
from ui.frame.registry import Entry, Shelf

ENTRY = Entry("inbox", N_("Inbox"), "inbox", order=10, shelf=Shelf("quiet", N_("Quiet"), "moon"))
