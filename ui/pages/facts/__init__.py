"""Facts and who was told them, and subjects that may not be spoken of yet."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("facts", N_("Facts"), "clipboard-list", order=93, hidden=True)
