"""Whether a draft had better cool off, and submitting it so: by the words it has, or by choice.

An insult or two reproaches to whom it speaks count as angry, by the words that tell quarrels in five languages.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from app.base import clock
from app.inbox.addressing import Addressing
from app.outbox import Entry, Outbox
from app.outbox.cooling import COOL_SECONDS, cooling, mark
from app.outbox.letter_drafts import LetterDraft
from app.outbox.letters import Letters
from app.promises import Drafted
from app.store.store import Store
from app.voice import Cleared

ANGRY = 4
"""Points of `app.quarrels.heat.sharpness` from which a draft is angry."""
BY_CHOICE = 0
"""Stands for a time: twenty minutes from now, because the person wants to sleep on it."""


class Desks(Protocol):
    """The desks that this one joins."""

    store: Store

    @property
    def outbox(self) -> Outbox:
        """Replies."""
        ...

    @property
    def letters(self) -> Letters:
        """New messages."""
        ...


def is_angry(text: str, language: str = "") -> bool:
    """Whether a text insults whom it speaks to, or reproaches them twice, in a language ("" if unknown)."""
    from app.quarrels.heat import sharpness  # noqa: PLC0415  most of what is sent is short, and this waits for it

    return sharpness(text, language) >= ANGRY


class Cooling:
    """Submits what cools off, and knows what does."""

    def __init__(self, desks: Desks) -> None:
        """Nothing is submitted yet."""
        self._desks = desks

    def until(self, cleared: Cleared, at: int | None) -> tuple[int | None, bool]:
        """When a cleared draft goes that is to go `at` that time (None: now), and whether it cools off until then."""
        if at == BY_CHOICE or (at is None and is_angry(cleared.draft.text, cleared.draft.language)):
            return clock.now() + COOL_SECONDS, True
        return at, False

    def reply(  # noqa: PLR0913  what `Outbox.submit` takes
        self, cleared: Cleared, conversation_id: int, *, then_done: bool = False, hold_seconds: int = 10,
        at: int | None = None, thread: bool = False, answers: int | None = None, addressing: Addressing | None = None,
        keep_held: bool = False, solved: str = "", tells: Collection[int] | None = None,
        promised: Drafted | None = None,
    ) -> int:  # fmt: skip
        """Submit a reply as `Outbox.submit` does; one that is angry, or is to by choice, cools off first."""
        at, cools = self.until(cleared, at)
        number = self._desks.outbox.submit(
            cleared, conversation_id, then_done=then_done, hold_seconds=hold_seconds, at=at, thread=thread,
            answers=answers, addressing=addressing, keep_held=keep_held, solved=solved, tells=tells, promised=promised,
        )  # fmt: skip
        if cools:
            mark(self._desks.store, number)
        return number

    def letter(
        self, cleared: Cleared, draft: LetterDraft, *, hold_seconds: int, at: int | None, thread: bool = False
    ) -> list[int]:
        """Submit a new message or a post as `Letters.submit` does; an angry one cools off first."""
        at, cools = self.until(cleared, at)
        numbers = self._desks.letters.submit(cleared, draft, hold_seconds=hold_seconds, at=at, thread=thread)
        for number in numbers if cools else ():
            mark(self._desks.store, number)
        return numbers

    def held(self) -> list[Entry]:
        """What cools off now, the one that goes first before the others."""
        return cooling(self._desks.store.read)
