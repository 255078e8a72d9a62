"""How fresh it is, as a table of accounts, and the sentences that are made of it."""

from __future__ import annotations

import pytest

from app.today import words
from app.today.fresh import BEHIND, BY_HAND, ENDED, FAILING, NEVER, OK, PAUSED, Place, fresh

NOW = 1_796_205_600
MINUTE, DAY = 60, 86_400
SHOWN = words.Shown(
    lambda at, now: f"{(now - at) // MINUTE} min", lambda at, _now: "Fri" if at < NOW - DAY else "9:00", str
)


def place(name: str, **more: object) -> Place:
    """An account that was read 4 minutes ago."""
    made = Place(1, name, "live", "on", NOW - 4 * MINUTE, "", None)
    return made._replace(**more)  # type: ignore[arg-type]  # as the cases have it


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({}, OK),
        ({"mode": "demo"}, OK),
        ({"ok_at": NOW - DAY}, OK),
        ({"ok_at": NOW - DAY - 1}, BEHIND),
        ({"ok_at": None}, NEVER),
        ({"error": "No route to host."}, FAILING),
        ({"error": "No route to host.", "ok_at": None}, FAILING),
        ({"state": "needs_login", "error": "The token ended."}, ENDED),
        ({"state": "paused", "error": "No route to host."}, PAUSED),
        ({"mode": "assisted", "ok_at": None, "heard_at": NOW - DAY}, BY_HAND),
    ],
)
def test_how_an_account_stands(more: dict[str, object], standing: str) -> None:
    assert [one.standing for one in fresh([place("Blog", **more)], NOW).told] == [standing]


@pytest.mark.parametrize("more", [{"state": "removed", "ok_at": None}, {"mode": "file", "ok_at": None}])
def test_what_is_gone_and_what_was_a_file_says_nothing(more: dict[str, object]) -> None:
    assert fresh([place("Old mails", **more)], NOW) == fresh([], NOW)


def test_the_account_that_was_read_longest_ago_counts_and_trouble_comes_first() -> None:
    places = [place("Blog"), place("Forum", ok_at=NOW - 9 * MINUTE), place("Shop", ok_at=NOW - 3 * DAY),
              place("Facebook", mode="assisted", heard_at=NOW - 2 * DAY)]  # fmt: skip
    told = fresh(places, NOW)
    assert told.read_at == NOW - 9 * MINUTE
    assert [one.name for one in told.told] == ["Shop", "Blog", "Forum", "Facebook"]
    assert [one.name for one in told.troubles] == ["Shop"]


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([place("Blog")], ["Read 4 min ago."]),
        ([place("Blog"), place("Instagram", state="needs_login", ok_at=NOW - 4 * DAY, error="the token ended.")],
         ["Read 4 min ago.", "Instagram not since Fri: the token ended.", "Some conversations may be missing."]),
        ([place("Instagram", state="needs_login", ok_at=NOW - 4 * DAY)],
         ["Instagram not since Fri: its login ended.", "Some conversations may be missing."]),
        ([place("Blog", ok_at=None)], ["Blog never yet.", "Some conversations may be missing."]),
        ([place("Blog", ok_at=None, state="paused")],
         ["Blog never yet: you paused it.", "Some conversations may be missing."]),
        ([place("Blog", ok_at=NOW - 3 * DAY)], ["Blog not since Fri.", "Some conversations may be missing."]),
        ([place("Facebook", mode="assisted", heard_at=NOW)], []),
        ([], []),
    ],
)  # fmt: skip
def test_it_is_told_in_sentences(places: list[Place], said: list[str]) -> None:
    assert words.freshness(fresh(places, NOW), NOW, SHOWN) == said


def test_of_what_is_done_by_hand_the_last_message_is_told() -> None:
    places = [place("Facebook", mode="assisted", heard_at=NOW - 2 * MINUTE), place("WhatsApp", mode="assisted")]
    said = "Last message added by hand: Facebook 2 min ago, WhatsApp never."
    assert words.by_hand(fresh(places, NOW), NOW, SHOWN) == said
    assert words.by_hand(fresh([], NOW), NOW, SHOWN) == ""
