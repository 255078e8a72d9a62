"""What is said of messages that nobody waits for a reply to, and of ours that were not delivered."""

from __future__ import annotations

from collections.abc import Iterable

from app.base.words import N_, tr
from app.inbox.rows import Line

LIST, FAILED, SPAM, CLOSER, RULE = "list", "failed", "spam", "closer", "rule"
"""Values of `message.quiet` besides those of `app.mail.robots`: a letter of a discussion list that neither names nor
answers us; the report that a letter of ours was not delivered; what its channel takes for spam; words that only end a
talk ("Thanks!"), after which nobody waits; what a rule moved to Quiet."""
_SENTENCES = {
    FAILED: N_("A mail server reports that your message wasn't delivered."),
    "bounce": N_("A mail server reports that a message wasn't delivered."),
    "late": N_("A mail server reports that a message is delayed."),
    "receipt": N_("A receipt. It needs no reply."),
    "away": N_("An automatic reply. It needs no answer."),
    "reaction": N_("A reaction. It needs no reply."),
    "newsletter": N_("A newsletter. It needs no reply."),
    LIST: N_("Sent to a mailing list, not to you."),
    CLOSER: N_("Thanks, or a word like it. It needs no reply."),
    RULE: N_("Moved to Quiet by a rule. It needs no reply."),
    SPAM: N_("Marked as spam on the channel."),
    "automatic": N_("Sent by a program. It needs no reply."),
    "forged": N_("It pretends to be from a place that didn't send it. Don't follow its links."),
}


def delivery(line: Line) -> str:
    """That a message of ours was not delivered, to whom and why; "" where nothing says so."""
    if not line.failed:
        return ""
    address, _, reason = line.failed.partition("\n")
    if address and reason:
        return tr("Not delivered to {address}: {reason}").format(address=address, reason=reason)
    return tr("Not delivered to {address}.").format(address=address) if address else tr("Not delivered.")


def read_in(line: Line) -> str:
    """In which character set a letter was read that does not say so itself; "" for any other message."""
    if not line.charset:
        return ""
    return tr("The letter doesn't say which character set it's in; read as {charset}.").format(charset=line.charset)


def why_quiet(line: Line) -> str:
    """Why nobody waits for a reply to a message; "" where somebody may."""
    return tr(_SENTENCES[line.quiet]) if line.quiet else ""


def to_show_there(conversations: int, messages: Iterable[tuple[int, str]]) -> int | None:
    """The message to be shown at its channel, where somebody says that quiet conversations are a person's.

    Whether a comment is spam is decided at its channel, for one conversation at a time: its last spam, by its id.
    `messages` are the conversation's, as (id, why it is quiet). None: they are moved out of Quiet here.
    """
    spam = [number for number, why in messages if why == SPAM] if conversations == 1 else []
    return spam[-1] if spam else None
