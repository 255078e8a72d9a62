"""Handwritten cards: what stands on one passes the voice guide as a reply does, before it is logged and shipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.base.words import tr
from app.gifts.rows import LEFT, Gift
from app.store.store import Store


class Seen(NamedTuple):
    """Words on a card that the voice guide speaks about, why, what to write instead, and whether they stop it."""

    words: str
    why: str
    instead: str
    stops: bool


Look = Callable[[str, str, int | None], Sequence[Seen]]
"""Looks at words in a language ("" if unknown) to a member; what is worst comes first."""


class Cards:
    """The check of the words on a gift's card; only its member reads them."""

    def __init__(self, store: Store, look: Look) -> None:
        """`look` asks the voice guide; the store knows a member's language."""
        self._store, self._look = store, look

    def findings(self, words: str, member: int | None) -> Sequence[Seen]:
        """Return what the voice guide finds in the words for a member, worst first."""
        if not words.strip():
            return ()
        row = self._store.read.execute("SELECT language FROM member WHERE id = ?", (member,)).fetchone()
        return self._look(words, str(row["language"] or "") if row else "", member)

    def says(self, words: str, member: int | None) -> str:
        """Return the worst finding as a sentence, with what to write instead; "" if there is none."""
        found = self.findings(words, member)
        if not found:
            return ""
        worst = found[0]
        said = tr("On the card, “{words}”: {why}").format(words=worst.words, why=worst.why)
        return said + (" " + tr("Better: {instead}").format(instead=worst.instead) if worst.instead else "")

    def stops(self, words: str, member: int | None) -> str:
        """Return why a card may not go out as it is, or "": only what a rule blocks stops it."""
        return self.says(words, member) if any(one.stops for one in self.findings(words, member)) else ""

    def stops_of(self, gift: Gift, state: str) -> str:
        """Return why a gift can't leave us with its card, or ""."""
        leaves = state in LEFT and gift.state not in LEFT
        return self.stops(gift.card_text, gift.member_id) if leaves else ""
