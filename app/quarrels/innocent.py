"""Words that would be sharp ones without their accents, and sayings that hold one: neither is meant so. Pure."""

from __future__ import annotations

import re
import unicodedata

_INNOCENT = re.compile(
    r"(?<!\w)(?:"
    r"μαλακά|"  # softly; μαλάκα is what somebody is called
    r"κακίας?|"  # malice, mostly none; κακιά is a bad woman
    r"(?:σκάσε|σκάστε) (?:ένα|κι ένα) (?:χαμόγελο|χαμογελάκι|γέλιο)|"  # give us a smile
    r"άσε με να|άσε μας να|"  # let me see
    r"örült(?:em|él|ünk|etek|ek)?|"  # was glad; őrült is mad
    r"hogy(?:an)? mére[dm]\w*|"  # how do you measure it; hogy mered is how dare you
    r"láttu (?:mig|okkur) (?:\w+ )?vita"  # let me know
    r")(?!\w)",
    re.IGNORECASE,
)


def without_innocent(text: str) -> str:
    """The text without those of its words that only look sharp. Capitals have no accents: such words stay."""
    return _INNOCENT.sub(" ", unicodedata.normalize("NFC", text))
