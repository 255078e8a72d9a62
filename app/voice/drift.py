"""How often each rule of the voice guide was met in what we sent, month by month. Reads only.

Each of our messages is checked anew by the rules of today, in its language and on its channel, so that two months can
be compared: what was found when it was sent went by the rules of then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.base import clock
from app.mail.quotes import own_words
from app.store.sqlite import Connection
from app.voice import sorts
from app.voice.clearing import Draft
from app.voice.guard import check
from app.voice.rule import Rule

MONTHS = 12
"""So many months are looked at, this one among them."""
MOST_MONTHS = 120
_SENT = """
SELECT m.id, m.at, m.conversation_id, m.text, m.language, a.kind
FROM message m JOIN account a ON a.id = m.account_id
WHERE m.out = 1 AND m.kind = 'said' AND m.gone_at IS NULL AND m.failed = '' AND m.quiet = '' AND m.at >= ?
ORDER BY m.at, m.id
"""


class Met(NamedTuple):
    """A message of ours in which a rule was met: its month (YYYY-MM, local), when it was sent, and the words found."""

    rule_id: int
    month: str
    message_id: int
    conversation_id: int
    at: int
    words: str


def months(now: int, many: int) -> tuple[str, ...]:
    """The names (YYYY-MM) of the last so many months, this one last."""
    today = clock.local(now)
    last = today.year * 12 + today.month - 1
    return tuple(_named(one) for one in range(last - many + 1, last + 1))


def met(conn: Connection, rules: Iterable[Rule], since: str) -> Iterator[Met]:
    """Which rules were met in which of our messages from that month (YYYY-MM) on, the oldest first.

    A message counts once for each rule, however often its words are in it. What we quoted does not count, nor do rules
    about how letters begin and end.
    """
    known = tuple(rules)
    for row in conn.execute(_SENT, (clock.from_iso(f"{since}-01"),)):
        text, language = own_words(row["text"]), row["language"]
        draft = Draft(text, language, channel=row["kind"])
        first: dict[int, str] = {}
        for finding in (*check(text, language, known), *sorts.asked(draft, known)):
            if finding.rule_id is not None:
                first.setdefault(finding.rule_id, finding.words)
        month = f"{clock.local(row['at']):%Y-%m}"
        for number, words in first.items():
            yield Met(number, month, row["id"], row["conversation_id"], row["at"], words)


def _named(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"
