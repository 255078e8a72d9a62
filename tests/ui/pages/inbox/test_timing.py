"""How long a conversation was in hand is noted when it is left after something was done with it."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from tests.ui.settling import until
from tests.ui.talking import inbox
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
def page(active: Active, demo: Window) -> Any:
    assert active is not None
    demo.bench.settings.put("spelling", value=False)
    with demo.bench.store.write() as conn:
        conn.execute("DELETE FROM handling")
    return inbox(demo)


def _noted(page: Any) -> list[tuple[object, ...]]:
    rows = page.bench.store.read.execute("SELECT conversation_id, seconds, ended FROM handling ORDER BY id")
    return [tuple(row) for row in rows]


def _plain(page: Any) -> int:
    """Open a conversation that neither is unhappy nor difficult."""
    rows = page.bench.inbox.rows([ref.id for ref in page.list.model._refs])
    number = next(row.id for row in rows if not row.unhappy and not row.hard)
    page.open(number)
    until(lambda: page.opened.row.id == number)
    return int(number)


def test_done_is_noted_with_the_active_seconds_from_opening_on(page: Any, active: Active) -> None:
    number = _plain(page)
    active.spent += 42
    page.deciding.done()
    until(lambda: _noted(page) != [])
    assert _noted(page) == [(number, 42, "done")]


def test_one_that_was_only_looked_at_is_not(page: Any, active: Active) -> None:
    _plain(page)
    active.spent += 42
    page.list.step(1)
    active.spent += 7
    number = page.opened.row.id
    page.bench.inbox.snooze([number], clock.now() + 3_600)
    until(lambda: _noted(page) != [])
    assert _noted(page) == [(number, 7, "snoozed")]


def test_time_on_other_pages_does_not_count(page: Any, demo: Window, active: Active) -> None:
    number = _plain(page)
    active.spent += 10
    demo.go("settings")
    active.spent += 500
    demo.go("inbox")
    active.spent += 5
    page.deciding.done()
    until(lambda: _noted(page) != [])
    assert _noted(page) == [(number, 15, "done")]


def test_the_last_one_is_noted_when_the_window_closes(page: Any, demo: Window, active: Active) -> None:
    number = _plain(page)
    active.spent += 30
    page.bench.handoffs.add(number, page.bench.teammates.add("Zoë"), "When?")
    page.closing()
    assert _noted(page) == [(number, 30, "handed_off")]
    assert demo.page_id == "inbox"
