"""The accounts, connecting them, and the register of who has access."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("accounts", N_("Accounts"), "plug", order=70, foot=True)
