"""What is to be thought of before a member gets a gift, or is written to first; for window and shell alike.

Answering what somebody wrote is never stopped; a new message to who asked for none is asked about, and a gift that they
refused, or may not take, too.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from app.base.addresses import address_key
from app.base.words import tr
from app.members.desk import Member
from app.store.sqlite import Connection

_ASKED = """
SELECT DISTINCT p.name, p.do_not_why FROM member p LEFT JOIN identity i ON i.member_id = p.id
WHERE p.do_not_contact AND p.merged_into IS NULL AND (p.id IN (SELECT value FROM json_each(:members))
  OR i.key IN (SELECT value FROM json_each(:keys))
  OR p.email <> '' AND lower(p.email) IN (SELECT value FROM json_each(:keys)))
ORDER BY p.name
"""
_STAFF = "staff"


def of_gift(member: Member) -> str:
    """What is said before a gift to a member is logged; "" for nothing."""
    sentences, name = list[str](), member.name
    why = member.do_not_why.strip().rstrip(".")
    if member.do_not_gift and why:
        sentences.append(tr("{name} asked for no gifts: {why}.").format(name=name, why=why))
    elif member.do_not_gift:
        sentences.append(tr("{name} asked for no gifts.").format(name=name))
    if member.minor:
        sentences.append(tr("{name} is under age: ask a parent first.").format(name=name))
    if member.public_servant:
        sentences.append(tr("{name} is a public servant and may accept small gifts only.").format(name=name))
    if member.kind == _STAFF:
        sentences.append(tr("{name} is on your staff.").format(name=name))
    return " ".join(sentences)


def of_writing(conn: Connection, members: Collection[int], addresses: Collection[str] = ()) -> str:
    """What is said before a new message to these members and e-mail addresses; "" for nothing."""
    keys = [address_key(address) for address in addresses if "@" in address]
    given = {"members": json.dumps(list(members)), "keys": json.dumps(keys)}
    return " ".join(_asked_not(name, why) for name, why in conn.execute(_ASKED, given))


def of_answer(member: Member) -> str:
    """What is said above an answer to a member who asked not to be written to; "" for nothing."""
    if not member.do_not_contact:
        return ""
    return _asked_not(member.name, member.do_not_why) + " " + tr("Answer what they asked, and no more.")


def _asked_not(name: str, reason: str) -> str:
    why = reason.strip().rstrip(".")
    if why:
        return tr("{name} asked not to be written to: {why}.").format(name=name, why=why)
    return tr("{name} asked not to be written to.").format(name=name)
