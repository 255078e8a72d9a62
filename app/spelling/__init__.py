"""Spelling: slips in a text by the dictionaries of this system, and the words that the person added.

Terms: a *slip* is a word that no dictionary, no name and none of the person's own words explains; a *dictionary* is one
of Hunspell's, two files; the *person's own words* are kept in `known_word`.
"""

from __future__ import annotations

from app.spelling.desk import Look, OwnWord, Slip, Spelling
from app.spelling.places import Dictionary
from app.spelling.shelf import Found

__all__ = ["Dictionary", "Found", "Look", "OwnWord", "Slip", "Spelling"]
