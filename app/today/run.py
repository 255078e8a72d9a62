"""The block that is being worked through: what comes after what, as the queue had it when it was started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.today.queue import CONVERSATION, Timed


class Step(NamedTuple):
    """One thing of the run: its noun, its row, the conversation in which it is done, and who it is about."""

    noun: str
    id: int
    conversation_id: int | None
    member_id: int | None = None


class Run:
    """The steps that are left, in order. Empty, it is over."""

    def __init__(self, queue: Iterable[Timed] = ()) -> None:
        """Take over what fits."""
        self._steps = [
            Step(one.thing.noun, one.thing.id, one.thing.conversation_id, one.thing.member_id) for one in queue
        ]
        self.total = len(self._steps)
        self.leads_back = True
        """Whether Today is shown after the last step."""

    @property
    def left(self) -> Sequence[Step]:
        """What is still to be done."""
        return tuple(self._steps)

    @property
    def active(self) -> bool:
        """Whether there is anything left."""
        return bool(self._steps)

    def first(self) -> Step | None:
        """The step that comes next; None at the end."""
        return self._steps[0] if self._steps else None

    def leave(self, conversations: Iterable[int]) -> bool:
        """Take these conversations out: they are done, answered, or snoozed. Whether any was in it."""
        gone = set(conversations)
        before = len(self._steps)
        self._steps = [step for step in self._steps if step.conversation_id not in gone]
        return len(self._steps) < before

    def drop(self, noun: str, number: int) -> None:
        """Take one thing out."""
        self._steps = [step for step in self._steps if (step.noun, step.id) != (noun, number)]

    def after(self, conversation: int) -> Step | None:
        """The step that follows that of a conversation, from the top after the last; None if there is no other."""
        places = [at for at, step in enumerate(self._steps) if step.conversation_id == conversation]
        if not places:
            return self.first()
        others = [*self._steps[places[-1] + 1 :], *self._steps[: places[0]]]
        return others[0] if others else None

    def put_first(self, conversations: Sequence[int]) -> None:
        """Go through these conversations first, in this order; where no block was worked through, only through them."""
        self.leads_back = self.leads_back and self.active
        kept = [step for step in self._steps if step.conversation_id not in set(conversations)]
        self._steps = [*(Step(CONVERSATION, number, number) for number in conversations), *kept]
        self.total = max(self.total, len(self._steps))

    def follow(self, where: Mapping[int, int]) -> None:
        """Let the steps follow conversations that were joined into others: id -> the id of the one it is part of now.

        Of two steps that are the same conversation now, the first stays.
        """
        moved: list[Step] = []
        for step in self._steps:
            here = where.get(step.conversation_id or 0, step.conversation_id)
            now = step._replace(conversation_id=here)
            if step.noun == CONVERSATION and here is not None:
                now = now._replace(id=here)
            if (now.noun, now.id) not in {(one.noun, one.id) for one in moved}:
                moved.append(now)
        self._steps = moved

    def stop(self) -> None:
        """End it; what is left waits."""
        self._steps = []
