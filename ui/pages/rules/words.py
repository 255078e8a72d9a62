"""What rules ask for and do, as the page says it."""

from __future__ import annotations

from app.rules import Hit, Rule
from app.rules import words as told
from ui.look import text
from ui.look.text import tr


def in_short(rule: Rule, names: told.Names) -> str:
    """What it asks for and does, on one line."""
    asked, then = "; ".join(told.asked(rule.conditions, names)), "; ".join(told.done_then(rule.deeds, names))
    return tr("If it {conditions} → {deeds}").format(conditions=text.plain(asked), deeds=text.plain(then))


def hits_of(rule: Rule) -> str:
    """How many messages it has hit, and whether it is off."""
    many = text.counted(rule.hits, "{count} hit", "{count} hits")
    return many if rule.active else tr("{hits}, turned off").format(hits=many)


def outcome(hit: Hit, names: told.Names) -> str:
    """What a rule did with a message, or that it was undone."""
    return tr("Undone") if hit.undone_at is not None else text.plain(told.deeds_in_words(hit, names))
