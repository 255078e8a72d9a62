"""Damages to a file as a disk does them, each from a seed."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

KINDS = ("one bit", "many bits", "a page of zeros", "cut off", "its head", "two pages swapped", "a page of noise")
_PAGE = 8192


def damage(file: Path, seed: int) -> str:
    """Damage a file; returns how."""
    rng, kind = random.Random(seed), KINDS[seed % len(KINDS)]
    content = bytearray(file.read_bytes())
    pages = len(content) // _PAGE
    if kind in ("one bit", "many bits"):
        for _ in range(1 if kind == "one bit" else 30):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    elif kind == "its head":
        content[rng.randrange(100)] ^= 1 << rng.randrange(8)
    elif kind == "cut off":
        del content[rng.randrange(1, pages) * _PAGE :]
    elif kind == "two pages swapped":
        one, other = (slice(at * _PAGE, (at + 1) * _PAGE) for at in rng.sample(range(pages), 2))
        content[one], content[other] = content[other], content[one]
    else:
        at = rng.randrange(pages) * _PAGE
        content[at : at + _PAGE] = bytes(_PAGE) if kind == "a page of zeros" else rng.randbytes(_PAGE)
    file.write_bytes(content)
    return kind


def page_of(file: Path, table: str) -> int:
    """Where in a file the root page of a table begins."""
    with closing(sqlite3.connect(file)) as conn:
        (page,) = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return (int(page) - 1) * _PAGE
