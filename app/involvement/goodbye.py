"""Whether somebody says that they leave, in five languages: who said goodbye is not asked after. Pure.

A mere "bye" under a letter is none: only words count that say that somebody goes for good.
"""

from __future__ import annotations

from app.base.text import words

_PHRASES = (
    # English
    "i am leaving", "i m leaving", "i have left", "this is goodbye", "goodbye everyone", "goodbye all", "farewell",
    "delete my account", "close my account", "unsubscribe me", "please stop writing", "don t write to me",
    # Icelandic
    "ég er hætt", "ég er hættur", "ég kveð ykkur", "ég er farin héðan", "ég er farinn héðan", "eyðið aðganginum mínum",
    "hættið að skrifa mér",
    # Hungarian
    "kilépek", "elköszönök", "búcsúzom", "töröljétek a fiókomat", "töröljék a fiókomat", "ne írjatok többet",
    # Czech
    "odcházím", "loučím se", "sbohem", "končím tady", "zrušte mi účet", "smažte mi účet", "nepište mi",
    # Greek
    "αποχωρώ", "σας αποχαιρετώ", "φεύγω από την κοινότητα", "διαγράψτε τον λογαριασμό μου", "μη μου ξαναγράψετε",
)  # fmt: skip
_FOLDED = tuple(f" {' '.join(words(phrase))} " for phrase in _PHRASES)


def says_goodbye(text: str) -> bool:
    """Whether a message says that its writer leaves for good, or wants no more letters."""
    folded = f" {' '.join(words(text))} "
    return any(phrase in folded for phrase in _FOLDED)
