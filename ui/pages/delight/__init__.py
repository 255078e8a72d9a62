"""The gifts, their budget and their stages."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("delight", N_("Delight"), "gift", order=40)
