"""The draw: from a list's digest and a seed, which lines win and in which order. Pure; docs/draw.md tells it.

`resources/giveaways/draw.py` does the same without anything of ours, and a test holds the two together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def seed_of(typed: str) -> str:
    """The seed as it counts: NFC, one space between words, none around."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def winners(digest: str, seed: str, lines: Iterable[str], prizes: int) -> list[str]:
    """The lines that win, the first place first: those whose SHA-256 together with digest and seed is lowest."""
    from hashlib import sha256  # noqa: PLC0415  see app/base/digests.py

    start = sha256(f"{digest}\n{seed_of(seed)}\n".encode())

    def rank(line: str) -> bytes:
        one = start.copy()
        one.update(line.encode())
        return one.digest()

    return sorted(lines, key=rank)[:prizes]
