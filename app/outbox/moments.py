"""When a scheduled reply is sent: the choices that a menu offers; `app/calendar/choices.py` has their meaning."""

from __future__ import annotations

from app.calendar.choices import BLOCK, HOUR, LATER, MONDAY, TOMORROW, TONIGHT, WEEK

CHOICES = (HOUR, LATER, TONIGHT, TOMORROW, BLOCK, MONDAY, WEEK)
