"""Where what is brought in goes: the account it belongs to, made for the file where there is none yet."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.accounts import records
from app.base.text import fold
from app.store.sqlite import Connection

MAIL_PLACE = "Imported mail"


@dataclass(frozen=True, slots=True)
class Place:
    """An account as far as an import needs it; `id` is None as long as it has not been made."""

    id: int | None
    name: str
    kind: str
    own: frozenset[str]


def find(conn: Connection, name: str, kind: str) -> Place:
    """The account of that name (case does not count), or one that is still to be made, of that kind."""
    rows = conn.execute("SELECT id, name, kind, own FROM account").fetchall()
    for number, known, its_kind, own in rows:
        if known.casefold() == name.casefold():
            return Place(number, known, its_kind, frozenset(own.split()))
    return Place(None, name, kind, frozenset())


def for_mail(conn: Connection, name: str = "") -> Place:
    """The named account; else the only e-mail account in use, so that threads go on there; else a place of its own."""
    if name:
        return find(conn, name, "email")
    rows = conn.execute(
        "SELECT name FROM account WHERE kind = 'email' AND mode = 'live' AND state <> 'removed'"
    ).fetchall()
    return find(conn, rows[0]["name"] if len(rows) == 1 else MAIL_PLACE, "email")


def keep(conn: Connection, place: Place, own: frozenset[str]) -> Place:
    """The place as an account in the open transaction: made where it is not one yet, and told our own names there."""
    everyone = place.own | own
    if place.id is None:
        number = records.add_file_account(conn, place.kind, place.name, everyone)
        return Place(number, place.name, place.kind, everyone)
    if own - place.own:
        records.set_own(conn, place.id, everyone)
    return Place(place.id, place.name, place.kind, everyone)


def folded_own(own: tuple[str, ...]) -> frozenset[str]:
    """Our addresses and handles as they are compared: folded, and addresses (þóra@...) by their letters too."""
    names = [name.strip().lstrip("@") for name in own if name.strip()]
    return frozenset([*map(fold, names), *(name.lower() for name in names if "@" in name)])


def known(conn: Connection, place: Place, remote_ids: list[str]) -> set[str]:
    """Which of these messages the place holds already."""
    if place.id is None:
        return set()
    rows = conn.execute(
        "SELECT j.value FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value",
        (json.dumps(remote_ids), place.id),
    )
    return {row[0] for row in rows}
