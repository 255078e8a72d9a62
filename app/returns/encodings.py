"""Which old encoding a file is in: the one in which the cells that went out are as they were. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.base.words import tr
from app.returns.rows import Preview

NAMES = {"cp1250": "Windows-1250", "cp1252": "Windows-1252", "cp1253": "Windows-1253", "iso8859-7": "ISO 8859-7"}
"""How encodings are called where one chooses."""
_REPLACED = "\ufffd"
_MOST_CHARS = 80


def likeliest(found: Sequence[Preview]) -> Preview:
    """Of the previews in each encoding that the file may be in, the one that fits; `certain` unless that is a guess.

    Cells that are not the teammate's tell it: in the wrong encoding they differ from what went out. Where they do not,
    encodings that say the same are as good as one. As long as the columns are not settled nothing tells it.
    """
    first = found[0]
    if not first.settled:
        samples = {one.sheet.encoding: one for one in found}
        return replace(first, certain=len(found) == 1, encodings=_samples(list(samples.values())))
    best = min(map(_misfits, found))
    fitting = [one for one in found if _misfits(one) == best]
    chosen = fitting[0]
    if len(set(map(_said, fitting))) == 1:
        note = tr("Read as {encoding}: that way it matches what you sent out.").format(
            encoding=NAMES.get(chosen.sheet.encoding, chosen.sheet.encoding)
        )
        return replace(chosen, notes=(*chosen.notes, note))
    return replace(chosen, certain=False, encodings=_samples(fitting))


def _samples(found: Sequence[Preview]) -> tuple[tuple[str, str], ...]:
    """Each encoding with the first cells that it reads differently from the others."""
    return tuple((one.sheet.encoding, _differing(one, found)) for one in found)


def _misfits(preview: Preview) -> int:
    """How many cells are not as they went out, or have letters that the encoding has not."""
    ignored = sum(len(row.ignored) for row in preview.rows) + sum(row.refused for row in preview.rows)
    return ignored + sum(_REPLACED in cell for line in preview.sheet.lines for cell in line.cells)


def _said(preview: Preview) -> tuple[object, ...]:
    """What would be written or asked."""
    return tuple((row.line, row.changes, row.conflicts, row.questions) for row in preview.rows if not row.unchanged)


def _differing(preview: Preview, others: Sequence[Preview]) -> str:
    """The first cells that the encodings read differently."""
    found = [
        title
        for column, title in enumerate(preview.sheet.header)
        if any(column < len(other.sheet.header) and other.sheet.header[column] != title for other in others)
    ]
    for at, line in enumerate(preview.sheet.lines):
        for column, cell in enumerate(line.cells):
            if any(other.sheet.lines[at].cell(column) != cell for other in others if at < len(other.sheet.lines)):
                found.append(cell)
        if sum(map(len, found)) > _MOST_CHARS:
            break
    return " · ".join(found)[:_MOST_CHARS]
