"""The settings of this community."""

from app.base.words import N_
from ui.frame.registry import Entry

ENTRY = Entry("settings", N_("Settings"), "settings", order=80, foot=True)
