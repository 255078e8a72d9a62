"""What became of imported templates, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import counted, tr

if TYPE_CHECKING:
    from app.templates.files import Taken


def in_words(taken: Taken) -> str:
    """How many templates are new, were changed, and were there already, in a line."""
    parts = [
        counted(taken.added, "{count} new template", "{count} new templates") if taken.added else "",
        counted(taken.changed, "{count} changed", "{count} changed") if taken.changed else "",
        counted(taken.same, "{count} was there already", "{count} were there already") if taken.same else "",
    ]
    return tr("Imported: {templates}.").format(templates=", ".join(filter(None, parts)))
