"""Telling the language of a short text, with CLD2's tables (pycld2); without that package no language is recognized."""

from __future__ import annotations

from itertools import islice

try:
    import pycld2
except ImportError:  # its wheels exist for fewer systems than Python does
    RECOGNIZES = False
else:
    RECOGNIZES = True

_LEAST = 15  # letters; measured: below it the guess is worse than the member's own language

_SLOVAK = frozenset("ľĺŕôä")  # without one of these a short Slovak-looking text is as likely Czech, which we serve

_TODAY = {"iw": "he", "jw": "jv", "in": "id", "mo": "ro"}  # codes that ISO 639-1 has since given up


def of(text: str) -> str:
    """The ISO 639-1 code of the text's language; "" when it is too short or CLD2 is not sure, or not here."""
    if not RECOGNIZES or next(islice(filter(str.isalpha, text), _LEAST - 1, None), None) is None:
        return ""
    try:
        reliable, _, details = pycld2.detect(text.encode("utf-8", "replace"), bestEffort=True)
    except pycld2.error:
        return ""
    code: str = details[0][1]
    code = _TODAY.get(code, code)
    if code == "sk" and not _SLOVAK & set(text.casefold()):
        return "cs"
    return code.split("-", 1)[0] if reliable and code != "un" else ""
