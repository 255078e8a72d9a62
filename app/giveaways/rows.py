"""A give-away and its entries as they are kept, and where a give-away stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.base.words import N_

STATE_NAMES = {
    "coming": N_("Not open yet"),
    "open": N_("Open"),
    "over": N_("Over, to be closed"),
    "closed": N_("Closed, waits for the seed"),
    "drawn": N_("Drawn"),
    "called_off": N_("Called off"),
}
STRUCK_NAMES = {
    "double": N_("Entered before"),
    "staff": N_("Staff"),
    "minor": N_("Under age"),
    "do_not_gift": N_("Asked for no gifts"),
    "early": N_("Before it opened"),
    "late": N_("After it closed"),
    "hand": N_("Struck by you"),
    "passed": N_("Passed the prize on"),
}
"""Why an entry takes no part."""
STRUCK = tuple(STRUCK_NAMES)


class Giveaway(NamedTuple):
    """A give-away; times are Unix seconds. `list_sha256` is "" until it is closed, `seed` until it is drawn."""

    id: int
    name: str
    prize: str
    item_id: int | None
    prizes: int
    rules: str
    seed_promise: str
    created_at: int
    opens_at: int | None
    closes_at: int | None
    closed_at: int | None
    list_sha256: str
    seed: str
    drawn_at: int | None
    called_off_at: int | None = None

    def state(self, now: int) -> str:
        """Where it stands, one of STATE_NAMES."""
        if self.called_off_at is not None:
            return "called_off"
        if self.drawn_at is not None:
            return "drawn"
        if self.closed_at is not None:
            return "closed"
        if self.opens_at is not None and now < self.opens_at:
            return "coming"
        return "over" if self.closes_at is not None and now > self.closes_at else "open"


class Plan(NamedTuple):
    """A give-away to be added; `seed_promise` says which public value is going to be the seed.

    `fallback` is the value that is taken if that one never comes; it becomes a part of the promise.
    """

    name: str
    prizes: int
    prize: str = ""
    item_id: int | None = None
    rules: str = ""
    seed_promise: str = ""
    opens_at: int | None = None
    closes_at: int | None = None
    fallback: str = ""


class Entry(NamedTuple):
    """An entry as it came; `struck` is one of STRUCK, or "" for one that takes part.

    `listed` is its line in the list that was hashed, with the entrant's own code behind it; `place` the winner's, from
    1. A winner who is struck as "passed" keeps the place, and the next in the order of the draw gets the prize.
    `standing` tells what is known of the member: "staff", "minor", "do_not_gift" or "".
    """

    id: int
    member_id: int | None
    name: str
    contact: str
    channel: str
    at: int | None
    message_id: int | None
    struck: str
    note: str
    kept_by_hand: bool
    listed: str
    place: int | None
    gift_id: int | None
    standing: str = ""


SELECT = """
SELECT id, name, prize, item_id, prizes, rules, seed_promise, created_at, opens_at, closes_at, closed_at, list_sha256,
  seed, drawn_at, called_off_at FROM giveaway
"""
SELECT_ENTRIES = """
SELECT e.id, e.member_id, e.name, e.contact, e.channel, e.at, e.message_id, e.struck, e.note, e.kept_by_hand, e.listed,
  e.place, e.gift_id, CASE WHEN p.kind = 'staff' THEN 'staff' WHEN p.minor THEN 'minor'
    WHEN p.do_not_gift THEN 'do_not_gift'
    WHEN e.contact LIKE '%_@%' AND lower(e.contact) IN (SELECT lower(t.email) FROM teammate t) THEN 'staff'
    ELSE '' END AS standing
FROM giveaway_entry e LEFT JOIN member p ON p.id = e.member_id WHERE e.giveaway_id = ?
"""


def of_row(row: Sequence[object]) -> Entry:
    """The entry in a row of SELECT_ENTRIES."""
    return Entry._make((*row[:9], row[9] != 0, *row[10:]))


def code_of(entry: Entry) -> str:
    """The code that is told to the entrant alone; with it, their line can be known as theirs. "" before the list."""
    return entry.listed.rpartition("\t")[2] if entry.listed else ""


def line_of(entry: Entry) -> str:
    """The entry's line in the list that was published; "" if it is in none."""
    return entry.listed.rpartition("\t")[0]
