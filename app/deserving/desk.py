"""The desk of who deserves a gift: proposals with their reasons, who is left out, and "not now"."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import timedelta

from app.base import clock, ids, money
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.deserving import deeds, people
from app.deserving.deciding import decide
from app.deserving.rows import Deed, LeftOut, Proposals, Terms
from app.settings import Settings
from app.store.sqlite import Connection
from app.store.store import Store

PASS_DAYS = 90
"""So long "not now" lasts where nobody says otherwise."""
_OF_TERMS = ("gift_cool_down_days", "gift_year_worth", "gift_servant_worth")


class Deserving:
    """Who deserves a gift. Reading is thread-safe, and takes up to a second in a community of a million messages."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Use this store; the cool-down and the yearly worth per person are in the settings."""
        self._store, self._settings = store, settings

    def terms(self) -> Terms:
        """Return what the settings say, its sums in minor units of the gift currency."""
        days, year, servant = (self._within(key) for key in _OF_TERMS)
        currency = self._settings.text("currency")
        whole = 10 ** money.digits(currency)
        return Terms(days, year * whole, servant * whole, currency)

    def _within(self, key: str) -> int:
        setting = self._settings.describe(key)
        return max(setting.low, min(setting.high, self._settings.number(key)))

    def proposals(self, now: int | None = None) -> Proposals:
        """Return who deserves a gift and who is left out, each with their reasons; `now` in Unix seconds."""
        at = clock.now() if now is None else now
        conn, terms = self._store.read, self.terms()
        return self._decided(deeds.deeds(conn, at), terms, at)

    def make_goods(self, now: int | None = None) -> Proposals:
        """Return only those whom we let down, or who reported what is mended: quick enough for every page."""
        at = clock.now() if now is None else now
        return self._decided(list(deeds.let_downs(self._store.read, at)), self.terms(), at)

    def _decided(self, found: list[Deed], terms: Terms, now: int) -> Proposals:
        conn = self._store.read
        known = people.people(conn, [deed.member_id for deed in found], now)
        offers = people.offers(conn, terms.currency)
        today = clock.local(now).date().isoformat()
        return Proposals(*decide(found, known, offers, terms, now, today), terms)

    def left_out(self, members: Collection[int], now: int | None = None) -> dict[int, LeftOut]:
        """Return those of these members who get no gift for now, whatever they did, by id; no cool-down counts."""
        if not members:
            return {}
        at = clock.now() if now is None else now
        found = [Deed(member, "problem", at) for member in members]
        return {one.person.id: one for one in self._decided(found, self.terms(), at).left_out}

    def pass_over(self, member_id: int, until: str = "", why: str = "") -> str:
        """Propose a member no gift until after that day (YYYY-MM-DD), by default PASS_DAYS from now; return the day.

        One undoable action. Raises UserError for a day that is no date or is over, NotFoundError for nobody.
        """
        today = clock.local(clock.now()).date()
        day = clock.day(until) or (today + timedelta(days=PASS_DAYS)).isoformat()
        if day < today.isoformat():
            raise UserError(tr("{day} is over: choose a later day.").format(day=day))
        with self._store.write(tr("No gift for now: {name}").format(name=self._name(member_id))) as conn:
            conn.execute(
                "INSERT INTO gift_pass (member_id, at, until_on, why) VALUES (?, ?, ?, ?)",
                (member_id, clock.now(), day, " ".join(why.split())),
            )
        return day

    def end_pass(self, member_id: int) -> bool:
        """Propose a member again, one undoable action; whether there was a "not now" to end."""
        name = self._name(member_id)
        if not self._store.read.execute("SELECT 1 FROM gift_pass WHERE member_id = ?", (member_id,)).fetchone():
            return False
        with self._store.write(tr("Gifts for {name} again").format(name=name)) as conn:
            conn.execute("DELETE FROM gift_pass WHERE member_id = ?", (member_id,))
        return True

    def _name(self, member_id: int) -> str:
        row = self._store.read.execute("SELECT name FROM member WHERE id = ?", (member_id,)).fetchone()
        if row is None:
            raise NotFoundError(tr("There's no member {member}.").format(member=ids.display(ids.MEMBER, member_id)))
        return str(row["name"])


def hand_over(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Give what was put off for member `gone` to member `into`, in the transaction that merges or parts them.

    With `rows`, only those of these ids.
    """
    conn.execute(
        "UPDATE gift_pass SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        (into, gone, None if rows is None else json.dumps(list(rows))),
    )
