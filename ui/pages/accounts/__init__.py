"""The accounts, how they are connected, and who else can get in."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("accounts", N_("Accounts"), "plug", order=70, foot=True)
