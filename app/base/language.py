"""Language detection for short texts with CLD2 (pycld2); without that package nothing is detected."""

from __future__ import annotations

from itertools import islice

try:
    import pycld2
except ImportError:  # it has no wheels for some of our platforms
    RECOGNIZES = False
else:
    RECOGNIZES = True

_MIN_LETTERS = 15  # measured: below that the guess is worse than the member's own language

_SLOVAK = frozenset("ľĺŕôä")  # without any of these, a short "Slovak" text is as likely Czech, which we support

_CURRENT_CODES = {"iw": "he", "jw": "jv", "in": "id", "mo": "ro"}  # CLD2's codes that ISO 639-1 has withdrawn


def of(text: str) -> str:
    """Detect the ISO 639-1 code of the text; "" if it is too short, CLD2 is unsure, or pycld2 is not installed."""
    if not RECOGNIZES or next(islice(filter(str.isalpha, text), _MIN_LETTERS - 1, None), None) is None:
        return ""
    try:
        reliable, _, details = pycld2.detect(text.encode("utf-8", "replace"), bestEffort=True)
    except pycld2.error:
        return ""
    code: str = details[0][1]
    code = _CURRENT_CODES.get(code, code)
    if code == "sk" and not _SLOVAK & set(text.casefold()):
        return "cs"
    return code.split("-", 1)[0] if reliable and code != "un" else ""
