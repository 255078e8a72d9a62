"""Rows of one file that have the same id: what they agree on is merged as ever, where they do not one chooses. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.base.words import tr
from app.returns.rows import Change, Conflict, Row


def joined(rows: Iterable[Row]) -> list[Row]:
    """The rows; where several have the same id, the first has what all say, and the others only say so."""
    found = list(rows)
    places: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(found):
        if row.number is not None and not row.refused:
            places[row.number].append(place)
    for twins in places.values():
        if len(twins) > 1:
            for place, row in zip(twins, _join([found[place] for place in twins]), strict=True):
                found[place] = row
    return found


def _join(twins: Sequence[Row]) -> list[Row]:
    first, *others = twins
    lines = ", ".join(str(row.line) for row in twins)
    if any(row.questions for row in twins):
        reason = tr("{id} is in rows {rows}, and one of them can't be read.").format(id=first.id, rows=lines)
        return [row if row.questions else _bare(row, reason, refused=True) for row in twins]
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    touched: list[Change | Conflict] = []
    for row in twins:
        touched += [*row.changes, *row.conflicts]
    for column in dict.fromkeys(name for row in twins for name in row.cells):
        said = [(row.line, row.cells[column]) for row in twins if column in row.cells]
        found = next((one for one in touched if one.column == column), None)
        if isinstance(found, Change) and len({value for _line, value in said}) == 1:
            changes.append(found)
        elif found is not None:
            conflicts.append(_of_several(found, said))
    cells = {name: value for row in twins for name, value in row.cells.items()}
    reason = tr("{id} is in rows {rows}.").format(id=first.id, rows=lines)
    whole = replace(first, changes=tuple(changes), conflicts=tuple(conflicts), reason=reason, cells=cells)
    said_there = tr("{id} is in rows {rows}: see row {line}.").format(id=first.id, rows=lines, line=first.line)
    return [whole, *(_bare(row, said_there) for row in others)]


def _bare(row: Row, reason: str, *, refused: bool = False) -> Row:
    return replace(row, changes=(), conflicts=(), reason=reason, refused=refused)


def _of_several(model: Change | Conflict, said: Sequence[tuple[int, str]]) -> Conflict:
    """The choice between ours and what several rows say, each value once."""
    base, mine = (model.was, model.was) if isinstance(model, Change) else (model.base, model.mine)
    lines: dict[str, int] = {}
    for line, value in said:
        if value != mine:
            lines.setdefault(value, line)
    return Conflict(model.column, base, mine, tuple((line, value) for value, line in lines.items()))
