"""Contacts in and out: address books of other programs become members, and members go to phones and calendars."""

from __future__ import annotations

from app.contacts.desk import DATES, FORMATS, PRIVATE, Contacts, Sent

__all__ = ["DATES", "FORMATS", "PRIVATE", "Contacts", "Sent"]
