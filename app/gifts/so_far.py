"""What members have had: one count for the card, the forms, the shell, who deserves a gift, and the yearly worth."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from app.base import money
from app.base.words import tr
from app.gifts import costs
from app.gifts.rates import finder
from app.gifts.rows import HAD
from app.store.sqlite import Connection, scalar

_GIFTS = """
SELECT g.member_id, g.item, g.state, g.created_at,
  coalesce(g.item_id, (SELECT i.id FROM gift_item i WHERE lower(i.name) = lower(g.item))) AS item_id
FROM json_each(?) j CROSS JOIN gift g ON g.member_id = j.value ORDER BY g.created_at, g.id
"""


class Had(NamedTuple):
    """A member's gifts so far: those that they have had or are promised (HAD), no ideas and none that never came.

    `last_at` is when the latest was written down (Unix seconds; 0: never), `items` what they have had by id, also what
    became an item only later (by its name), `idea` the latest that is still an idea. `amount` is what those of a year
    cost in `currency`, each by the rate of the day it was shipped (what is promised: by today's); `apart` what has no
    rate, as (currency, minor units).
    """

    currency: str
    gifts: int = 0
    last_item: str = ""
    last_at: int = 0
    items: frozenset[int] = frozenset()
    idea: str = ""
    amount: int = 0
    apart: tuple[tuple[str, int], ...] = ()

    @property
    def sums(self) -> tuple[tuple[str, int], ...]:
        """What those of the year cost as (currency, minor units): the converted sum first, unless it is nothing."""
        return (*(((self.currency, self.amount),) if self.amount else ()), *self.apart)

    @property
    def words(self) -> str:
        """The year's sums in words, with what has no rate marked as such; "" for nothing."""
        return sums_in_words(self.sums, self.currency)


def sums_in_words(sums: Collection[tuple[str, int]], currency: str) -> str:
    """Sums as text, those in another currency than this one marked as without a rate to it; "" for none."""
    no_rate = tr("{amount} (no rate to {currency})")
    parts = [
        money.display(amount, code)
        if code == currency
        else no_rate.format(amount=money.display(amount, code), currency=currency)
        for code, amount in sums
    ]
    return tr(" and ").join(parts)


def gift_currency(conn: Connection) -> str:
    """The currency in which gifts are counted, as the settings say."""
    return str(scalar(conn, "SELECT coalesce((SELECT value FROM setting WHERE key = 'currency'), 'EUR')"))


def had(conn: Connection, members: Collection[int], year: int | None = None) -> dict[int, Had]:
    """Return what each of these members has had, by id, with the sums of a year (default: this year)."""
    currency = gift_currency(conn)
    sums = year_sums(conn, year or costs.this_year(), members)
    rows = defaultdict(list)
    for row in conn.execute(_GIFTS, (json.dumps(sorted(set(members))),)):
        rows[row["member_id"]].append(row)
    found = {}
    for member in members:
        real = [gift for gift in rows[member] if gift["state"] in HAD]
        ideas = [gift["item"] for gift in rows[member] if gift["state"] == "idea"]
        amounts = sums.get(member, {})
        found[member] = Had(
            currency, len(real), real[-1]["item"] if real else "", real[-1]["created_at"] if real else 0,
            frozenset(gift["item_id"] for gift in real if gift["item_id"] is not None), ideas[-1] if ideas else "",
            amounts.pop(currency, 0), tuple(sorted((code, cents) for code, cents in amounts.items() if cents)),
        )  # fmt: skip
    return found


def year_sums(conn: Connection, year: int, members: Collection[int] | None = None) -> dict[int, dict[str, int]]:
    """Return a year's sums by member and currency, of these or all members: the gift currency, or without a rate."""
    currency, today = gift_currency(conn), costs.today()
    rate_at = finder(conn)
    found: dict[int, dict[str, int]] = {}
    for cost in costs.costs_by_member(conn, year, HAD, members):
        code, one = costs.counts_as(cost, [currency], rate_at, today)
        sums = found.setdefault(cost.member_id, {})
        sums[code] = sums.get(code, 0) + one * cost.times
    return found
