"""A draft in another language than it is meant to be in: a note, which holds nothing up."""

from __future__ import annotations

from collections import Counter

from app.base import language_names
from app.base.words import tr
from app.voice.rule import NOTE, Finding
from app.wordforms import LANGUAGES, sentences, spoken

_LEAST_LETTERS = 30
"""So many letters in another language are more than a quotation or a name."""


def in_another_language(text: str, language: str) -> tuple[Finding, ...]:
    """The finding for the first sentence in the language that most of the draft is in, if that isn't `language`."""
    if language not in LANGUAGES:
        return ()
    told = [(start, end, spoken(text[start:end])) for start, end in sentences(text)]
    letters: Counter[str] = Counter()
    for start, end, code in told:
        letters[code] += sum(map(str.isalpha, text[start:end]))
    letters.pop("", None)
    most = max(letters, key=lambda code: letters[code], default=language)
    if most == language or most not in LANGUAGES or letters[most] < max(_LEAST_LETTERS, 2 * letters[language]):
        return ()
    start, end = next((start, end) for start, end, code in told if code == most)
    why = tr("This is in {spoken}, but marked as {language}. Change the language, or the words.").format(
        spoken=language_names.name(most), language=language_names.name(language)
    )
    return (Finding(start, end, NOTE, "language", why, text[start:end].strip(), language=most),)
