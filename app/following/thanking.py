"""The words of a letter that thanks a teammate, in a language of theirs, naming what they helped with. Pure."""

from __future__ import annotations

from app.base import resources
from app.handoffs import Handoff
from app.teammates import Teammate
from app.templates.values import name_of_teammate

_ENGLISH = "en"


def thanks_letter(mate: Teammate, words: str, handoff: Handoff | None) -> tuple[str, str, str]:
    """The language, subject and text: in the first language of theirs that there are words in, else in English."""
    known = {row["language"]: row for row in resources.tables("letters", "thanks.toml", "letter")}
    row = known[next((one for one in mate.languages if one in known), _ENGLISH)]
    blanks = {
        "first_name": name_of_teammate(mate.name, " ".join(mate.languages), row["language"]),
        "helped": "" if handoff is None else helped(handoff), "words": words.strip(),
    }  # fmt: skip
    blanks["about"] = row["plain" if handoff is None else "about"].format(**blanks)
    return row["language"], row["subject"], row["body"].strip().format(**blanks)


def helped(handoff: Handoff) -> str:
    """What somebody helped with: the member and what was asked."""
    ask = " ".join(handoff.ask.split())
    return f"{handoff.member}: {ask}" if handoff.member else ask
