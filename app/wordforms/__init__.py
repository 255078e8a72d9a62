"""Forms of words in Icelandic, Hungarian, Czech, Greek and English. Pure; each language is loaded when first needed.

Two calls: `forms` says which forms of a term are found, to be shown where it is edited; `stems` what a word that is
read may be a form of. `is_form` says whether one is a form of the other. `Lexicon` finds many terms in a text at once.
"""

from __future__ import annotations

from app.wordforms.agreeing import agreed
from app.wordforms.articles import with_article
from app.wordforms.forms import LANGUAGES, bases, beginnings, forms, has_forms, irregular, is_form, is_loaded, stems
from app.wordforms.lexicon import Lexicon, Sighting, Term, Token, Without, tokens
from app.wordforms.reading import Reading
from app.wordforms.spoken import sentences, spoken

__all__ = [
    "LANGUAGES",
    "Lexicon",
    "Reading",
    "Sighting",
    "Term",
    "Token",
    "Without",
    "agreed",
    "bases",
    "beginnings",
    "forms",
    "has_forms",
    "irregular",
    "is_form",
    "is_loaded",
    "sentences",
    "spoken",
    "stems",
    "tokens",
    "with_article",
]
