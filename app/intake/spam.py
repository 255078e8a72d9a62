"""What a channel takes for spam: kept quiet, its author no member, until the channel shows it after all.

Runs in the transaction of the caller: intake, or moderation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.base.message import Author, Incoming
from app.inbox.quiet import SPAM
from app.inbox.standing import recompute_standing, reopen
from app.intake import messages
from app.intake.source import of_account
from app.intake.speakers import Speakers
from app.mail.robots import AUTOMATIC
from app.store.sqlite import Connection

_MESSAGE = """
SELECT m.id, m.conversation_id, m.account_id, m.remote_id, m.at, m.text, m.out, m.language, m.quiet, m.upstream,
  m.identity_id, m.envelope, m.gone_at IS NOT NULL AS gone
FROM message m WHERE m.id = ?
"""


def is_spam(item: Incoming, *, out: bool) -> bool:
    """Whether a message is somebody's that its channel takes for spam."""
    return item.upstream == SPAM and not item.gone and not out


def kept_quiet(items: Iterable[Incoming]) -> list[Incoming]:
    """The items, spam among them being quiet and nobody's word."""
    return [item._replace(quiet=SPAM, person=False) if is_spam(item, out=item.out) else item for item in items]


def follow(conn: Connection, number: int, now: int, author: Author | None = None, *, program: bool = False) -> None:
    """Make a message quiet if its row says that its channel takes it for spam, and its author's word if not any more.

    The author becomes a member then; `author` is who wrote it, if the channel has just said so. What a `program` posted
    stays quiet as that. `now` is Unix seconds.
    """
    row = conn.execute(_MESSAGE, (number,)).fetchone()
    if row is None or row["out"]:
        return
    spam = row["upstream"] == SPAM
    if spam and row["quiet"] in ("", AUTOMATIC):
        messages.set_quiet(conn, number, SPAM)
    elif not spam and row["quiet"] == SPAM and program:
        messages.set_quiet(conn, number, AUTOMATIC)
    elif not spam and row["quiet"] == SPAM:
        source = of_account(conn, row["account_id"], None, now)
        who = author if author is not None and author.key else _author(row["envelope"])
        item = Incoming(row["remote_id"], row["at"], row["text"], who)
        speakers = Speakers(conn, source)
        if row["identity_id"] is None and who.key:
            speakers.look_up([item], {item.remote_id: row["language"]})
            speakers.note_times()
        identity = row["identity_id"] or speakers.identities.get(who.key)
        if identity is None:
            messages.set_quiet(conn, number, "")
        else:
            messages.give(conn, number, identity)


def restand(conn: Connection, number: int, now: int) -> None:
    """Recompute the conversation of a message that its channel hides, shows or deletes from now on."""
    row = conn.execute(_MESSAGE, (number,)).fetchone()
    if row is None:
        return
    recompute_standing(conn, [row["conversation_id"]])
    if not (row["gone"] or row["quiet"] or row["out"]):
        before = of_account(conn, row["account_id"], None, now).quiet_before
        reopen(conn, row["conversation_id"], row["at"], before)


def _author(envelope: str) -> Author:
    """Who wrote a message that was spam when it came: `envelope` is the message's column."""
    kept = json.loads(envelope or "{}")
    name, handle = (kept.get("from") or [["", ""]])[0]
    key, url = kept.get("author") or ["", ""]
    return Author(key, handle, name, url)
