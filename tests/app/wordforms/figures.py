"""The figures of word forms: how many forms are found, how many near misses and ordinary words are taken for one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.base import resources
from app.base.text import fold
from app.voice import ASK, Rule, check

FOLDER = Path(__file__).with_name("words")
SENTENCES = Path(__file__).parents[1] / "promises"
LANGUAGES = ("cs", "el", "en", "hu", "is")


@dataclass(frozen=True)
class Term:
    """A term of the test set, its forms, and words that come near it."""

    words: str
    forms: tuple[str, ...]
    near: tuple[str, ...]
    said: tuple[str, ...]
    """Other forms of it that the ordinary words hold: no false alarms."""


@dataclass(frozen=True)
class Figures:
    """What was counted for a language."""

    forms: int
    missed: tuple[str, ...]
    near: int
    stopped: tuple[str, ...]
    tokens: int
    alarms: tuple[str, ...]

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / self.forms

    @property
    def near_stopped(self) -> float:
        return len(self.stopped) / self.near

    @property
    def alarms_in_thousand(self) -> float:
        return len(self.alarms) * 1000 / self.tokens


def terms(language: str) -> list[Term]:
    """The test set of a language."""
    lines = (FOLDER / f"{language}.txt").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]
    return [Term(row[0], *(tuple(cell.split(", ")) for cell in (*row[1:], "")[:3])) for row in rows]


def ordinary(language: str) -> list[str]:
    """At least 5,000 words as people write them: the demo's conversations, templates, and sentences of other tests."""
    talk = [
        message["text"]
        for one in resources.tables("demo", f"conversations_{language}.toml", "conversation")
        for message in one["message"]
    ]
    for file in sorted(SENTENCES.rglob(f"*{language}.toml")):
        talk += _texts(tomllib.loads(file.read_text("utf-8")))
    for folder in ("demo", "starter"):
        for template in resources.tables(folder, "templates.toml", "template"):
            talk += [one["body"] for one in template.get("text", ()) if one.get("language") == language]
    return talk


def _texts(table: object) -> list[str]:
    """Every `text` in a file of sentences."""
    if isinstance(table, dict):
        own = [value for key, value in table.items() if key == "text" and isinstance(value, str)]
        return own + [text for value in table.values() for text in _texts(value)]
    return [text for value in table for text in _texts(value)] if isinstance(table, list) else []


def _is_found(words: str, text: str, language: str) -> bool:
    return bool(check(text, language, (Rule(1, (words,), ASK, "because", language),)))


def measured(language: str) -> Figures:
    """The figures of a language, by the test set."""
    known = terms(language)
    forms = [(term, form) for term in known for form in term.forms]
    near = [(term, word) for term in known for word in term.near]
    rules = tuple(Rule(at, (term.words,), ASK, "because", language) for at, term in enumerate(known, 1))
    own = [{fold(form) for form in (term.words, *term.forms, *term.said)} for term in known]
    texts = ordinary(language)
    alarms = [
        f"{known[hit.rule_id - 1].words}: {hit.words}"
        for text in texts
        for hit in check(text, language, rules)
        if hit.rule_id and fold(hit.words) not in own[hit.rule_id - 1]
    ]
    return Figures(
        len(forms),
        tuple(f"{term.words}: {form}" for term, form in forms if not _is_found(term.words, form, language)),
        len(near),
        tuple(f"{term.words}: {word}" for term, word in near if _is_found(term.words, word, language)),
        sum(len(re.findall(r"\w+", text)) for text in texts),
        tuple(alarms),
    )
