"""Whether a file may be one of ours that came back, told without reading all of it. Pure."""

from __future__ import annotations

import io
import zipfile

from app.imports.bundle import BROKEN
from app.returns import numbers
from app.returns.sheets import packed_tables

_INNER = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "content.xml")
_HEAD_BYTES = 262_144
MOST_BYTES = 20_000_000
"""A larger file is not looked into."""


def looks_ours(content: bytes) -> bool:
    """Whether ids of hand-offs or gifts stand at the beginning of a table file."""
    return any(numbers.within(text, kind) for text in _beginnings(content) for kind in numbers.KINDS)


def _beginnings(content: bytes, *, packed: bool = False) -> list[str]:
    """The beginning of a table's text; of an archive that of the only table in it, unless it was `packed` itself."""
    if not content.startswith(b"PK\x03\x04"):
        head = content[:_HEAD_BYTES]
        return [head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            inner = [name for name in _INNER if name in names]
            tables = packed_tables(names)
            if inner or len(tables) != 1:
                return [_head(archive, name) for name in inner]
            with archive.open(tables[0]) as part:
                head = part.read(MOST_BYTES)
    except BROKEN:
        return []
    return [] if packed else _beginnings(head, packed=True)


def _head(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(_HEAD_BYTES).decode("utf-8", "replace")
