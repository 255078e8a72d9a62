"""Dialogs that more than one page opens: import a file, write a message down, what was done."""
