"""What is to be sent, was not sent, and was sent."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("outbox", N_("Outbox"), "send", order=60, foot=True)
