"""The members: a table, a profile with its timeline, and the form."""

from ui.frame.registry import Entry

ENTRY = Entry("members", "Members", "users", order=20)
