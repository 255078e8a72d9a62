"""What is to be thought of before a member gets a gift, or is written to first; for window and shell alike.

Answering what somebody wrote is never stopped; a new message to who asked for none is asked about, and a gift that they
refused, or may not take, too.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from app.base.addresses import address_key, address_of
from app.base.words import tr
from app.members.desk import Member
from app.store.merged import current_member
from app.store.sqlite import Connection

_ASKED = """
SELECT p.id, p.name, p.do_not_why, p.email, (SELECT json_group_array(i.key) FROM identity i WHERE i.member_id = p.id)
FROM member p WHERE p.do_not_contact AND p.merged_into IS NULL ORDER BY p.name, p.id
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
    asked = {address_key(address) for address in addresses if "@" in address}
    numbers = {current_member(conn, number) for number in members}
    found = dict[str, None]()
    for number, name, why, email, keys in conn.execute(_ASKED).fetchall():
        theirs = {address_key(email), *(address_of(key) for key in json.loads(keys) if "@" in key)}
        if number in numbers or theirs & asked:
            found[_asked_not(name, why)] = None
    return " ".join(found)


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
