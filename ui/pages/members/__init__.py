"""The members: a table, a profile with its timeline, and the form."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("members", N_("Members"), "users", order=20)
