"""Whether somebody writes for the press, and who of the teammates answers the press. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.text import fold, words
from app.teammates import Suggestion, Teammate

KIND = "press"
"""The kind of a member, and of a hand-off."""
_JOURNALISTS = (
    # English, Czech, Hungarian, Icelandic, Greek: how a word begins that only the press says of itself
    "journalist", "reporter", "newsroom", "newspaper", "novinar", "redaktor", "redakc", "ujsagiro", "riporter",
    "szerkesztoseg", "bladamad", "bladamann", "frettamad", "frettamann", "ritstjor", "δημοσιογραφ", "ρεπορτερ",
    "εφημεριδ",
)  # fmt: skip
_REQUESTS = ("press inquiry", "press enquiry", "press request", "press office", "press pass", "press kit")
_DEPARTMENTS = ("press", "pr", "public relations", "media", "tisk", "tiskove", "sajto", "fjolmidlar", "τυπος", "τυπου")


def from_press(member_kind: str, text: str) -> bool:
    """Whether a message is by the press: its member is, or it says so, as "I'm a journalist" does."""
    if member_kind == KIND:
        return True
    found = words(text)
    line = f" {' '.join(found)} "
    return any(word.startswith(_STEMS) for word in found) or any(f" {asked} " in line for asked in _REQUESTS)


_STEMS = tuple(fold(stem) for stem in _JOURNALISTS)


def answers_press(teammate: Teammate) -> bool:
    """Whether a teammate's subjects, team or role say that they speak with the press."""
    said = (*teammate.subjects, teammate.team, teammate.role)
    known = [tuple(words(department)) for department in _DEPARTMENTS]
    return any(
        all(part in words(line) for part in department) for line in said if line for department in known if department
    )


def press_first(people: Sequence[Suggestion]) -> list[Suggestion]:
    """Those who answer the press before the others, else in their order."""
    return sorted(people, key=lambda one: not (answers_press(one.teammate) or _stands_in(one)))


def _stands_in(one: Suggestion) -> bool:
    return one.instead_of is not None and answers_press(one.instead_of)
