"""What a draft is about to promise, and which promises it keeps: taken by the person, made true when it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.promises.recognising import Offer

_ALIKE = 0.6
"""From which likeness on a sentence is another wording of one that was taken."""


class Made(NamedTuple):
    """A promise that was taken from a draft: its sentence, and the local day (YYYY-MM-DD, "" for none)."""

    what: str
    due_on: str = ""


class Drafted(NamedTuple):
    """What a draft promises, and the ids of the open promises that it keeps."""

    made: tuple[Made, ...] = ()
    keeps: tuple[int, ...] = ()

    def toggled(self, offer: Made) -> Drafted:
        """Take an offer, or give it back."""
        left = tuple(one for one in self.made if one.what != offer.what)
        return self._replace(made=left if len(left) < len(self.made) else (*self.made, offer))

    def toggled_keep(self, number: int) -> Drafted:
        """Say that the draft keeps an open promise, or that it doesn't."""
        left = tuple(one for one in self.keeps if one != number)
        return self._replace(keeps=left if len(left) < len(self.keeps) else (*self.keeps, number))


def drafted_text(drafted: Drafted) -> str:
    """As the column `draft.promise` has it; "" for nothing."""
    if not drafted.made and not drafted.keeps:
        return ""
    made = [list(one) for one in drafted.made]
    return json.dumps({"made": made, "keeps": list(drafted.keeps)}, ensure_ascii=False)


def drafted_from(text: str) -> Drafted:
    """What `drafted_text` made; nothing of what is no such text."""
    try:
        read = json.loads(text) if text else {}
        made = tuple(Made(str(what), str(due)) for what, due in read.get("made", ()))
        return Drafted(made, tuple(int(one) for one in read.get("keeps", ())))
    except (ValueError, TypeError, AttributeError):
        return Drafted()


def followed(drafted: Drafted, offers: Sequence[Offer]) -> Drafted:
    """The same after the words were changed: a sentence that was reworded is still taken, one that is gone is not."""
    left = list(offers)
    kept: list[Made] = []
    for one in drafted.made:
        found = next((offer for offer in left if offer.what == one.what), None) or _likest(one.what, left)
        if found is not None:
            left.remove(found)
            kept.append(Made(found.what, found.due_on))
    return drafted._replace(made=tuple(kept))


def _likest(what: str, offers: Iterable[Offer]) -> Offer | None:
    from difflib import SequenceMatcher  # noqa: PLC0415  only once something was taken

    alike = [(SequenceMatcher(None, what, offer.what).ratio(), offer) for offer in offers]
    best = max(alike, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] >= _ALIKE else None
