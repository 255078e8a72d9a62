"""A new message: to a member or an address, forwarded, or taking a public matter further in private."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("letter", N_("New message"), "square-pen", order=90, hidden=True)
