"""The gifts, their budget and their stages."""

from ui.frame.registry import Entry

ENTRY = Entry("delight", "Delight", "gift", order=40)
