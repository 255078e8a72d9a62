"""How often each rule of the voice guide was met in what we sent, month by month. Reads only.

Each of our messages is checked anew by the rules of today, in its language and on its channel, so that two months can
be compared: what was found when it was sent went by the rules of then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.base import clock
from app.base.text import preview
from app.mail.quotes import own_words
from app.store.sqlite import Connection
from app.voice import sorts
from app.voice.clearing import Draft
from app.voice.guard import check
from app.voice.rule import Rule

MONTHS = 12
"""So many months are looked at, this one among them."""
MOST_MONTHS = 120
_MEANT = "m.out = 1 AND m.kind = 'said' AND m.gone_at IS NULL AND m.failed = '' AND m.quiet = '' AND m.at >= ?"
_MANY = f"SELECT count(*) FROM message m JOIN account a ON a.id = m.account_id WHERE {_MEANT}"
_SENT = f"""
SELECT m.id, m.at, m.conversation_id, m.text, m.language, a.kind
FROM message m JOIN account a ON a.id = m.account_id WHERE {_MEANT} ORDER BY m.at, m.id
"""
_SHOWN = """
SELECT m.id, m.text, coalesce(nullif(c.title, ''), nullif(p.name, ''), nullif(i.name, ''), i.handle, '') AS talk
FROM message m JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN identity i ON i.id = c.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.gone_at IS NULL AND m.id IN (SELECT value FROM json_each(?))
"""
_BEFORE, _PASSAGE = 30, 300
"""Letters before what was found, and of the whole passage."""

GoOn = Callable[[int, int], bool]
"""Told before each message how many have been read, and of how many; whether to go on."""


class Met(NamedTuple):
    """A message of ours in which a rule was met: its month (YYYY-MM, local), when it was sent, and the words found."""

    rule_id: int
    month: str
    message_id: int
    conversation_id: int
    at: int
    words: str


class Row(NamedTuple):
    """A rule that was met, and the messages in which it was, by month; without the months in which it was not."""

    rule: Rule
    by_month: Mapping[str, Sequence[Met]]

    def of(self, month: str) -> Sequence[Met]:
        """The messages of a month (YYYY-MM), the oldest first."""
        return self.by_month.get(month, ())


class Drift(NamedTuple):
    """What was counted: the months, the oldest first, the rules that were met in them, and in how many messages."""

    months: tuple[str, ...]
    rows: tuple[Row, ...]
    messages: int
    """All that were read, whether a rule was met in them or not."""


class Shown(NamedTuple):
    """A message in a list: what its conversation is called, what was found, and the words around it on one line."""

    id: int
    talk: str
    at: int
    words: str
    passage: str


def months(now: int, many: int) -> tuple[str, ...]:
    """The names (YYYY-MM) of the last so many months, this one last."""
    today = clock.local(now)
    last = today.year * 12 + today.month - 1
    return tuple(_named(one) for one in range(last - many + 1, last + 1))


def by_rule_and_month(rules: Iterable[Rule], found: Iterable[Met]) -> tuple[Row, ...]:
    """The rules that were met, in the order of the guide; each figure is the number of messages behind it."""
    by_rule: dict[int, dict[str, list[Met]]] = {}
    for one in found:
        by_rule.setdefault(one.rule_id, {}).setdefault(one.month, []).append(one)
    return tuple(Row(rule, by_rule[rule.id]) for rule in rules if rule.id in by_rule)


def met(conn: Connection, rules: Iterable[Rule], since: str, go_on: GoOn | None = None) -> Iterator[Met]:
    """Which rules were met in which of our messages from that month (YYYY-MM) on, the oldest first.

    A message counts once for each rule, however often its words are in it. What we quoted does not count, nor do rules
    about how letters begin and end. It ends where `go_on` says so.
    """
    known, begin = tuple(rules), clock.from_iso(f"{since}-01")
    of = int(conn.execute(_MANY, (begin,)).fetchone()[0]) if go_on is not None else 0
    for done, row in enumerate(conn.execute(_SENT, (begin,))):
        if go_on is not None and not go_on(done, of):
            return
        text, language = own_words(row["text"]), row["language"]
        draft = Draft(text, language, channel=row["kind"])
        first: dict[int, str] = {}
        for finding in (*check(text, language, known), *sorts.asked(draft, known)):
            if finding.rule_id is not None:
                first.setdefault(finding.rule_id, finding.words)
        month = f"{clock.local(row['at']):%Y-%m}"
        for number, words in first.items():
            yield Met(number, month, row["id"], row["conversation_id"], row["at"], words)


def drift(conn: Connection, rules: Iterable[Rule], shown: Sequence[str], go_on: GoOn) -> Drift | None:
    """Count these months (YYYY-MM, the last of them this one); None if `go_on` ended it before all were read."""
    known, read, stopped = tuple(rules), 0, False

    def noted(done: int, of: int) -> bool:
        nonlocal read, stopped
        read, stopped = done + 1, not go_on(done, of)
        return not stopped

    rows = by_rule_and_month(known, met(conn, known, shown[0], noted))
    return None if stopped else Drift(tuple(shown), rows, read)


def passages(conn: Connection, found: Sequence[Met]) -> tuple[Shown, ...]:
    """These messages for a list, the latest first; those that have gone since are left out."""
    rows = {row["id"]: row for row in conn.execute(_SHOWN, (json.dumps([one.message_id for one in found]),))}
    return tuple(
        Shown(one.message_id, rows[one.message_id]["talk"], one.at, one.words,
              _around(own_words(rows[one.message_id]["text"]), one.words))
        for one in reversed(found) if one.message_id in rows
    )  # fmt: skip


def _around(text: str, words: str) -> str:
    at = max(0, text.find(words) - _BEFORE)
    begin = 0 if at == 0 else text.find(" ", at) + 1
    return f"{'…' if begin else ''}{preview(text[begin:], _PASSAGE)}"


def _named(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"
