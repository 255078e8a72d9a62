"""Where a voucher's code stands in a text of ours: by a blank with its number, until the words leave. Pure.

The code itself lies in the keyring. It is filled in where words go out, and taken out where they come in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.base import ids

_BLANK = re.compile(r"\{\{voucher:v-(\d{1,9})\}\}", re.IGNORECASE)
IN_REPLY = "reply"
"""How a code was shown that went out with words of ours."""
_LEAST = 6
"""A code with fewer letters is taken out of our own words alone: in others' it may be any word."""


def blank(number: int) -> str:
    """What stands in a text for the code of a voucher: {{voucher:V-9}}."""
    return f"{{{{voucher:{ids.display(ids.VOUCHER, number)}}}}}"


def is_blank(words: str) -> bool:
    """Whether these words are such a blank, and nothing else."""
    return _BLANK.fullmatch(words) is not None


def numbers(text: str) -> tuple[int, ...]:
    """The vouchers whose codes are to stand in a text, each once."""
    return tuple(dict.fromkeys(int(hit[1]) for hit in _BLANK.finditer(text)))


def filled(text: str, known: Mapping[int, str]) -> str:
    """The text with the codes in place of their blanks; a blank without one stays."""
    return _BLANK.sub(lambda hit: known.get(int(hit[1]), hit[0]), text)


def hidden(text: str, known: Mapping[int, str], *, own: bool = True) -> str:
    """The text with blanks in place of the codes; with `own` False only of those that can be no word of others."""
    for number, code in sorted(known.items(), key=lambda pair: -len(pair[1])):
        if code in text and (own or len(code) >= _LEAST):
            text = re.sub(rf"(?<!\w){re.escape(code)}(?!\w)", blank(number), text)
    return text
