"""Why something in a file is not imported, and the words for it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.base.words import counted, forms, tr

DELETED, SPAM, TRASH, DRAFTS, TEMPLATES, UNSENT = "deleted", "spam", "trash", "drafts", "templates", "unsent"
CHATS, SYSTEM, MEDIA, REACTIONS, SHARES, NOTES = "chats", "system", "media", "reactions", "shares", "notes"
BOTS, FILES, NAMELESS, GROUPS, LONG_NAMES = "bots", "files", "nameless", "groups", "long_names"
REASONS = {
    DELETED: forms("{count:,} deleted", "{count:,} deleted"),
    TRASH: forms("{count:,} in the trash", "{count:,} in the trash"),
    SPAM: forms("{count:,} in spam", "{count:,} in spam"),
    DRAFTS: forms("{count:,} draft", "{count:,} drafts"),
    TEMPLATES: forms("{count:,} template", "{count:,} templates"),
    UNSENT: forms("{count:,} not sent yet", "{count:,} not sent yet"),
    CHATS: forms("{count:,} chat", "{count:,} chats"),
    SYSTEM: forms("{count:,} line of the program's own", "{count:,} lines of the program's own"),
    MEDIA: forms("{count:,} without words, its file not exported", "{count:,} without words, their files not exported"),
    REACTIONS: forms("{count:,} reaction", "{count:,} reactions"),
    SHARES: forms("{count:,} shared post of others", "{count:,} shared posts of others"),
    NOTES: forms("{count:,} note to yourself", "{count:,} notes to yourself"),
    BOTS: forms("{count:,} from a bot's chat", "{count:,} from bots' chats"),
    FILES: forms("{count:,} file of another kind", "{count:,} files of other kinds"),
    NAMELESS: forms("{count:,} without a name or address", "{count:,} without a name or address"),
    GROUPS: forms("{count:,} group of contacts", "{count:,} groups of contacts"),
    LONG_NAMES: forms("{count:,} with a name of over 300 letters", "{count:,} with names of over 300 letters"),
}
"""Each reason with its words, in the order in which they are told."""


def sentence(counts: Mapping[str, int]) -> str:
    """The counts as a sentence, "Left out: 3 in spam, 1 draft."; "" if nothing was."""
    listed = ", ".join(counted(counts[reason], *words) for reason, words in REASONS.items() if counts.get(reason))
    return tr("Left out: {reasons}.").format(reasons=listed) if listed else ""


def ordered(counts: Counter[str]) -> dict[str, int]:
    """The counts above zero in the order of REASONS."""
    return {reason: counts[reason] for reason in REASONS if counts[reason]}
