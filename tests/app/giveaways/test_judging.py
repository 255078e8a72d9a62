"""One entry a person, and none that the rules leave out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.giveaways.judging import compared_form, judged
from app.giveaways.rows import Entry, Giveaway

RULES = Giveaway(1, "Shirts", "", None, 2, "", "", 0, 100, 200, None, "", "", None)


def entry(number: int, name: str = "Ana", contact: str = "", channel: str = "", **more: Any) -> Entry:
    plain = Entry(
        number, None, name, contact, channel, None, None, "", "", kept_by_hand=False, listed="", place=None,
        gift_id=None,
    )  # fmt: skip
    return plain._replace(**more)


def struck(*entries: Entry) -> list[str]:
    found = judged(RULES, entries)
    return [found[one.id] for one in entries]


@pytest.mark.parametrize(
    ("one", "other", "double"),
    [
        (entry(1, contact="ana@x.org"), entry(2, "A. P.", "ANA@X.org ", "Forum"), True),
        (entry(1, contact="@Ana", channel="Mastodon"), entry(2, "Other", "ana", "mastodon"), True),
        (entry(1, contact="ana", channel="Mastodon"), entry(2, "ana", "ana", "Instagram"), True),
        (entry(1, contact="ana", channel="Mastodon"), entry(2, "Anna Berg", "ana", "Instagram"), False),
        (entry(1, contact="ana@x.org", member_id=7), entry(2, "Else", "else", "Forum", member_id=7), True),
        (entry(1, contact="ana@x.org", member_id=7), entry(2, "Else", "else", "Forum", member_id=8), False),
        (entry(1, channel="Forum"), entry(2, "ANA", channel="forum"), True),
        (entry(1, channel="Forum"), entry(2, "ANA", channel="Blog"), False),
    ],
)
def test_a_person_enters_once(one: Entry, other: Entry, *, double: bool) -> None:
    assert struck(one, other) == ["", "double" if double else ""]


def test_chain_of_names_is_one_person() -> None:
    known = entry(1, contact="ana@x.org", member_id=7)
    linked = entry(2, contact="ana", channel="Forum", member_id=7)
    assert struck(known, linked, entry(3, "Somebody", "ana", "Forum")) == ["", "double", "double"]


def test_the_earliest_that_counts_takes_part() -> None:
    early, late = entry(1, contact="a@x.org", at=99), entry(2, contact="a@x.org", at=201)
    second, first = entry(3, contact="a@x.org", at=150), entry(4, contact="a@x.org", at=100)
    untimed = entry(5, contact="a@x.org")
    assert struck(early, late, untimed, second, first) == ["early", "late", "double", "double", ""]
    assert struck(entry(1, at=200)) == [""]


def test_who_may_not_win_is_struck_and_kept_only_by_hand() -> None:
    marked = [entry(number, f"N{number}", standing=why) for number, why in enumerate(("staff", "minor", "do_not_gift"))]
    assert struck(*marked) == ["staff", "minor", "do_not_gift"]
    assert struck(*(one._replace(kept_by_hand=True) for one in marked)) == ["", "", ""]
    by_hand = entry(1, contact="a@x.org", struck="hand")
    assert struck(by_hand, entry(2, contact="a@x.org")) == ["hand", ""]
    kept = entry(2, contact="a@x.org", kept_by_hand=True)
    assert struck(entry(1, contact="a@x.org"), kept, entry(3, contact="a@x.org")) == ["", "", "double"]


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.sampled_from(["", "a@x", "b@x", "a", "B"]), st.sampled_from(["", "Forum", "Blog"]),
        st.sampled_from([None, None, 1, 2]), st.sampled_from([None, 50, 120, 180, 250]), st.booleans(),
    ),
    max_size=25,
)  # fmt: skip


@given(ENTRIES)
def test_nobody_who_is_struck_as_double_is_without_another_entry(
    rows: list[tuple[str, str, str, int, int, bool]],
) -> None:
    every = [
        entry(number, name, contact, channel, member_id=member, at=at, kept_by_hand=kept)
        for number, (name, contact, channel, member, at, kept) in enumerate(rows)
    ]
    found = judged(RULES, every)
    assert found == judged(RULES, reversed(every))
    members = [one.member_id for one in every if not found[one.id] and one.member_id and not one.kept_by_hand]
    assert len(members) == len(set(members))
    assert all(not found[one.id] for one in every if one.kept_by_hand)
    if any(value == "double" for value in found.values()):
        assert any(not value for value in found.values())


def test_contacts_are_compared_in_one_form() -> None:
    assert compared_form(" @JanE ") == compared_form("jane") == "jane"
    assert compared_form("Jane@Straße.DE") == "jane@xn--strae-oqa.de"
