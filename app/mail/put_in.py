"""What stands in a letter's text that nobody wrote: it is stored in English, and shown in the language in use.

An invitation's words are stored as they were made (`app.mail.calendar`), but for its time, which is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.base.words import N_, tr
from app.mail import calendar, protection

ONLY_FILES, NO_TEXT = N_("[Attachments only.]"), N_("[No text.]")
"""What stands in the place of words that a letter does not have."""


def is_wordless(text: str) -> bool:
    """Whether a letter has no words: all of its text was put there."""
    return text in (ONLY_FILES, NO_TEXT) or protection.is_locked(text)


def as_shown(text: str, protected: str, times: Iterable[calendar.Time]) -> str:
    """A letter's stored text as it is shown; `protected` is how it is encrypted, `times` are those of its events."""
    if text in (ONLY_FILES, NO_TEXT):
        return tr(text)
    text = protection.as_shown(text) if protected.startswith(protection.ENCRYPTED) else text
    return calendar.at_our_clock(text, times)
