"""“A person wrote this”: letters taken for a machine's become somebody's, and their senders are remembered."""

from __future__ import annotations

import json

from app.base import ids
from app.base.addresses import address_key
from app.base.errors import UserError
from app.base.words import tr
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
    """Give the quiet letters of a conversation to their senders, who are members from now on, whatever they send.

    The conversation is recomputed: it needs us if the last letter is theirs. Raises UserError if nothing in it is quiet
    but what mail servers report.
    """
    rows = conn.execute(_QUIET, (conversation_id, json.dumps((*MACHINES, SPAM)))).fetchall()
    letters = [(row, sender) for row in rows if (sender := _sender(row)) is not None]
    if not letters:
        raise UserError(_refusal(conn, conversation_id))
    for row, (name, address) in letters:
        identity = row["identity_id"] or _identity(conn, row, name, address, now)
        give(conn, row["id"], identity)
        conn.execute(
            "INSERT OR IGNORE INTO known_person (key, at) VALUES (?, ?)", (row["key"] or address_key(address), now)
        )
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


def _sender(row: Row) -> tuple[str, str] | None:
    """Name and address of who sent it; None where the letter does not say."""
    if row["identity_id"]:
        return "", str(row["key"])
    boxes = json.loads(row["envelope"] or "{}").get("from") or [["", ""]]
    name, address = boxes[0]
    return (name, address) if address else None


def _identity(conn: Connection, row: Row, name: str, address: str, now: int) -> int:
    """The identity behind an address; where nobody has it, a new member's."""
    key = address_key(address)
    known = conn.execute("SELECT id FROM identity WHERE kind = ? AND key = ?", (row["kind"], key)).fetchone()
    if known is not None:
        return int(known["id"])
    member, identity = last_number(conn, "member") + 1, last_number(conn, "identity") + 1
    person = NewMember(member, name or address, row["language"], row["at"], row["at"], None, now, address)
    records.insert_speakers(conn, [person], {member: address})
    identities.insert(conn, [NewIdentity(identity, row["kind"], address, key, name, "", member, member, None)])
    return identity
