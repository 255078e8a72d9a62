"""What was decided about a file that came back and is not applied yet: kept by the file's content until it is.

It is an unsaved form like those of the window (`app.kept_forms`), so that the same lists show it and let it go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.base import ids
from app.base.words import tr
from app.kept_forms import KeptForms
from app.returns import numbers
from app.returns.rows import COLUMN_NAMES, MINE, Conflict, Preview, Row
from app.returns.telling import value_in_words
from app.store.store import Store

FORM = "return"
"""The kind of such a form; its subject is the SHA-256 of the file."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about a file: how it is read, what cells mean, and what counts where both changed.

    `choices` has (number, column) -> (what was chosen, what stood here then): where that has changed, one is asked
    again.
    """

    encoding: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[tuple[int, str], str] = field(default_factory=dict)
    choices: Mapping[tuple[int, str], tuple[str, str]] = field(default_factory=dict)


def read(store: Store, sha256: str) -> Decided | None:
    """What is kept about a file; None if there is nothing."""
    kept = KeptForms(store).kept(FORM, sha256)
    if not kept:
        return None
    try:
        found = json.loads(kept)
        return Decided(
            str(found["encoding"]),
            {str(name): str(column) for name, column in found["said"].items()},
            {(int(line), str(column)): str(value) for line, column, value in found["answers"]},
            {(int(row), str(column)): (str(value), str(mine)) for row, column, value, mine in found["choices"]},
        )
    except (ValueError, TypeError, KeyError, AttributeError):  # written by another release
        return None


def keep(store: Store, preview: Preview) -> None:
    """Keep what is decided about a file; forget it where that is nothing."""
    if not preview.decided:
        forget(store, preview.sheet.sha256)
        return
    conflicts = conflicts_of(preview.rows)
    choices = [
        (number, column, value, conflicts[number, column].mine)
        for (number, column), value in preview.choices.items()
        if (number, column) in conflicts
    ]
    answers = [(line, column, value) for (line, column), value in preview.answers.items()]
    shown = [_shown(preview, *one) for one in choices]
    shown += [
        ["answer", tr("Row {line}").format(line=line), 0, value_in_words(preview.kind, column, value)]
        for line, column, value in answers
    ]
    shown += [["column", name, 0, tr(COLUMN_NAMES.get(column, ""))] for name, column in preview.said.items()]
    title = tr("Read back: {file}").format(file=preview.name)
    kept: dict[str, Any] = {
        "title": title, "fields": shown, "encoding": preview.chosen_encoding, "said": dict(preview.said),
        "answers": answers, "choices": choices,
    }  # fmt: skip
    KeptForms(store).keep(FORM, preview.sheet.sha256, json.dumps(kept, ensure_ascii=False))


def _shown(preview: Preview, number: int, column: str, value: str, mine: str) -> list[object]:
    name = f"{ids.display(numbers.KINDS[preview.kind], number)} · {tr(COLUMN_NAMES[column])}"
    return ["choice", name, 0, value_in_words(preview.kind, column, mine if value == MINE else value)]


def forget(store: Store, sha256: str) -> None:
    """Forget what is kept about a file."""
    KeptForms(store).forget(FORM, sha256)


def conflicts_of(rows: Iterable[Row]) -> dict[tuple[int, str], Conflict]:
    """What both changed, by row and column."""
    return {(row.number or 0, one.column): one for row in rows for one in row.conflicts if not row.rejected}


def fitting(rows: Iterable[Row], choices: Mapping[tuple[int, str], tuple[str, str]]) -> dict[tuple[int, str], str]:
    """The choices (with what stood here when they were made) that still are among what there is to choose."""
    conflicts = conflicts_of(rows)
    found = {}
    for key, (value, mine) in choices.items():
        conflict = conflicts.get(key)
        if conflict is None or conflict.mine != mine:
            continue
        if value == MINE or value in [theirs for _line, theirs in conflict.theirs]:
            found[key] = value
    return found


def with_ours(preview: Preview) -> dict[tuple[int, str], tuple[str, str]]:
    """The choices of a preview, each with what stands here."""
    conflicts = conflicts_of(preview.rows)
    return {key: (value, conflicts[key].mine) for key, value in preview.choices.items() if key in conflicts}
