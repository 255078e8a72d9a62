"""Stacks: open conversations whose last words ask much the same, to be replied to one after the other.

Alike are texts that share most of the letters of their words, so that spelling, word order, plurals and small talk do
not count, in any language. Nothing is guessed: what merely has the same topic is left alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from app.base import clock
from app.base.errors import UserError
from app.base.text import folded_words, preview, words
from app.base.words import tr
from app.store.sqlite import Connection
from app.store.store import Store

LEAST = 3
"""People who ask much the same make a stack."""
DAYS = 7
_SECONDS = DAYS * 86_400
_LOOKED_AT = 1_000  # open conversations, the latest
_OURS_LOOKED_AT = 500  # replies of ours, the latest
_LETTERS, _MOST_CHARS = 4, 400
_LEAST_WORDS, _LEAST_CHARS = 4, 16
ALIKE = 0.4  # of the pieces of both texts, in common: no two of the demo's other messages have 0.28
_COMMON = 200  # texts that have a piece, the latest of them
_NO_WORDS = re.compile(r"https?://\S+|[@#]\S+")


class Question(NamedTuple):
    """The last words of a conversation; `member` is who wrote them, 0 if unknown."""

    conversation_id: int
    member: int
    text: str


class Stack(NamedTuple):
    """Conversations, the one that waits longest first, with the words that are most like all of them."""

    conversations: tuple[int, ...]
    sample: str


def pieces(text: str, most: int = _MOST_CHARS) -> frozenset[str]:
    """What of a text is compared: pieces of its folded words; empty for one too short to be told from others.

    `most` is how many of its characters count.
    """
    told = words(_NO_WORDS.sub(" ", text[:most]))
    if len(set(told)) < _LEAST_WORDS or sum(map(len, told)) < _LEAST_CHARS:
        return frozenset()
    return frozenset(
        padded[at : at + _LETTERS]
        for padded in (f" {word} " for word in told)
        for at in range(max(1, len(padded) - _LETTERS + 1))
    )


def alike(one: str, other: str) -> bool:
    """Whether two texts ask much the same."""
    first, second = pieces(one), pieces(other)
    return bool(first) and len(first & second) >= ALIKE * len(first | second)


def find(questions: Sequence[Question]) -> list[Stack]:
    """The stacks among these, the largest first; each conversation is in one at most.

    The order within a stack is that of `questions`.
    """
    told = [pieces(question.text) for question in questions]
    found = neighbours(told)
    stacks, taken = [], set[int]()
    for leader in sorted(found, key=lambda at: (-len(found[at]), at)):
        members = sorted({leader, *found[leader]} - taken)
        if leader in taken or len({questions[at].member or -questions[at].conversation_id for at in members}) < LEAST:
            continue
        taken.update(members)
        sample = preview(questions[leader].text)
        stacks.append(Stack(tuple(questions[at].conversation_id for at in members), sample))
    return sorted(stacks, key=lambda stack: -len(stack.conversations))


def neighbours(told: Sequence[frozenset[str]], share: float = ALIKE) -> dict[int, set[int]]:
    """Which of these (see `pieces`) are alike, by place; only those that are like another.

    Alike are those with that share of the pieces of both in common.
    """
    often = Counter(piece for own in told for piece in own)
    having = defaultdict[str, list[int]](list)
    found = defaultdict[int, set[int]](set)
    for at, own in enumerate(told):
        # Whoever shares so much with it shares one of its rarest pieces: the rest needn't be looked up.
        rarest = sorted(own, key=lambda piece: (often[piece], piece))[: len(own) - ceil(share * len(own)) + 1]
        seen = {other for piece in rarest for other in having[piece][-_COMMON:]}
        for other in seen:
            if len(own & told[other]) >= share * len(own | told[other]):
                found[at].add(other)
                found[other].add(at)
        for piece in rarest:
            having[piece].append(at)
    return found


_OPEN = f"""
SELECT c.id, coalesce(i.member_id, 0), substr(m.text, 1, {_MOST_CHARS}) FROM (
  SELECT id, last_message_id, waiting_since FROM conversation INDEXED BY conversation_state
  WHERE state = 'needs_me' AND last_at > ? ORDER BY last_at DESC, id DESC LIMIT {_LOOKED_AT}) c
JOIN message m ON m.id = c.last_message_id LEFT JOIN identity i ON i.id = m.identity_id
WHERE m.out = 0 AND m.kind = 'said' AND m.quiet = '' ORDER BY c.waiting_since, c.id
"""
_ASKED = "SELECT text FROM message WHERE conversation_id = ? AND out = 0 ORDER BY at DESC, id DESC LIMIT 1"
_SAID = f"""
SELECT o.conversation_id, o.text FROM outbox o JOIN conversation c ON c.id = o.conversation_id
WHERE o.id IN (SELECT id FROM outbox ORDER BY id DESC LIMIT {_OURS_LOOKED_AT}) AND o.purpose = 'reply'
  AND o.state <> 'discarded' AND o.created_at > ? AND c.public = 1 AND o.conversation_id <> ?
"""


class Stacks:
    """The stacks of the last seven days."""

    def __init__(self, store: Store) -> None:
        """Thread-safe; reads only."""
        self._store = store

    def open(self, now: int | None = None) -> list[Stack]:
        """Those among the conversations that need us at `now` (Unix seconds, default now).

        Takes up to a second: not for the window's thread.
        """
        at = clock.now() if now is None else now
        rows = self._store.read.execute(_OPEN, (at - _SECONDS,))
        return find([Question(*row) for row in rows])


def refuse_same(conn: Connection, conversation_id: int, text: str, now: int) -> None:
    """Raise UserError if these words were the public reply to another who asked much the same, within seven days.

    The one place that decides it, for window and shell.
    """
    here = conn.execute(
        "SELECT public, EXISTS (SELECT 1 FROM outbox WHERE created_at > ?2) AS wrote FROM conversation WHERE id = ?1",
        (conversation_id, now - _SECONDS),
    ).fetchone()
    if here is None or not here["public"] or not here["wrote"]:
        return
    said = folded_words(text)
    same = [
        other for other, words_there in conn.execute(_SAID, (now - _SECONDS, conversation_id))
        if folded_words(words_there) == said
    ]  # fmt: skip
    if same_asked(conn, conversation_id, same):
        msg = tr(
            "You gave exactly this reply in public to somebody who asked much the same. Change how it begins, so that "
            "nobody reads the same words twice."
        )
        raise UserError(msg)


def same_asked(conn: Connection, conversation_id: int, others: Iterable[int]) -> set[int]:
    """Those of the other conversations in which somebody asked much the same as in this one."""
    asked = _asked(conn, conversation_id)
    return {other for other in set(others) if other != conversation_id and alike(asked, _asked(conn, other))}


def _asked(conn: Connection, conversation_id: int) -> str:
    row = conn.execute(_ASKED, (conversation_id,)).fetchone()
    return "" if row is None else str(row["text"])
