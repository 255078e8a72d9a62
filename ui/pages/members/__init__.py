"""The members: a table, a profile with its timeline, and the form."""

from app.base.words import N_
from ui.frame.registry import Entry

_PARTS = ("ui.pages.members.table", "ui.pages.members.history", "ui.pages.members.profile", "app.helping")
ENTRY = Entry("members", N_("Members"), "users", order=20, parts=_PARTS)
