"""Unsaved edits of templates, kept for the next time the window opens."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from app import settings
from app.store.store import Store
from app.templates.rows import Text

_KEY = "templates_unfinished"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The unsaved edits of a template, 0 for a new one. `names` are name, key and use, None if unchanged."""

    template_id: int
    names: tuple[str, str, str] | None
    texts: tuple[Text, ...]


def save(store: Store, all_of_them: Iterable[Unfinished]) -> None:
    """Replace the kept edits by these; an empty list deletes them. Not an undoable action, as nothing was saved."""
    cells = [
        [template.template_id, template.names, [[text.language, text.variant, text.body] for text in template.texts]]
        for template in all_of_them
    ]
    with store.write() as conn:
        if cells:
            settings.store_value(conn, _KEY, json.dumps(cells, ensure_ascii=False))
        else:
            settings.delete_value(conn, _KEY)


def load(store: Store) -> list[Unfinished]:
    """Return the kept edits, except those of templates that no longer exist."""
    row = store.read.execute("SELECT value FROM setting WHERE key = ?", (_KEY,)).fetchone()
    there = {0} | {int(number) for (number,) in store.read.execute("SELECT id FROM template")}
    return [
        Unfinished(number, (names[0], names[1], names[2]) if names else None, tuple(Text(*text) for text in texts))
        for number, names, texts in (json.loads(row["value"]) if row is not None else [])
        if number in there
    ]
