"""A site's limits are kept before it has to say so, by all of its accounts together."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from app.channels.base import TryLater
from app.channels.http import pace
from app.channels.http.pace import Limit, Pace


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    pace.forget()
    yield
    pace.forget()


def test_what_a_site_takes_at_once_is_counted_over_all_its_accounts() -> None:
    first, second = (Pace("forum.example", "read", Limit(3, 60)) for _ in range(2))
    for at in (first, second, first):
        at.take(0)
    assert second.left() == 0
    with pytest.raises(TryLater, match=r"as much as forum\.example takes") as refused:
        second.take(0)
    assert refused.value.limited
    assert refused.value.after in (59, 60)
    Pace("other.example", "read", Limit(3, 60)).take(0)
    Pace("forum.example", "write", Limit(3, 60)).take(0)


@pytest.mark.slow
def test_a_short_wait_is_waited_out_and_each_gets_a_turn_of_its_own() -> None:
    at = Pace("forum.example", "write", Limit(1, 0.2))
    times: list[float] = []

    def take() -> None:
        at.take()
        times.append(time.monotonic())

    threads = [threading.Thread(target=take) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    assert all(later - earlier >= 0.15 for earlier, later in pairwise(times))


def test_two_requests_are_as_far_apart_as_the_site_asks() -> None:
    at = Pace("code.example", "write", Limit(100, 60, apart=5))
    at.take(0)
    with pytest.raises(TryLater) as refused:
        at.take(1)
    assert refused.value.after == 5
    assert at.left() == 0


def test_a_pause_that_the_site_asks_for_holds_for_all() -> None:
    Pace("chat.example", "history", Limit(50, 60)).hold(30)
    with pytest.raises(TryLater) as refused:
        Pace("chat.example", "history", Limit(50, 60)).take()
    assert refused.value.after == 30
    assert Pace("chat.example", "history", Limit(50, 60)).left() == 0
