"""Changes to a feed's XML before it is parsed, in one pass: what the parser would take for something else."""

from __future__ import annotations

import itertools
import re

ALT = "shown"
"""What `media:description` is renamed to, with a number: the parser would put it in the place of the entry's words."""
_PIECE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)media:(description|title|text)(?:\s[^<>]{0,2000})?(/?)>"
    r"|&(?!(?:[A-Za-z][A-Za-z0-9]{0,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)",
    re.DOTALL | re.IGNORECASE,
)


def repaired(xml: str) -> str:
    """Rename what describes pictures, each under a number of its own, and escape an & that begins no reference."""
    numbers = itertools.count(1)
    opened: list[str] = []

    def changed(piece: re.Match[str]) -> str:
        if piece[2]:
            if not piece[1]:
                opened.append(f"{ALT}{next(numbers)}" if piece[2].lower() == "description" else "called")
            name = opened[-1] if opened else "called"
            return f"<{piece[1]}media:{name}{piece[3]}>"  # without its attributes, of which the parser makes its value
        return "&amp;" if piece[0] == "&" else piece[0]

    return _PIECE.sub(changed, xml)
