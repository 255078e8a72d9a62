"""Dialogs opened from more than one page: import a file, add a message by hand, what was done."""
