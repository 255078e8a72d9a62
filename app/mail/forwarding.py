"""The letter inside a forwarded one: who wrote it, when and to whom, in the letter's language, and then all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.base import clock
from app.mail.headers import title


class HeadWords(NamedTuple):
    """The words of the block above a forwarded letter, as common mail programs write them in that language."""

    mark: str
    sender: str
    date: str
    subject: str
    to: str
    cc: str


WORDS = {
    "en": HeadWords("Forwarded message", "From", "Date", "Subject", "To", "Cc"),
    "is": HeadWords("Áframsendur póstur", "Frá", "Dagsetning", "Efni", "Til", "Afrit"),
    "hu": HeadWords("Továbbított levél", "Feladó", "Dátum", "Tárgy", "Címzett", "Másolat"),
    "cs": HeadWords("Přeposlaná zpráva", "Od", "Datum", "Předmět", "Komu", "Kopie"),
    "el": HeadWords("Προωθημένο μήνυμα", "Από", "Ημερομηνία", "Θέμα", "Προς", "Κοιν."),
}
"""By language; every other one gets English."""


class Original(NamedTuple):
    """A message that is forwarded. `sender`, `to` and `cc` are names with addresses; `at` is in Unix seconds."""

    sender: str
    at: int
    subject: str
    text: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()


def forwarded_subject(subject: str) -> str:
    """The subject of a forwarded letter: "Fwd:" once, whatever stood before it."""
    return f"Fwd: {title(subject)}".strip()


def block(original: Original, language: str) -> str:
    """What follows our own words: the head in this language (English for others), then the whole text."""
    words = WORDS.get(language, WORDS["en"])
    lines = [f"---------- {words.mark} ----------", f"{words.sender}: {original.sender}"]
    lines.append(f"{words.date}: {clock.local(original.at):%Y-%m-%d %H:%M %z}")
    lines += [f"{words.subject}: {original.subject}"] if original.subject else []
    lines += _named(words.to, original.to) + _named(words.cc, original.cc)
    return "\n".join([*lines, "", original.text])


def _named(word: str, boxes: Sequence[str]) -> list[str]:
    return [f"{word}: {', '.join(boxes)}"] if boxes else []
