"""Labels that a letter has in its mailbox, and that its conversation is given here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from app.base.text import fold
from app.base.words import counted, tr
from app.inbox import labels
from app.store.sqlite import Connection

_MAX_CHARS = 80
_MOST_NAMED = 12
_FOUND = """
SELECT conversation_id FROM message m WHERE account_id = ?1 AND remote_id = ?2 AND (batch_id = ?3 OR (batch_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM conversation_label l WHERE l.conversation_id = m.conversation_id)))
"""
"""New letters, and such as came from the mailbox itself into a conversation without labels: others are the person's."""


class Given:
    """Gives labels to conversations, and counts them by name."""

    def __init__(self) -> None:
        """Nothing is given yet."""
        self._counts: Counter[str] = Counter()

    def note(self, named: Iterable[str]) -> None:
        """Count the labels of a letter that would come in."""
        self._counts.update(_tidy(named))

    def give(self, conn: Connection, account_id: int, batch: int, wanted: Mapping[str, tuple[str, ...]]) -> None:
        """Give the labels of letters, by remote id, to their conversations in the open transaction."""
        by_name: dict[str, set[int]] = {}
        for remote_id, named in wanted.items():
            found = [number for (number,) in conn.execute(_FOUND, (account_id, remote_id, batch))]
            for name in _tidy(named) if found else ():
                by_name.setdefault(name, set()).update(found)
        there = labels.known(conn)
        for name, numbers in by_name.items():
            labels.give(conn, sorted(numbers), there.setdefault(fold(name), name))
            self._counts[name] += len(numbers)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said of them; () if there are none."""
        named = [name for name, _ in self._counts.most_common()]
        return (sentence(named),) if named else ()


def sentence(names: list[str]) -> str:
    """That these labels become labels here."""
    listed = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    if more > 0:
        return counted(
            more,
            "Labels in the mailbox become labels here: {names} and {count:,} other.",
            "Labels in the mailbox become labels here: {names} and {count:,} others.",
            names=listed,
        )
    return tr("Labels in the mailbox become labels here: {names}.").format(names=listed)


def _tidy(named: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (" ".join(name.split())[:_MAX_CHARS].strip() for name in named))))
