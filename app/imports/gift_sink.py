"""The sink for gifts from a table: finds to whom each was given, and records it as of its day."""

from __future__ import annotations

from collections import Counter

from app.base import clock, money
from app.base.text import fold
from app.base.words import counted
from app.contacts.people import People
from app.contacts.person import FieldChange
from app.gifts import given
from app.gifts.budget import Standing, budget_standing, over_words
from app.imports.gift_rows import GivenGift, is_spent
from app.imports.ledger import Ledger
from app.imports.messages import CHUNK
from app.imports.notes import Notes
from app.store.sqlite import Connection
from app.store.store import Store


class _RollBack(Exception):
    """Rolls back the transaction of a dry run."""


class GivenGifts:
    """Stores gifts, in chunks; a dry run stores all of them in one transaction and rolls it back.

    Whoever is named alone is the member of that name; an address, a handle or a member's id says more. Nobody's card is
    changed by it.
    """

    def __init__(self, store: Store, ledger: Ledger, notes: Notes, *, dry_run: bool) -> None:
        """In `notes` it is said which years' budgets count the new ones, and which are over by them."""
        self._store, self._ledger, self._notes, self._dry = store, ledger, notes, dry_run
        self._waiting: list[GivenGift] = []
        self._equal: Counter[tuple[object, ...]] = Counter()
        self._passed: Counter[tuple[object, ...]] = Counter()
        self._sums: Counter[tuple[int, str]] = Counter()
        self._made = self._worthless = 0
        self._before: Standing | None = None
        self._over = ""
        self.new = self.known = self.changed = self.doubles = 0
        self.changes: tuple[FieldChange, ...] = ()
        self.remarks: tuple[str, ...] = ()

    def passes(self, item: GivenGift) -> bool:
        """Yes: by now the gift may be changed, and would come in a second time."""
        self._passed[_told(item)] += 1
        return True

    def add(self, item: GivenGift) -> None:
        """Add a gift; stores the chunk once it is full. Raises UserError if the disk refuses."""
        self._waiting.append(item)
        if len(self._waiting) >= CHUNK and not self._dry:
            self.flush()

    def flush(self) -> None:
        """Store the pending chunk."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            try:
                with self._store.write() as conn:
                    self._before = self._before or budget_standing(conn)
                    self._keep(conn, waiting)
                    self._over = over_words(conn, self._before)
                    if self._dry:
                        raise _RollBack  # noqa: TRY301  the way to roll back
            except _RollBack:
                pass
        self._notes.said = self._said()

    def _keep(self, conn: Connection, gifts: list[GivenGift]) -> None:
        batch = None if self._dry else self._ledger.open(conn)
        book = People(conn, batch)
        with self._ledger.keeping(conn, dry_run=self._dry):
            new = sum(self._record(conn, book, gift, batch) for gift in gifts)
        if not self._dry:
            self._ledger.count(conn, new, len(gifts) - new)
        self.new += new
        self.known += len(gifts) - new

    def _record(self, conn: Connection, book: People, gift: GivenGift, batch: int | None) -> bool:
        """Record a gift, unless it is there already; returns whether it was new."""
        if gift.number is not None and given.exists(conn, gift.number):
            return False
        member, is_new = book.named(gift.person)
        values, what = gift.values, _what(gift)
        mark = (member, fold(what[0]), *what[1:])
        if mark not in self._equal:  # as many as there were before this file
            before = 0 if is_new else given.recorded(conn, member, *what, batch)
            self._equal[mark] = min(0, self._passed[_told(gift)] - before)
        self._equal[mark] += 1
        if self._equal[mark] <= 0:
            return False
        self._made += is_new
        given.record(conn, member, values, gift.state, gift.at, batch)
        cost = int(values.get("actual_cost", values["worth"]))
        if not cost:
            self._worthless += 1
        elif gift.state != "idea":
            year = clock.local(gift.at if is_spent(gift.state) else clock.now()).year
            self._sums[year, what[3]] += cost
        return True

    def _said(self) -> list[str]:
        said = []
        if self._sums:
            sums = ", ".join(
                f"{year}: {money.display(amount, currency)}" for (year, currency), amount in sorted(self._sums.items())
            )
            said.append(
                counted(
                    len(self._sums), "Counted in the budget of {sums}.", "Counted in the budgets of {sums}.", sums=sums
                )
            )
        said += [self._over] if self._over else []
        if self._worthless:
            said.append(
                counted(
                    self._worthless,
                    "{count:,} gift has no value, so no budget counts it.",
                    "{count:,} gifts have no value, so no budget counts them.",
                )
            )
        if self._made:
            said.append(counted(self._made, "This adds {count:,} member.", "This adds {count:,} members."))
        return said


def _what(gift: GivenGift) -> tuple[str, str, int, str]:
    """What was given, on which local day, its worth and currency: by these gifts are equal."""
    values, day = gift.values, clock.local(gift.at).date().isoformat()
    return str(values["item"]), day, int(values["worth"]), str(values["currency"])


def _told(gift: GivenGift) -> tuple[object, ...]:
    """The same, with who is meant as the row tells it."""
    who, (item, *what) = gift.person, _what(gift)
    return fold(who.columns["name"]), who.addresses, who.number, fold(item), *what
