"""The inbox: conversations, the open one, and the composer."""

from ui.frame.registry import Entry

ENTRY = Entry("inbox", "Inbox", "inbox", order=10)
