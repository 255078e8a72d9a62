"""All that was begun and is not sent: drafts of replies, new messages and posts."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("drafts", N_("Drafts"), "pencil", order=11, below="inbox")
