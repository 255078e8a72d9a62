"""What a rule is, and what is found by one."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.text import fold
from app.base.words import N_, tr
from app.voice.patterns import is_plain

NOTE, ASK, BLOCK = "note", "ask", "block"
LEVEL_NAMES = {BLOCK: N_("Block"), ASK: N_("Needs approval"), NOTE: N_("Note")}
LEVELS = tuple(LEVEL_NAMES)
RISK_NAMES = {
    "legal": N_("Legal"),
    "publicity": N_("Publicity"),
    "non_public": N_("Not public yet"),
    "edge": N_("Edgy"),
    "personal": N_("Personal"),
    "tone": N_("Tone"),
    "promotion": N_("Promotion"),
    "spin": N_("Spin"),
    "defence": N_("Getting defensive"),
    "preaching": N_("Preaching"),
    "insult": N_("Insults"),
}
RISKS = tuple(RISK_NAMES)


TABOO, CONFIDENTIAL, EMBARGOED = "taboo", "confidential", "embargoed"
KIND_NAMES = {
    "": N_("Ordinary"),
    TABOO: N_("Taboo"),
    CONFIDENTIAL: N_("Confidential"),
    EMBARGOED: N_("Embargoed"),
}
"""What a rule's words are; "" for ordinary ones."""

WITH, EITHER, MOST, EMOJI, EXCLAIM, SENTENCE = "with", "either", "most", "emoji", "exclaim", "sentence"
GREETING, SIGN_OFF = "greeting", "closing"
SORT_NAMES = {
    "": N_("Words to avoid"),
    WITH: N_("Required words"),
    EITHER: N_("One or the other"),
    MOST: N_("At most so often"),
    EMOJI: N_("Emoji"),
    EXCLAIM: N_("Exclamation marks"),
    SENTENCE: N_("Length of sentences"),
    GREETING: N_("Greeting"),
    SIGN_OFF: N_("Sign-off"),
}
"""What a rule asks for: none of its words; with them, some of others as well; not both; at most so many of them, of
emoji, of exclamation marks, or of words in a sentence; that a letter begins, or ends, with some of them."""
RANGES = {MOST: (1, 99), EMOJI: (0, 99), EXCLAIM: (0, 99), SENTENCE: (3, 200)}
"""The least and the most that the number of a rule can be, for those that have one."""
WORDLESS = (EMOJI, EXCLAIM, SENTENCE)
"""The sorts that have no words."""
FORMLESS = (*WORDLESS, GREETING, SIGN_OFF)
"""The sorts whose words, if any, are found only as they stand."""
NEEDS_ALSO = (WITH, EITHER)
"""The sorts that speak of other words as well."""
_NAMED = {
    WITH: N_("{words}: only with {also}"),
    EITHER: N_("{words}, or {also}: not both"),
    MOST: N_("{words}: at most {most}"),
    EMOJI: N_("Emoji in a message: at most {most}"),
    EXCLAIM: N_("Exclamation marks in a message: at most {most}"),
    SENTENCE: N_("Words in a sentence: at most {most}"),
    GREETING: N_("Letters begin with: {words}"),
    SIGN_OFF: N_("Letters end with: {words}"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Words to look for. `language` "" means all languages; `until` is when it expires (Unix seconds).

    `kind` is one of KIND_NAMES, `owner` who decides about the words, by name; "" if nobody is named. `sort` is one of
    SORT_NAMES; `also` are the other words that WITH and EITHER speak of, `most` the number of those in RANGES.
    `channel` is the kind of channel that it holds on, "" for all (GREETING, SIGN_OFF: for letters). `forms` are found
    besides the known forms of its words, `not_forms` are not found though they are such forms.
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
    sort: str = ""
    also: tuple[str, ...] = ()
    most: int | None = None
    channel: str = ""
    forms: tuple[str, ...] = ()
    not_forms: tuple[str, ...] = ()

    @property
    def sought(self) -> tuple[str, ...]:
        """Its words, and the forms that were added to them, which stand for themselves."""
        return (*self.words, *(f"={one}" if is_plain(one) else one for one in self.forms))

    @property
    def named(self) -> str:
        """What it is called in lists and actions: its words, with what it asks of them."""
        words, also = ", ".join(self.words), ", ".join(self.also)
        return tr(_NAMED.get(self.sort, "{words}")).format(words=words, also=also, most=self.most)


@dataclass(frozen=True, slots=True)
class Finding:
    """A match in a draft: `start` and `end` are character offsets in the text as typed, `words` is the matched text.

    `instead` takes the place of the words, or of the span `replaces` where it says more than they did, or where the
    article before them changes with it; `fact` is the
    key of the fact whose value it is. `asked` is how a question about it stands ("" if nobody was asked, see
    `app.voice.asked`), `language` the one that the draft is in where it is marked as another. `fits`: `instead` is in
    the form that the sentence needs, as far as can be said. `key` consists of the
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
    fits: bool = True

    @property
    def key(self) -> str:
        """The key of the reason for overriding this."""
        return f"{self.rule_id or self.risk}:{fold(self.words)}"
