"""The settings of this community."""

from ui.frame.registry import Entry

ENTRY = Entry("settings", "Settings", "settings", order=80, foot=True)
