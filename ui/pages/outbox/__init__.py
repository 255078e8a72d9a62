"""What is to be sent, was not sent, and was sent."""

from ui.frame.registry import Entry

ENTRY = Entry("outbox", "Outbox", "send", order=60, foot=True)
