"""“A person wrote this”: what was taken for a machine's becomes somebody's, and who sent it is remembered."""

from __future__ import annotations

import json
from typing import NamedTuple

from app.base import ids
from app.base.addresses import address_key
from app.base.errors import UserError
from app.base.words import tr
from app.channels.registry import channel
from app.inbox.quiet import SPAM
from app.inbox.standing import recompute_standing
from app.intake.messages import give
from app.intake.quiet import MACHINES
from app.intake.speakers import last_number
from app.members import identities, records
from app.members.identities import NewIdentity
from app.members.records import NewMember
from app.store.sqlite import Connection, Row, scalar

_QUIET = """
SELECT m.id, m.at, m.language, m.identity_id, m.envelope, i.key, a.kind
FROM message m JOIN account a ON a.id = m.account_id LEFT JOIN identity i ON i.id = m.identity_id
WHERE m.conversation_id = ? AND m.out = 0 AND m.quiet <> '' AND m.quiet NOT IN (SELECT value FROM json_each(?))
ORDER BY m.at, m.id
"""


def by_person(conn: Connection, conversation_id: int, now: int) -> None:
    """Give the quiet messages of a conversation to their senders, who are members from now on, whatever they send.

    The conversation is recomputed: it needs us if the last letter is theirs. Raises UserError if nothing in it is quiet
    but what mail servers report, and spam.
    """
    rows = conn.execute(_QUIET, (conversation_id, json.dumps((*MACHINES, SPAM)))).fetchall()
    messages = [(row, sender) for row in rows if (sender := _sender(row)) is not None]
    if not messages:
        raise UserError(_refusal(conn, conversation_id))
    for row, sender in messages:
        give(conn, row["id"], row["identity_id"] or _identity(conn, row, sender, now))
        conn.execute("INSERT OR IGNORE INTO known_person (key, at) VALUES (?, ?)", (sender.key, now))
    recompute_standing(conn, [conversation_id])


def _refusal(conn: Connection, conversation_id: int) -> str:
    shown = ids.display(ids.CONVERSATION, conversation_id)
    spam = "SELECT count(*) FROM message WHERE conversation_id = ? AND quiet = 'spam'"
    if scalar(conn, spam, (conversation_id,)):
        return tr(
            "{id} is spam on its channel. Show the message there: “Not spam” under it, or `moderate M-… show` in the "
            "shell."
        ).format(id=shown)
    quiet = scalar(conn, "SELECT count(*) FROM message WHERE conversation_id = ? AND quiet <> ''", (conversation_id,))
    if quiet:
        return tr("{id} holds only reports of a mail server, which no person wrote.").format(id=shown)
    return tr("{id} isn't quiet: people wrote what is in it.").format(id=shown)


class _Sender(NamedTuple):
    """Who sent a quiet message: their key at the channel, and name, handle and page, "" where these are not known."""

    key: str
    name: str = ""
    handle: str = ""
    url: str = ""


def _sender(row: Row) -> _Sender | None:
    """Who sent it; None where the message does not say."""
    if row["identity_id"]:
        return _Sender(str(row["key"]))
    kept = json.loads(row["envelope"] or "{}")
    name, handle = (kept.get("from") or [["", ""]])[0]
    key, url = kept.get("author") or (address_key(handle), "")
    return _Sender(key, name, handle, url) if key else None


def _identity(conn: Connection, row: Row, sender: _Sender, now: int) -> int:
    """The identity of a sender; where nobody has it, a new member's."""
    known = conn.execute("SELECT id FROM identity WHERE kind = ? AND key = ?", (row["kind"], sender.key)).fetchone()
    if known is not None:
        return int(known["id"])
    member, identity = last_number(conn, "member") + 1, last_number(conn, "identity") + 1
    address = sender.handle if channel(row["kind"]).by_address else ""
    name = sender.name or sender.handle
    person = NewMember(member, name, row["language"], row["at"], row["at"], None, now, address)
    records.insert_speakers(conn, [person], {member: sender.handle})
    made = NewIdentity(identity, row["kind"], sender.handle, sender.key, sender.name, sender.url, member, member, None)
    identities.insert(conn, [made])
    return identity
