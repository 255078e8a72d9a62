"""The replies that are not sent yet."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("outbox", N_("Outbox"), "send", order=60, foot=True)
