"""Contacts in and out: address books of other programs become members, and members go to phones and calendars."""
