"""What is known of members before a gift: who they are, what they have had, and what could be given now. By SQL."""

from __future__ import annotations

import json
from collections.abc import Collection

from app.base import clock
from app.deserving.rows import Offer, Person
from app.gifts import had, stock
from app.gifts.rates import convert, finder
from app.store.sqlite import Connection

_PEOPLE = """
SELECT p.id, p.name, p.language, p.kind, p.minor, p.do_not_gift, p.do_not_contact, p.do_not_why, p.public_servant,
  p.address_1 <> '' AND (p.city <> '' OR p.postal_code <> '') AS has_address,
  EXISTS (SELECT 1 FROM teammate t WHERE t.email <> '' AND (lower(t.email) = lower(p.email)
    OR EXISTS (SELECT 1 FROM identity i WHERE i.member_id = p.id AND i.key = lower(t.email)))) AS is_teammate,
  coalesce((SELECT max(s.until_on) FROM gift_pass s WHERE s.member_id = p.id), '') AS passed_until
FROM json_each(?) j CROSS JOIN member p ON p.id = j.value WHERE p.merged_into IS NULL
"""
_ITEMS = """
SELECT i.id, i.name, i.kind, i.worth, i.currency, i.sizes, i.is_counted AND i.reorder_at >=
  (SELECT coalesce(sum(m.qty), 0) FROM stock_move m WHERE m.item_id = i.id) AS low
FROM gift_item i WHERE i.retired_at IS NULL ORDER BY i.name, i.id
"""
_LAST_WORTH = "SELECT worth / qty AS worth, currency FROM gift WHERE item_id = ? ORDER BY id DESC LIMIT 1"


def people(conn: Connection, members: Collection[int], now: int) -> dict[int, Person]:
    """Return these members by id; who was merged into another is left out. Sums are of this year."""
    wanted = set(members)
    known = had(conn, wanted, clock.local(now).year)
    found = {}
    for row in conn.execute(_PEOPLE, (json.dumps(sorted(wanted)),)):
        gifts = known[row["id"]]
        found[row["id"]] = Person(
            row["id"], row["name"], row["language"], row["kind"], bool(row["minor"]), bool(row["do_not_gift"]),
            bool(row["do_not_contact"]), row["do_not_why"], bool(row["public_servant"]), bool(row["has_address"]),
            bool(row["is_teammate"]), row["passed_until"], gifts.idea, gifts.last_item, gifts.last_at, gifts.gifts,
            gifts.amount, gifts.apart, gifts.items,
        )  # fmt: skip
    return found


def offers(conn: Connection, currency: str) -> list[Offer]:
    """Return the items that can be given now: offered, in stock where they are counted, and of known worth there.

    A worth in another currency is converted by today's rate; without one the item is left out. What an item is worth is
    what one was when last given, where the item itself does not say.
    """
    found, rate_at = [], finder(conn)
    today = clock.local(clock.now()).date().isoformat()
    for row in conn.execute(_ITEMS).fetchall():
        sizes = [size for size in row["sizes"].split(",") if size] or [""]
        if all(stock.missing(conn, row["id"], size, 1) for size in sizes):
            continue
        worth, code = row["worth"], row["currency"]
        if not worth:
            last = conn.execute(_LAST_WORTH, (row["id"],)).fetchone()
            worth, code = (last["worth"], last["currency"]) if last is not None else (0, currency)
        if worth and code != currency:
            rate = rate_at(code, currency, today)
            if rate is None:
                continue
            worth = convert(worth, code, currency, rate)
        found.append(Offer(row["id"], row["name"], row["kind"], worth, bool(row["low"]), sizes != [""]))
    return found
