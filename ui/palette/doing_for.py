"""What can be done for a member by their name: “log a gift for Eleni”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.text import fold
from ui.look import text
from ui.palette.found import Found

if TYPE_CHECKING:
    from app.workbench import Workbench

_MIN_NAME_CHARS, _MAX_ROWS = 2, 3


def gifts_for(bench: Workbench, question: str) -> list[Found]:
    """Log a gift for each of the members whose name follows: `gift for eleni`; [] where the question asks no such."""
    title = text.tr("Log a gift for {name}")
    filler = set(fold(title.replace("{name}", "")).split())
    gift = fold(text.tr("Gift"))
    words = question.split()
    while words and fold(words[0]) in filler | {gift}:
        words.pop(0)
    begun = [fold(word) for word in question.split()[: len(question.split()) - len(words)]]
    name = " ".join(words)
    if gift not in begun or len(name) < _MIN_NAME_CHARS:
        return []
    return [
        Found(
            title.format(name=text.name(row.name)), text.tr("Do"), row.city, "gift", page="delight",
            target=("log", row.id),
            tone="delight", spans=((0, len(title.partition("{")[0].rstrip())),),
        )
        for row in bench.members.rows(bench.members.find(name, limit=_MAX_ROWS))
    ]  # fmt: skip
