"""How long things took, how long they are going to take, and where a week went."""

from __future__ import annotations

from datetime import date

import pytest

from app.base import clock
from app.base.errors import UserError
from app.handling import KINDS, USUAL_MINUTES, Handling, kind_of
from app.hooks import move_conversation
from app.inbox import Inbox
from app.intake import Intake
from app.intake.joins import join
from app.store.store import Store
from tests.app.saying import NOW, account, said


@pytest.fixture
def handling(store: Store) -> Handling:
    Intake(store).take(account(store), [said("1", NOW, thread="t"), said("2", NOW, thread="u")])
    return Handling(store)


def test_until_five_were_timed_the_usual_minutes_stand(handling: Handling) -> None:
    for _ in range(4):
        handling.note("reply", 1, 600, "sent")
    assert handling.estimates() == USUAL_MINUTES
    handling.note("reply", 1, 600, "sent")
    assert handling.estimates() == {**USUAL_MINUTES, "reply": 10}


def test_the_median_counts_and_not_what_took_a_day(handling: Handling) -> None:
    for seconds in (40, 100, 130, 140, 30_000):
        handling.note("private", 1, seconds, "sent")
    assert handling.estimates()["private"] == 2


def test_an_estimate_is_at_least_a_minute(handling: Handling) -> None:
    for _ in range(5):
        handling.note("gift", 1, 3, "done")
    assert handling.estimates()["gift"] == 1


def test_what_was_put_off_is_no_sample(handling: Handling) -> None:
    for _ in range(9):
        handling.note("reply", 1, 6, "snoozed")
    assert handling.estimates() == USUAL_MINUTES


def test_only_recent_work_counts(handling: Handling) -> None:
    for step in range(120):
        handling.note("reply", 1, 1200 if step < 60 else 60, "sent", NOW + step)
    assert handling.estimates()["reply"] == 1


def test_an_estimate_can_be_corrected_and_let_go(handling: Handling) -> None:
    handling.correct("unhappy", 15)
    found = next(estimate for estimate in handling.estimated() if estimate.kind == "unhappy")
    assert (found.minutes, found.samples, found.corrected) == (15, 0, 15)
    assert found.name == "Unhappy or difficult"
    handling.correct("unhappy", None)
    assert handling.estimates() == USUAL_MINUTES


@pytest.mark.parametrize(("kind", "minutes"), [("reply", 0), ("reply", 241), ("tea", 5)])
def test_what_is_no_estimate_is_refused(handling: Handling, kind: str, minutes: int) -> None:
    with pytest.raises(UserError):
        handling.correct(kind, minutes)
    assert handling.estimates() == USUAL_MINUTES


def test_a_kind_that_there_is_not_is_a_mistake_of_ours(handling: Handling) -> None:
    with pytest.raises(ValueError, match="tea"):
        handling.note("tea", 1, 60, "sent")


def test_where_a_week_went_by_kind_account_and_day(handling: Handling) -> None:
    for kind, conversation, at, seconds in (
        ("reply", 1, "2026-11-30 00:00", 100),
        ("reply", 1, "2026-12-06 23:59", 200),
        ("unhappy", None, "2026-12-02 10:00", 400),
        ("reply", 1, "2026-11-29 23:59", 1_000),
        ("reply", 1, "2026-12-07 00:00", 1_000),
    ):
        handling.note(kind, conversation, seconds, "sent", clock.from_iso(at))
    hours = handling.hours(date(2026, 12, 3))
    assert hours.monday == date(2026, 11, 30)
    assert hours.seconds == 700
    assert list(hours.kinds.items()) == [("unhappy", 400), ("reply", 300)]
    assert dict(hours.accounts) == {"": 400, "Blog": 300}
    assert list(hours.days.values()) == [100, 0, 400, 0, 0, 0, 200]


def test_time_spent_stays_with_conversations_that_are_joined_and_where_one_is_gone(
    store: Store, handling: Handling
) -> None:
    handling.note("reply", 1, 60, "sent", NOW)
    handling.note("reply", 4_000, 30, "sent", NOW)
    with store.write() as conn:
        join(conn, 1, 2, move_conversation)
    assert [tuple(row) for row in store.read.execute("SELECT conversation_id, seconds FROM handling")] == [
        (2, 60), (None, 30),
    ]  # fmt: skip


def test_the_kind_of_a_conversation_is_its_heaviest_side(store: Store, handling: Handling) -> None:
    inbox = Inbox(store)
    row = inbox.row(1)
    assert kind_of(row._replace(public=True)) == "reply"
    assert kind_of(row._replace(public=False)) == "private"
    assert kind_of(row._replace(handoffs=1)) == "handoff"
    assert kind_of(row._replace(handoffs=1, unhappy=True)) == kind_of(row._replace(hard=True)) == "unhappy"
    assert set(handling.estimates()) == set(KINDS)
