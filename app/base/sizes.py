"""Sizes in bytes as a person reads them."""

from __future__ import annotations

from app.base.words import counted, tr

_KILO, _MEGA = 1_000, 1_000_000


def in_words(size: int) -> str:
    """A size in bytes as text, in the language in use: "340 kB", "1.2 MB"."""
    if size < _KILO:
        return counted(size, "{count} byte", "{count} bytes")
    if size < _MEGA:
        return tr("{count} kB").format(count=max(1, round(size / _KILO)))
    return tr("{count} MB").format(count=f"{size / _MEGA:.1f}".removesuffix(".0"))
