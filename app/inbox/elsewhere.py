"""What another mail program did with a letter in its mailbox, as the column `message.mailbox` keeps it.

Words with a space between: each of WORDS, those that happened at a known time followed by `:` and that time.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.base.message import ARCHIVED, DELETED, JUNK, MOVED
from app.base.words import N_, tr
from app.store.sqlite import Connection

SEEN, ANSWERED, FLAGGED = "seen", "answered", "flagged"
BACK, MISSING = "back", "missing"
ASIDE = "aside"
WORDS = (SEEN, ANSWERED, FLAGGED, ARCHIVED, DELETED, JUNK, MOVED, BACK, MISSING, ASIDE)
"""BACK: it was away and lies in a folder that we read again. MISSING: it is gone from there, and it is not known yet
where it is. ASIDE: a message of ours, written in another program, that answers nobody (`Incoming.aside`)."""
AWAY = (ARCHIVED, DELETED, JUNK, MOVED)
"""Where a letter is that is in no folder that we read."""
_SENTENCES = {
    ANSWERED: N_("Answered in another mail program"),
    ARCHIVED: N_("Archived in another mail program"),
    DELETED: N_("Deleted in another mail program; its words stay here"),
    JUNK: N_("Moved to spam in another mail program"),
    MOVED: N_("Moved in another mail program, out of the folders that Rapport reads"),
    BACK: N_("Moved back in another mail program"),
    FLAGGED: N_("Flagged in another mail program"),
}


def has(word: str, table: str = "message") -> str:
    """SQL that is 1 if that word is among those of a message, else 0."""
    return f"instr({table}.mailbox, '{word}') > 0"


def unpacked(mailbox: str) -> dict[str, int]:
    """The words of the column, with their times in Unix seconds (0 where there is none)."""
    pairs = (word.partition(":") for word in mailbox.split())
    return {word: int(at) if at.isdecimal() else 0 for word, _, at in pairs}


def packed(words: Mapping[str, int]) -> str:
    """The column's text for these words, in the order of WORDS."""
    return " ".join(f"{word}:{words[word]}" if words[word] else word for word in WORDS if word in words)


def sentences(mailbox: str, *, answered_here: bool) -> tuple[tuple[str, int], ...]:
    """What to say of a letter, each with its time (0 if unknown), in order of time.

    `answered_here`: an answer of ours is in the conversation, so that it need not be said that there is one.
    """
    words = unpacked(mailbox)
    said = [(word, at) for word, at in words.items() if word in _SENTENCES and not (word == ANSWERED and answered_here)]
    return tuple((tr(_SENTENCES[word]), at) for word, at in sorted(said, key=lambda pair: pair[1]))


def also_in(conn: Connection, conversation_id: int) -> tuple[str, ...]:
    """The names of the other accounts in whose mailboxes letters of a conversation lie as well, sorted."""
    rows = conn.execute(
        "SELECT DISTINCT a.name FROM message m JOIN letter_place p ON p.message_id = m.id"
        " JOIN conversation c ON c.id = m.conversation_id AND c.account_id <> p.account_id"
        " JOIN account a ON a.id = p.account_id AND a.state <> 'removed' WHERE m.conversation_id = ? ORDER BY a.name",
        (conversation_id,),
    )
    return tuple(row["name"] for row in rows)
