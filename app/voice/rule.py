"""What a rule is, and what is found by one."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.text import fold
from app.base.words import N_

NOTE, ASK, BLOCK = "note", "ask", "block"
LEVEL_NAMES = {BLOCK: N_("Block"), ASK: N_("Needs approval"), NOTE: N_("Note")}
LEVELS = tuple(LEVEL_NAMES)
RISKS = ("legal", "publicity", "non_public", "edge", "personal", "tone", "promotion")


TABOO, CONFIDENTIAL, EMBARGOED = "taboo", "confidential", "embargoed"
KIND_NAMES = {
    "": N_("Ordinary"),
    TABOO: N_("Taboo"),
    CONFIDENTIAL: N_("Confidential"),
    EMBARGOED: N_("Embargoed"),
}
"""What a rule's words are; "" for ordinary ones."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Words to look for. `language` "" means all languages; `until` is when it expires (Unix seconds).

    `kind` is one of KIND_NAMES, `owner` who decides about the words, by name; "" if nobody is named.
    """

    id: int
    words: tuple[str, ...]
    level: str
    why: str
    language: str = ""
    risk: str = "tone"
    instead: str = ""
    until: int | None = None
    position: int = 0
    kind: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A match in a draft: `start` and `end` are character offsets in the text as typed, `words` is the matched text.

    `instead` takes the place of the words, or of the span `replaces` where it says more than they did; `fact` is the
    key of the fact whose value it is. `asked` is how a question about it stands ("" if nobody was asked, see
    `app.voice.asked`), `language` the one that the draft is in where it is marked as another. `key` consists of the
    rule and the words, so that a reason given stays valid when the text around them changes.
    """

    start: int
    end: int
    level: str
    risk: str
    why: str
    words: str
    instead: str = ""
    rule_id: int | None = None
    kind: str = ""
    owner: str = ""
    replaces: tuple[int, int] | None = None
    fact: str = ""
    asked: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """The key of the reason for overriding this."""
        return f"{self.rule_id or self.risk}:{fold(self.words)}"
