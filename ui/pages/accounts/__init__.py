"""The accounts, how they are connected, and who else can get in."""

from ui.frame.registry import Entry

ENTRY = Entry("accounts", "Accounts", "plug", order=70, foot=True)
