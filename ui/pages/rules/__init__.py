"""Rules for what comes in: what each asks for and does, and all that it has done."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("rules", N_("Rules"), "list-filter", order=91, hidden=True)
