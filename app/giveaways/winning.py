"""Winners into the loop of gifts: a gift for each, as an idea or approved. Runs in a transaction that is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.gifts import items
from app.gifts.columns import checked
from app.gifts.moving import move, put
from app.gifts.records import insert
from app.gifts.rows import LEFT, OVER
from app.giveaways.rows import Entry, Giveaway
from app.store.sqlite import Connection

if TYPE_CHECKING:
    from app.members import Members


def give(
    conn: Connection, members: Members, giveaway: Giveaway, winners: Sequence[Entry], *, why: str, state: str, at: int
) -> int:
    """Make a gift for each winner who has none yet, and return how many; who is no member becomes one.

    Whoever turned out to have won twice, as two members were merged since the draw, gets one.
    """
    item, worth, currency = prize(conn, giveaway)
    made, given = 0, {one.member_id for one in winners if one.gift_id is not None}
    for entry in winners:
        if entry.gift_id is not None or (entry.member_id is not None and entry.member_id in given):
            continue
        given.add(entry.member_id)
        member = entry.member_id
        if member is None:
            known = {"email": entry.contact} if "@" in entry.contact.lstrip("@") else {}
            member = members.add(entry.name, **known)
        columns = {
            "item": item, "why": why, "occasion": "winner", "worth": worth, "currency": currency,
            "giveaway_id": giveaway.id,
        }  # fmt: skip
        gift = insert(conn, member, checked(columns), at)
        if state != "idea":
            put(conn, gift, state, at)
        conn.execute("UPDATE giveaway_entry SET member_id = ?, gift_id = ? WHERE id = ?", (member, gift, entry.id))
        made += 1
    return made


def approve(conn: Connection, winners: Iterable[Entry], at: int) -> int:
    """Approve the winners' gifts that are ideas, and return how many."""
    ideas = [
        one.gift_id for one in winners
        if conn.execute("SELECT 1 FROM gift WHERE id = ? AND state = 'idea'", (one.gift_id,)).fetchone() is not None
    ]  # fmt: skip
    for gift in ideas:
        move(conn, int(gift or 0), "approved", at)
    return len(ideas)


def prize(conn: Connection, giveaway: Giveaway) -> tuple[str, int, str]:
    """What a winner gets, what one is worth in minor units, and of which currency."""
    wanted = giveaway.prize or giveaway.name
    number = giveaway.item_id or items.find(conn, wanted)
    row = conn.execute("SELECT name, worth, currency FROM gift_item WHERE id = ?", (number,)).fetchone()
    if row is not None:
        return row["name"], row["worth"], row["currency"]
    usual = conn.execute("SELECT value FROM setting WHERE key = 'currency'").fetchone()
    return wanted, 0, usual["value"] if usual else "EUR"


def decline(conn: Connection, winner: Entry) -> None:
    """Decline the gift of a winner who passes the prize on, if there is one. Raises UserError if it has left us."""
    row = conn.execute("SELECT item, state FROM gift WHERE id = ?", (winner.gift_id,)).fetchone()
    if row is None or (row["state"] in OVER and row["state"] not in LEFT):
        return
    if row["state"] in LEFT:
        msg = tr("{item} for {member} has been sent, so it can't be passed on.")
        raise UserError(msg.format(item=row["item"], member=winner.name))
    move(conn, int(winner.gift_id or 0), "declined", clock.now())
