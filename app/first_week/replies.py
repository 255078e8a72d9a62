"""The last replies of our own, with their parts: what templates and traits are proposed from, and nothing older."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from app.first_week.anatomy import Parts, take_apart
from app.mail.quotes import own_words
from app.store.sqlite import Connection

MOST = 300
"""So many replies are looked at, the latest."""
_MOST_CHARS = 8_000  # of a reply
_MIN_NAME_LETTERS = 3
_LATEST = """
SELECT m.id, m.conversation_id, m.language, substr(m.text, 1, ?) AS text, m.template_id FROM message m
JOIN conversation c ON c.id = m.conversation_id
WHERE m.out = 1 AND m.kind = 'said' AND m.gone_at IS NULL AND m.failed = '' AND m.quiet = ''
  AND c.identity_id IS NOT NULL
ORDER BY m.id DESC LIMIT ?
"""
_NAMES = """
SELECT DISTINCT m.conversation_id, p.name AS member, i.name AS identity FROM json_each(?) j
CROSS JOIN message m ON m.conversation_id = j.value AND m.out = 0
JOIN identity i ON i.id = m.identity_id JOIN member p ON p.id = i.member_id
"""
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Reply(NamedTuple):
    """A reply of ours: the words of the names of those who wrote in its conversation, and its own words' parts.

    `templated`: it was begun from a template.
    """

    message_id: int
    conversation_id: int
    language: str
    names: tuple[str, ...]
    text: str
    parts: Parts
    templated: bool


def latest(conn: Connection) -> list[Reply]:
    """The last MOST replies, the newest first; those that only quote are left out."""
    rows = conn.execute(_LATEST, (_MOST_CHARS, MOST)).fetchall()
    names: dict[int, set[str]] = {}
    talks = json.dumps(sorted({row["conversation_id"] for row in rows}))
    for number, *called in conn.execute(_NAMES, (talks,)):
        names.setdefault(number, set()).update(
            word for name in called for word in _NAME_WORD.findall(name or "") if len(word) >= _MIN_NAME_LETTERS
        )
    found = []
    for row in rows:
        own = own_words(row["text"]).strip()
        if own:
            known = tuple(sorted(names.get(row["conversation_id"], ()), key=lambda word: (-len(word), word)))
            spoken = row["language"] or _language_of(own)
            found.append(
                Reply(
                    row["id"], row["conversation_id"], spoken, known, own, take_apart(own),
                    row["template_id"] is not None,
                )
            )  # fmt: skip
    return found


def _language_of(text: str) -> str:
    from app.base import language  # noqa: PLC0415  its tables take 15 MB

    return language.of(text)
