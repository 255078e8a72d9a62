"""Which old encoding a file is in: the one in which the cells that went out are as they were. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.base.words import tr
from app.returns import sheets
from app.returns.rows import Preview
from app.returns.sheets import Sheet

NAMES = {"cp1250": "Windows-1250", "cp1252": "Windows-1252", "cp1253": "Windows-1253", "iso8859-7": "ISO 8859-7"}
"""How encodings are called where one chooses."""
_REPLACED = "\ufffd"
_MOST_CHARS = 80


def likeliest(first: Preview, read: Callable[[Sheet], Preview]) -> Preview:
    """The preview in the encoding that fits, `certain` unless what it says depends on a guess.

    Cells that are not the teammate's tell it: in the wrong encoding they differ from what went out. Where they do not,
    encodings that say the same are as good as one.
    """
    found = [first]
    for code, _sample in first.sheet.previews:
        if code != first.sheet.encoding:
            found.append(read(sheets.read(first.name, first.sheet.content, encoding=code)))
    best = min(map(_misfits, found))
    fitting = [one for one in found if _misfits(one) == best]
    chosen = fitting[0]
    if len(set(map(_said, fitting))) == 1:
        note = tr("Read as {encoding}: that way it matches what you sent out.").format(
            encoding=NAMES.get(chosen.sheet.encoding, chosen.sheet.encoding)
        )
        return replace(chosen, notes=(*chosen.notes, note))
    samples = tuple((one.sheet.encoding, _differing(one, fitting)) for one in fitting)
    return replace(chosen, certain=False, encodings=samples)


def _misfits(preview: Preview) -> int:
    """How many cells are not as they went out, or have letters that the encoding has not."""
    ignored = sum(len(row.ignored) for row in preview.rows) + sum(row.refused for row in preview.rows)
    return ignored + sum(_REPLACED in cell for line in preview.sheet.lines for cell in line.cells)


def _said(preview: Preview) -> tuple[object, ...]:
    """What would be written or asked."""
    return tuple((row.line, row.changes, row.conflicts, row.questions) for row in preview.rows if not row.unchanged)


def _differing(preview: Preview, others: list[Preview]) -> str:
    """The first cells that the encodings read differently."""
    found = []
    for at, line in enumerate(preview.sheet.lines):
        for column, cell in enumerate(line.cells):
            if any(other.sheet.lines[at].cell(column) != cell for other in others if at < len(other.sheet.lines)):
                found.append(cell)
        if sum(map(len, found)) > _MOST_CHARS:
            break
    return " · ".join(found)[:_MOST_CHARS]
