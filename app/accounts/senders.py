"""The addresses that a mail account sends from, the name on each, and the signatures under them.

Each address of the form (its own, and the other ones) is one: `anna@lemonade.example`, or with a name of its own
`Anna from Lemonade <anna@lemonade.example>`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.mail import mailboxes
from app.store.sqlite import Connection

SIGNATURE_MARK = "-- "
"""The line above a signature, by which mail programs know it (RFC 3676, 4.3)."""
MAX_SIGNATURE_CHARS = 2_000


class Sender(NamedTuple):
    """An address of ours and the name that stands before it; "" where none was given."""

    address: str
    name: str


class Signature(NamedTuple):
    """What stands under letters from `address` in `language`; "" stands for any."""

    id: int
    account_id: int
    address: str
    language: str
    text: str


def in_field(text: str) -> list[Sender]:
    """The senders in a form's field: addresses, each with a name or without, separated by commas or line ends."""
    boxes = mailboxes.addresses(text.replace("\n", ","))
    return [Sender(address, " ".join(name.split())) for name, address in boxes]


def senders(conn: Connection, account_id: int) -> list[Sender]:
    """What letters of this account can come from, its own address first; [] for an account without addresses."""
    row = conn.execute("SELECT fields FROM account WHERE id = ?", (account_id,)).fetchone()
    fields = json.loads(row["fields"] or "{}") if row is not None else {}
    name = str(fields.get("name", "")).strip()
    named: dict[str, Sender] = {}
    for key in ("address", "aliases"):
        for sender in in_field(str(fields.get(key, ""))):
            named.setdefault(sender.address.lower(), Sender(sender.address, sender.name or name))
    return list(named.values())


def speaking(conn: Connection, account_id: int, address: str) -> tuple[str, str] | None:
    """Name and address to send from; None for the account's own, or where it has no such address any more."""
    for sender in senders(conn, account_id):
        if address and sender.address.lower() == address.lower():
            return sender.name, sender.address
    return None


def signatures(conn: Connection, account_id: int) -> list[Signature]:
    """The signatures of an account, by address and language."""
    rows = conn.execute(
        "SELECT id, account_id, address, language, text FROM signature WHERE account_id = ? ORDER BY address, language",
        (account_id,),
    )
    return [Signature(*row) for row in rows]


def signature(conn: Connection, account_id: int, address: str, language: str) -> str:
    """The signature for a letter from this address ("" for the account's own) in this language; "" if there is none.

    The nearest one: for address and language, for the address, for the language, for all.
    """
    known = senders(conn, account_id)
    address = (address or (known[0].address if known else "")).lower()
    return nearest(
        {(kept.address, kept.language): kept.text for kept in signatures(conn, account_id)}, address, language
    )


def nearest(stored: Mapping[tuple[str, str], str], address: str, language: str) -> str:
    """Among signatures by address and language, the one that fits best; "" if none does."""
    for key in ((address, language), (address, ""), ("", language), ("", "")):
        if key in stored:
            return stored[key]
    return ""


def put_signature(conn: Connection, account_id: int, address: str, language: str, text: str) -> None:
    """Store a signature; a blank text deletes it. Raises UserError for an address that the account has not."""
    known = {sender.address.lower() for sender in senders(conn, account_id)}
    if address and address.lower() not in known:
        msg = tr("{address} isn't an address of this account. It can send as: {addresses}.").format(
            address=address, addresses=", ".join(sorted(known))
        )
        raise UserError(msg)
    if len(text) > MAX_SIGNATURE_CHARS:
        msg = tr("A signature has at most {count} characters; this one has {length}.").format(
            count=MAX_SIGNATURE_CHARS, length=len(text)
        )
        raise UserError(msg)
    key = (account_id, address.lower(), language)
    if not text.strip():
        deleted = conn.execute(
            "DELETE FROM signature WHERE account_id = ? AND address = ? AND language = ?", key
        ).rowcount
        if not deleted:
            raise NotFoundError(tr("There's no such signature."))
        return
    conn.execute(
        "INSERT INTO signature (account_id, address, language, text) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id, address, language) DO UPDATE SET text = excluded.text",
        (*key, text.strip("\n")),
    )


def below(text: Iterable[str]) -> str:
    """What follows the words of a letter: its parts, the signature first under its mark; "" where there is nothing."""
    return "\n\n".join(part for part in text if part.strip())


def marked(signature_text: str) -> str:
    """A signature under its mark; "" for none."""
    return f"{SIGNATURE_MARK}\n{signature_text}" if signature_text.strip() else ""
