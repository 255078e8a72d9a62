"""What a gift, a promise and a thanks took is noted where they are done: Delight, Today, a member's page."""

from __future__ import annotations

from typing import Any

import pytest

from app.gifts import cannot_ship
from tests.ui.settling import until
from ui.shared import stopwatch
from ui.shell.window import Window


class Active:
    """Active seconds that are set."""

    spent = 0.0

    def seconds(self) -> float:
        return self.spent


@pytest.fixture
def active(monkeypatch: pytest.MonkeyPatch) -> Active:
    made = Active()
    monkeypatch.setattr(stopwatch, "activity", lambda: made)
    return made


@pytest.fixture
def window(active: Active, demo: Window) -> Window:
    assert active is not None
    with demo.bench.store.write() as conn:
        conn.execute("DELETE FROM handling")
        conn.execute("UPDATE gift_item SET allergens = ''")  # else the demo's case of an allergy asks first
    return demo


def _noted(window: Window) -> list[tuple[object, ...]]:
    return [tuple(row) for row in window.bench.store.read.execute("SELECT kind, seconds, ended FROM handling")]


def _is_noted(window: Window, *wanted: tuple[object, ...]) -> None:
    until(lambda: len(_noted(window)) == len(wanted))
    assert _noted(window) == list(wanted)


def _gift(window: Window, state: str) -> Any:
    """Choose a gift of the delight page at that stage."""
    window.go("delight")
    page: Any = window.page("delight")
    page.open(next(gift.id for gift in window.bench.gifts.listed(state) if not cannot_ship(gift)))
    return page


def _today(window: Window, noun: str, detail: str = "") -> Any:
    """Choose a row of Today."""
    window.go("today")
    page: Any = window.page("today")
    until(lambda: page.day is not None)
    body = page.body
    body.chooser.choose(4)
    rows = [body.model.row_at(at) for at in range(body.model.rowCount())]
    body.list.choose(
        next(
            at
            for at, row in enumerate(rows)
            if row is not None and row.to_do.noun == noun and detail in ("", row.to_do.detail)
        )
    )
    return body


def test_a_gift_took_as_long_as_it_was_chosen(window: Window, active: Active) -> None:
    page = _gift(window, "to_ship")
    active.spent += 42
    window.run("next_stage")
    _is_noted(window, ("gift", 42, "done"))
    assert page.gift() is not None


def test_other_pages_and_gifts_do_not_count(window: Window, active: Active) -> None:
    page = _gift(window, "to_ship")
    active.spent += 10
    window.go("settings")
    active.spent += 500
    window.go("delight")
    active.spent += 5
    window.run("next_stage")
    _is_noted(window, ("gift", 15, "done"))
    page.list.choose(0 if page.list.place() else 1)
    active.spent += 300
    _gift(window, "to_ship")
    active.spent += 7
    window.run("next_stage")
    _is_noted(window, ("gift", 15, "done"), ("gift", 7, "done"))


def test_to_say_thanks_is_a_kind_of_its_own(window: Window, active: Active) -> None:
    _gift(window, "shipped")
    active.spent += 20
    window.run("next_stage")
    _is_noted(window, ("thanks", 20, "done"))


def test_a_promise_of_today_took_as_long_as_its_row_was_chosen(window: Window, active: Active) -> None:
    body = _today(window, "promise")
    active.spent += 33
    body.deeds.done(body.chosen_thing())
    _is_noted(window, ("promise", 33, "done"))


def test_a_thanks_of_today_counts_as_thanks(window: Window, active: Active) -> None:
    body = _today(window, "gift", "to_thank")
    active.spent += 21
    body.deeds.done(body.chosen_thing())
    _is_noted(window, ("thanks", 21, "done"))


def test_a_promise_that_is_kept_on_a_members_page_is_noted(window: Window, active: Active) -> None:
    promise = window.bench.promises.open()[0]
    window.go("members", promise.member_id)
    active.spent += 12
    page: Any = window.page("members")
    page.profile.aside.kept.emit(promise.id)
    _is_noted(window, ("promise", 12, "done"))


def test_the_queue_counts_a_thanks_by_what_thanks_took(window: Window) -> None:
    for _ in range(5):
        window.bench.handling.note("thanks", None, 11 * 60, "done")
    body = _today(window, "gift", "to_thank")
    chosen = body.chosen_thing()
    queue = window.bench.today.day(240).queue
    assert [one.minutes for one in (*queue.fits, *queue.waits) if one.thing == chosen] == [11]
