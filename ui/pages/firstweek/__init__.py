"""The first week: a start line, working blocks, reply targets, and what is proposed from our own letters."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("firstweek", N_("First week"), "list-checks", order=92, hidden=True)
