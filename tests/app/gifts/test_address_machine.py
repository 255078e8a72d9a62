"""Whatever happens to gifts with addresses, no address outlives its day: neither in a row nor in any byte on the disk.

Between the steps days pass, things are undone and redone, gifts are dropped, and the process is killed.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.base import clock
from app.base.errors import UserError
from app.base.money import Money
from app.base.paths import Profile
from app.gifts import ENDS
from app.workbench import Workbench
from tests.app.gifts.killing import killed
from tests.examples import quick

PLACE = st.integers(0, 5)
OVER = ("thanked", "story", *ENDS)
DAY = 86_400


class Addressed(RuleBasedStateMachine):
    """One member without an address of their own; every gift goes to a street of its own."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.begin(self.folder)
        self.bench.members.add("Zsófi")
        self.first = self.bench.actions.last()[0].title
        self.days = self.bench.settings.number("address_days")
        self.streets: dict[str, int] = {}
        self.now = clock.now()
        self.dropped: dict[int, date] = {}

    def begin(self, folder: Path) -> None:
        self.bench = Workbench(Profile(folder))
        self.gifts = self.bench.gifts

    def teardown(self) -> None:
        if hasattr(self, "bench"):
            self.bench.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    # What can be done

    @rule()
    def log(self) -> None:
        number = self.gifts.log(1, "Mug", "why", Money(1, "EUR"), state="approved")
        self.write(number)

    @rule(at=PLACE)
    def correct(self, at: int) -> None:
        for number in self.at(at):
            self.write(number)

    def write(self, number: int) -> None:
        street = f"Velvet Lane {10_000 + len(self.streets)}"
        with suppress(UserError):
            self.bench.addresses.put(number, {"address_1": street, "city": "Pécs", "postal_code": "7600"})
            self.streets[street] = number

    @rule(at=PLACE, state=st.sampled_from(["shipped", "arrived", "thanked", "lost", "declined", "lapsed", "approved"]))
    def move(self, at: int, state: str) -> None:
        for number in self.at(at):
            with suppress(UserError):
                self.gifts.set_state(number, state, over=True, back=True)

    @rule(at=PLACE)
    def again(self, at: int) -> None:
        for number in self.at(at):
            with suppress(UserError):
                self.gifts.again(number, over=True)

    @rule(at=PLACE)
    def drop(self, at: int) -> None:
        for number in self.at(at):
            with suppress(UserError):
                self.gifts.drop(number)

    @rule()
    def undo(self) -> None:
        if self.bench.actions.last()[0].title != self.first:
            with suppress(UserError):
                self.bench.actions.undo()

    @rule()
    def redo(self) -> None:
        with suppress(UserError):
            self.bench.actions.redo()

    @rule(at=PLACE)
    def kill(self, at: int) -> None:
        """The process dies amid writing an address; the next one opens what lies on the disk."""
        before = self.rows()
        for number in self.at(at):
            copy = killed(self.bench, partial(self.write, number))
            self.bench.close()
            shutil.rmtree(self.folder)
            self.folder = copy
            self.begin(copy)
            assert self.rows() == before

    @rule(days=st.sampled_from([1, 20, 40]))
    def pass_days(self, days: int) -> None:
        self.now += days * DAY
        self.bench.addresses.run(self.now)

    # What holds

    @invariant()
    def no_address_outlives_its_day(self) -> None:
        self.bench.addresses.run(self.now)
        today = clock.local(self.now).date()
        kept = {row["id"]: row["address_1"] for row in self.read("SELECT id, address_1 FROM gift_address")}
        gone = set(self.streets) - set(kept.values())
        for number, street in kept.items():
            day = self.last_day(number)
            if day is None or day > today:
                continue
            others = [other for other, where in kept.items() if where == street and other != number]
            assert any((self.last_day(other) or date.max) > today for other in others), (number, day)
        held = b"".join(file.read_bytes() for file in self.folder.rglob("*") if file.is_file())
        for street in gone:
            if self.may_be_held(street, today):
                continue
            assert street.encode() not in held, street

    def last_day(self, number: int) -> date | None:
        """The day on which an address is to be erased, by rules of the test's own; None while that is open."""
        gift = self.gifts.get(number)
        if gift.arrived_on:
            return date.fromisoformat(gift.arrived_on) + timedelta(days=self.days)
        if gift.state in OVER:
            return clock.local(gift.state_at).date() + timedelta(days=self.days)
        if gift.state == "shipped":
            came = gift.state_at + 10 * DAY
            return clock.local(came).date() + timedelta(days=self.days) if came <= self.now else None
        return None

    def may_be_held(self, street: str, today: date) -> bool:
        """Whether the log of what can be undone may hold it still: its gift is open, or was dropped lately."""
        number = self.streets[street]
        if self.read("SELECT 1 FROM gift WHERE id = ? AND address_erased_at IS NULL", (number,)):
            return True
        if self.read("SELECT 1 FROM gift WHERE id = ?", (number,)):
            return False
        (last,) = self.read(
            "SELECT max(a.at) AS at FROM action_step s JOIN action a ON a.id = s.action_id"
            " WHERE s.tbl IN ('gift', 'gift_address') AND s.row_id = ?",
            (number,),
        )
        return last["at"] is not None and clock.local(last["at"]).date() + timedelta(days=self.days) > today

    # How

    def at(self, place: int) -> list[int]:
        numbers = sorted(gift.id for gift in self.gifts.listed("all"))
        return [numbers[place % len(numbers)]] if numbers else []

    def read(self, sql: str, values: tuple[object, ...] = ()) -> list[Any]:
        return list(self.bench.store.read.execute(sql, values).fetchall())

    def rows(self) -> list[tuple[object, ...]]:
        return [
            tuple(row) for table in ("gift", "gift_address", "action") for row in self.read(f"SELECT * FROM {table}")
        ]


TestAddressed: Any = Addressed.TestCase
TestAddressed.settings = settings(max_examples=4 if quick() else 20, stateful_step_count=20, deadline=None)
TestAddressed = pytest.mark.slow(TestAddressed)
