"""What is private in a draft that everybody will read, unless it is our own."""

from __future__ import annotations

from app.base.text import fold
from app.base.words import tr
from app.private import KINDS, Private, private_in
from app.store.sqlite import Connection
from app.voice.rule import ASK, Finding

_OURS = (
    "SELECT name || char(10) || own || char(10) || speaks_as FROM account",
    "SELECT text FROM signature",
    "SELECT who_we_are FROM voice_guide",
    "SELECT body FROM template_text",
)
"""Where our own addresses and numbers stand, which we tell whoever asks."""


def our_own(conn: Connection) -> frozenset[str]:
    """What counts as ours: addresses and numbers of our accounts, signatures and templates, as `made_public` asks."""
    return frozenset(
        _key(row[0], one) for query in _OURS for row in conn.execute(query) for one in private_in(row[0] or "")
    )


def made_public(text: str, ours: frozenset[str]) -> tuple[Finding, ...]:
    """A finding that needs a reason for each piece of the text that is private and not ours."""
    return tuple(
        Finding(one.start, one.end, ASK, "personal", tr(KINDS[one.kind]), text[one.start : one.end])
        for one in private_in(text)
        if _key(text, one) not in ours
    )


def _key(text: str, private: Private) -> str:
    """Letters and digits alone, so that spaces and points make no difference; a phone number by its last eight."""
    bare = "".join(char for char in fold(text[private.start : private.end]) if char.isalnum())
    return bare[-8:] if private.kind == "phone" else bare
