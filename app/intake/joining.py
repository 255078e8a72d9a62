"""Which conversation a letter belongs to, by what it answers. Pure, but for the look-ups of a batch.

Private answers of several people to one letter are several conversations: none of the writers knows of the others.
Where one names another, or answers another's letter, they talk together and it is one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.base.message import Incoming
from app.store.sqlite import Connection


class Letter(NamedTuple):
    """A letter that others answer: its conversation, whether it is ours, and whom ours went to (authors' keys).

    `answers`: it was an answer itself, and so went to somebody even where nobody noted to whom.
    """

    conversation: int
    own: bool
    to: frozenset[str]
    answers: bool

    def was_for(self, talk: Collection[str]) -> bool:
        """Whether this letter of ours went to one of the talk alone: who answers it has it from them."""
        return len(self.to) == 1 and not self.to.isdisjoint(talk) if self.to else self.answers


def belongs(item: Incoming, talk: Collection[str], letter: Letter | None) -> bool:
    """Whether a letter that came in belongs to a conversation in which those of `talk` (authors' keys) have written.

    What is public does in any case. `letter` is the one that it answers there, None where that one was never read here.
    """
    if item.public or not talk or item.author.key in talk or not set(item.to).isdisjoint(talk):
        return True
    if letter is None or item.forwarded:
        return False
    return not letter.own or letter.was_for(talk) or letter.to == {item.author.key}


def goes_on(item: Incoming, talk: Collection[str], letter: Letter | None) -> bool:
    """Whether a letter of ours belongs to a conversation: not where it only goes on from one of ours and is for others.

    What we write to the next receiver of an announcement has nothing to do with who answered it first.
    """
    to = set(item.to)
    if not talk or not to or letter is None or not letter.own or not to.isdisjoint(talk):
        return True
    return letter.was_for(talk) or (len(letter.to) == 1 and letter.to <= to)


def personal(ref: str, key: str) -> str:
    """What a letter is remembered by for one of those who answer it, each in a conversation of their own.

    No Message-ID has a space in it.
    """
    return f"{ref} {key}"


def keys(items: Iterable[Incoming]) -> list[str]:
    """All by which the conversations of these letters may be remembered."""
    found: set[str] = set()
    for item in items:
        found.add(item.remote_id)
        whose = partners(item)
        for ref in item.refs:
            found.add(ref)
            found.update([personal(ref, key) for key in whose])
    return list(found)


def partners(item: Incoming) -> Sequence[str]:
    """Whose conversation it is: the author's; of our own letter that of those whom it names."""
    return item.to[:20] if item.out else (item.author.key,)


def letters(conn: Connection, account_id: int, refs: Collection[str], own: Collection[str]) -> dict[str, Letter]:
    """The stored ones of the letters that are answered, by their ids."""
    rows = conn.execute(
        "SELECT m.remote_id, m.conversation_id, m.out, m.addressed, m.parent_id FROM json_each(?) j"
        " CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
        (json.dumps(list(refs)), account_id),
    )
    return {
        ref: Letter(conversation, bool(out), frozenset(addressed.split()) - set(own), parent is not None)
        for ref, conversation, out, addressed, parent in rows
    }


def talks(conn: Connection, conversations: Collection[int]) -> dict[int, set[str]]:
    """The keys of those who have written in each of these conversations, ours left out."""
    found: dict[int, set[str]] = {number: set() for number in conversations}
    rows = conn.execute(
        "SELECT DISTINCT m.conversation_id, i.key FROM json_each(?) j CROSS JOIN message m"
        " ON m.conversation_id = j.value AND m.out = 0 JOIN identity i ON i.id = m.identity_id",
        (json.dumps(list(found)),),
    )
    for number, key in rows:
        found[number].add(key)
    return found


def conversation(
    item: Incoming, known: Mapping[str, Letter], remembered: Mapping[str, int], talk: Mapping[int, set[str]]
) -> int | None:
    """The conversation that a letter belongs to; None where it begins one.

    `known` are stored letters by id, `remembered` conversations by the ids (see `personal`) that were answered there.
    """
    joins, whose = goes_on if item.out else belongs, partners(item)
    for ref in reversed(item.refs):
        for key in whose:
            if found := remembered.get(personal(ref, key)):
                return found
        letter = known.get(ref)
        found = letter.conversation if letter else remembered.get(ref)
        if found is not None and joins(item, talk.get(found, ()), letter):
            return found
    return remembered.get(item.remote_id)
