"""Enquiries that colleagues pass on: a letter of theirs that brings one is taken as the one who asked wrote it.

Whoever answers it writes to the one who asked, never to the colleague, whose name is in the register alone. A colleague
is a teammate, or writes from a domain that is ours and a teammate's. The letter's own words are kept as a note, and its
original as that of any letter.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from app.base import ids
from app.base.addresses import address_key
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.base.text import fold
from app.base.words import tr
from app.inbox.passed import PassedOn, passed_on
from app.intake.source import Source
from app.mail.passed import enquiry
from app.store.sqlite import Connection
from app.store.store import Store


class By(NamedTuple):
    """Who passes an enquiry on, and what they say about it; `teammate_id` is None for a colleague who is none."""

    name: str
    teammate_id: int | None = None
    note: str = ""


class Colleagues(NamedTuple):
    """Teammates by the key of their address, as (id, name), and the domains that are ours and theirs."""

    mates: Mapping[str, tuple[int, str]]
    domains: frozenset[str]

    def has(self, address: str) -> bool:
        """Whether an address is a colleague's."""
        key = address_key(address)
        return key in self.mates or key.rpartition("@")[2] in self.domains


def colleagues(conn: Connection, own: Collection[str]) -> Colleagues:
    """All of them; `own` are addresses of ours."""
    rows = conn.execute("SELECT id, name, email FROM teammate WHERE email <> ''").fetchall()
    mates = {address_key(row["email"]): (int(row["id"]), str(row["name"])) for row in rows}
    domains = {key.rpartition("@")[2] for key in mates} & {key.rpartition("@")[2] for key in own if "@" in key}
    return Colleagues(mates, frozenset(domains))


def redirected(conn: Connection, source: Source, items: Sequence[Incoming]) -> tuple[list[Incoming], dict[str, By]]:
    """New messages, what a colleague passes on as written by whoever asked; and who passed it on, by remote id."""
    told = {item.remote_id: by(conn, item.passed) for item in items if item.passed}
    if not any(_may_pass_on(source, item) for item in items):
        return list(items), told
    known, found = colleagues(conn, source.own), list[Incoming]()
    for item in items:
        ours = _may_pass_on(source, item) and known.has(item.author.handle)
        asked = _told(source, known, item) if ours else None
        if asked is not None:
            told[item.remote_id] = asked[1]
        found.append(asked[0] if asked is not None else _apart(conn, source, item) if ours else item)
    return found, told


def _apart(conn: Connection, source: Source, item: Incoming) -> Incoming:
    """A colleague's letter that answers one by which they passed an enquiry on: it is no part of that conversation."""
    passed = {
        row["remote_id"]
        for row in conn.execute(
            "SELECT m.remote_id FROM json_each(?) j JOIN message m ON m.account_id = ? AND m.remote_id = j.value"
            " JOIN passed_on p ON p.message_id = m.id",
            (json.dumps([*item.refs, item.parent]), source.account_id),
        )
    }
    if not passed:
        return item
    parent = "" if item.parent in passed else item.parent
    return item._replace(refs=tuple(ref for ref in item.refs if ref not in passed), parent=parent)


def _may_pass_on(source: Source, item: Incoming) -> bool:
    plain = not (item.quiet or item.mailing_list or item.forged or item.gone or item.public)
    return source.batch_id is None and bool(item.letter) and plain and not source.is_ours(item)


def _told(source: Source, known: Colleagues, item: Incoming) -> tuple[Incoming, By] | None:
    """The enquiry and who passes it on; None for any other letter."""
    sender = item.author.handle
    asked = enquiry(item.text, {*known.mates, *source.own}, forwarded=item.forwarded)
    if asked is None or known.has(asked.address):
        return None
    mate = known.mates.get(address_key(sender))
    key = address_key(asked.address)
    author = Author(key, asked.address, asked.name or asked.address)
    enquired = item._replace(
        author=author, text=asked.words, title=asked.title or item.title, named=(), to=(), refs=(), parent="", hint="",
        forwarded=False, alias="",
    )  # fmt: skip
    return enquired, By(mate[1] if mate else item.author.name or sender, mate[0] if mate else None, asked.note)


def by(conn: Connection, typed: str, note: str = "") -> By:
    """A colleague by a typed name: a teammate's, or as it was typed."""
    sought = fold(typed).strip()
    for row in conn.execute("SELECT id, name, email FROM teammate WHERE archived = 0"):
        if sought in (fold(row["name"]), fold(row["email"])):
            return By(str(row["name"]), int(row["id"]), note.strip())
    return By(" ".join(typed.split()), None, note.strip())


def note(conn: Connection, account_id: int, passed: Mapping[str, By]) -> None:
    """Register in the open transaction who passed these messages on, by their remote ids."""
    for remote_id, by in passed.items():
        conn.execute(
            "INSERT OR IGNORE INTO passed_on (conversation_id, message_id, teammate_id, by_name, note, at)"
            " SELECT conversation_id, id, ?, ?, ?, at FROM message WHERE account_id = ? AND remote_id = ?",
            (by.teammate_id, by.name, by.note, account_id, remote_id),
        )


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Let the register follow a message into the conversation that its own becomes part of.

    With `messages`, only those are moved; a conversation that was passed on itself stays as it was.
    """
    row = conn.execute("SELECT message_id FROM passed_on WHERE conversation_id = ?", (gone,)).fetchone()
    if row is not None and (messages is None or row["message_id"] in messages):
        conn.execute("UPDATE OR IGNORE passed_on SET conversation_id = ? WHERE conversation_id = ?", (kept, gone))


def was_not_passed_on(store: Store, conversation_id: int) -> PassedOn:
    """Say that nobody passed a conversation on, as one action; returns what was said of it.

    Its messages stay as they are, and are answered to whoever they are from. Raises UserError if none said otherwise.
    """
    found = passed_on(store.read, conversation_id)
    if found is None:
        shown = ids.display(ids.CONVERSATION, conversation_id)
        raise UserError(tr("{id} isn't marked as passed on.").format(id=shown))
    with store.write(tr("Not passed on by {name}").format(name=found.by)) as conn:
        conn.execute("DELETE FROM passed_on WHERE conversation_id = ?", (conversation_id,))
    return found
