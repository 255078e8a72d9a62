"""The accounts that imported messages go to; created for the file if needed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.accounts import records
from app.base.addresses import address_key
from app.base.text import fold
from app.store.sqlite import Connection

MAIL_PLACE = "Imported mail"


@dataclass(frozen=True, slots=True)
class Place:
    """An account, as far as an import needs it; `id` is None until it is created.

    `settled`: our names there are known, and none is added.
    """

    id: int | None
    name: str
    kind: str
    own: frozenset[str]
    settled: bool = False


def find(conn: Connection, name: str, kind: str) -> Place:
    """Return the account with that name (case-insensitive), or a new Place of that kind, not created yet."""
    rows = conn.execute("SELECT id, name, kind, own FROM account").fetchall()
    for number, known, its_kind, own in rows:
        if known.casefold() == name.casefold():
            return Place(number, known, its_kind, frozenset(own.split()))
    return Place(None, name, kind, frozenset())


def for_mail(conn: Connection, name: str = "") -> Place:
    """Return the account for mails: the named one, else the only live e-mail account, else "Imported mail".

    The live one is preferred so that threads continue there.
    """
    if name:
        return find(conn, name, "email")
    rows = conn.execute(
        "SELECT name FROM account WHERE kind = 'email' AND mode = 'live' AND state <> 'removed'"
    ).fetchall()
    return find(conn, rows[0]["name"] if len(rows) == 1 else MAIL_PLACE, "email")


def ensure_account(conn: Connection, place: Place, own: frozenset[str]) -> Place:
    """Create the account if needed, and add our own names to it, in the open transaction.

    A name with a space is not kept: the column has spaces between names, and half of ours is somebody else's.
    """
    if place.settled:
        return place
    own = frozenset(name for name in own if len(name.split()) == 1)
    everyone = place.own | own
    if place.id is None:
        number = records.add_file_account(conn, place.kind, place.name, everyone)
        return Place(number, place.name, place.kind, everyone)
    if own - place.own:
        records.set_own(conn, place.id, everyone)
    return Place(place.id, place.name, place.kind, everyone)


def folded_own(own: tuple[str, ...]) -> frozenset[str]:
    """Normalize our addresses and handles for comparison: folded, and addresses (þóra@...) in lower case too."""
    names = [name.strip().lstrip("@") for name in own if name.strip()]
    addresses = [name for name in names if "@" in name]
    return frozenset([*map(fold, names), *map(str.lower, addresses), *map(address_key, addresses)])


def known(conn: Connection, place: Place, remote_ids: list[str]) -> set[str]:
    """Return those of the remote ids that the place has already."""
    if place.id is None:
        return set()
    rows = conn.execute(
        "SELECT j.value FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
        (json.dumps(remote_ids), place.id),
    )
    return {remote_id for (remote_id,) in rows}
