"""Templates: reusable replies, per language and in variants, found by typing a few letters.

Terms: a *text* is a template's body in one language and variant, a *blank* is a placeholder in it (`{{first_name}}`,
with a fallback `{{first_name|friend}}`), a *pick* is the text chosen for a member.
"""

from __future__ import annotations

from app.templates.blanks import Blank, Filled, fill, parse, problems
from app.templates.desk import Templates, choose_language, hand_over, move_conversation, note_sent, note_use, read
from app.templates.finding import MOST, Entry, entry, find
from app.templates.rows import Pick, Template, Text
from app.templates.values import greeting, sayable

__all__ = [
    "MOST", "Blank", "Entry", "Filled", "Pick", "Template", "Templates", "Text", "choose_language", "entry", "fill",
    "find", "greeting", "hand_over", "move_conversation", "note_sent", "note_use", "parse", "problems", "read",
    "sayable",
]  # fmt: skip
