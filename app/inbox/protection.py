"""What is said of letters that are signed or encrypted, and of pictures that are not in the letter."""

from __future__ import annotations

from app.base.words import N_, counted, tr
from app.inbox.rows import Line
from app.mail.protection import ENCRYPTED, TITLES

_SIGNED = N_("Signed with {how}. Rapport doesn't check signatures.")
_ENCRYPTED = N_("Encrypted with {how}. Rapport has no keys: read it in your mail program.")


def how_protected(line: Line) -> str:
    """That a letter is signed or encrypted, and with what; "" for any other message."""
    if not line.protection:
        return ""
    what, _, how = line.protection.partition(" ")
    return tr(_ENCRYPTED if what == ENCRYPTED else _SIGNED).format(how=TITLES.get(how, how))


def not_fetched(line: Line) -> str:
    """That a letter has pictures on other computers, which nobody asks for; "" if it has none."""
    if not line.remote:
        return ""
    return counted(
        line.remote,
        "{count} picture is on the internet, not in the letter, and wasn't fetched.",
        "{count} pictures are on the internet, not in the letter, and weren't fetched.",
    )
