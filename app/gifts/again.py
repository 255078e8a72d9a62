"""A gift that got lost, or came back, is sent again: a new gift that knows which one it stands for."""

from __future__ import annotations

from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import tr
from app.gifts import addresses, moving
from app.gifts.budget import Budgets
from app.gifts.consent import Answer
from app.gifts.records import get, insert
from app.gifts.rows import ENDS, STATE_NAMES, Gift
from app.store.sqlite import Connection
from app.store.store import Store

_SAME = (
    "item", "why", "occasion", "worth", "currency", "size", "qty", "conversation_id", "customs_text", "declared_value",
    "card_text", "giveaway_id",
)  # fmt: skip
_FROM = ("lost", "returned")


def send_again(store: Store, budgets: Budgets, number: int, over: Answer = "") -> int:
    """Approve the same gift anew, for the same member and reason, and return its id.

    Raises UserError if it is not lost and did not come back, or was sent again already, and NotYetError if it goes
    over the budget and `over` does not agree to that.
    """
    shown = get(store.read, number)
    title = tr("Again: {item} for {member}").format(item=shown.item, member=shown.member)
    with store.write(title) as conn, budgets.kept(conn, over, shown.member_id):
        gift = get(conn, number)
        _check(conn, gift)
        now = clock.now()
        made = insert(conn, gift.member_id, {name: getattr(gift, name) for name in _SAME} | {"again_of": number}, now)
        conn.execute("UPDATE gift SET item_id = ? WHERE id = ?", (gift.item_id, made))
        own = conn.execute(
            f"SELECT {', '.join(addresses.COLUMNS)}, message_id FROM gift_address WHERE id = ?", (number,)
        ).fetchone()
        if own is not None:
            addresses.write(conn, made, {name: own[name] for name in addresses.COLUMNS}, own["message_id"])
        moving.put(conn, made, "approved", now)
        return made


def _check(conn: Connection, gift: Gift) -> None:
    if gift.state not in _FROM:
        msg = tr("{item} for {member} is at “{stage}”: only what got lost or came back is sent again.")
        raise UserError(msg.format(item=gift.item, member=gift.member, stage=tr(STATE_NAMES[gift.state])))
    ended = ", ".join(f"'{state}'" for state in ENDS)
    row = conn.execute(
        f"SELECT id FROM gift WHERE again_of = ? AND state NOT IN ({ended}) ORDER BY id DESC", (gift.id,)
    ).fetchone()
    if row is not None:
        sentence = tr("{item} for {member} is being sent again already: {gift}.")
        raise UserError(sentence.format(item=gift.item, member=gift.member, gift=ids.display(ids.GIFT, row["id"])))
